//! One entry: who, when, from where, and the thing before and after.

use domain::{
    audit::{AuditEntry, resource_label},
    ids::AuditEventId,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_router::hooks::use_query_map;

use crate::{
    components::{data_table::TableAddress, date_time::DateAndTime, difference::DifferenceTable},
    context::use_enterprise,
    erase::{Erase, Erased},
    paths::AuditDialog,
    server_fns::audit::get_audit_entry,
    ui::{
        Banner, Button, CopyButton, Description, DescriptionList, Dialog, DialogBody, DialogFooter, DialogSize,
        Spinner, Tone,
    },
    words,
};

#[component]
pub(super) fn EntryDialog(address: TableAddress) -> Erased {
    let parameters = use_query_map();
    let id = Memo::new(move |_| {
        let parameters = parameters.read();
        AuditDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
            .map(|AuditDialog::Entry(id)| id)
    });
    let open = Signal::derive(move || id.get().is_some());
    let close = Callback::new(move |()| address.open("", true));
    view! {
        <Dialog id="audit-entry" title=words::audit::ENTRY_TITLE open on_close=close size=DialogSize::Large>
            {move || id.get().map(|id| view! { <LoadedEntry id/> })}
            <DialogFooter>
                <Button label=words::dialogs::CLOSE on_press=close/>
            </DialogFooter>
        </Dialog>
    }
    .erase()
}

#[component]
fn LoadedEntry(id: AuditEventId) -> Erased {
    let slug = use_enterprise().slug;
    let entry = LocalResource::new(move || get_audit_entry(slug.clone(), id));
    let shown = move || match entry.get() {
        Some(Ok(entry)) => EitherOf3::A(view! { <Entry entry/> }),
        Some(Err(error)) => EitherOf3::B(view! {
            <DialogBody>
                <Banner tone=Tone::Danger text=error.to_string()/>
            </DialogBody>
        }),
        None => EitherOf3::C(view! {
            <DialogBody>
                <Spinner label=words::audit::LOADING_ONE/>
            </DialogBody>
        }),
    };
    shown.erase()
}

#[component]
fn Entry(entry: AuditEntry) -> Erased {
    let AuditEntry {
        sequence,
        at,
        actor,
        action,
        resource,
        subject,
        peer,
        request,
        hash,
        changes,
        ..
    } = entry;
    let thing = format!(
        "{}: {}",
        resource_label(&resource),
        words::audit::thing(subject.as_deref())
    );
    view! {
        <DialogBody>
            <DescriptionList>
                <Description term=words::audit::WHEN>
                    <DateAndTime at/>
                </Description>
                <Description term=words::audit::WHO>{actor}</Description>
                <Description term=words::audit::FROM>{words::audit::from(peer.as_deref())}</Description>
                <Description term=words::audit::ACTION>{words::audit::deed(&action, &resource)}</Description>
                <Description term=words::audit::THING>{thing}</Description>
            </DescriptionList>
            <DifferenceTable changes/>
            <DescriptionList>
                <Description term=words::audit::ENTRY>
                    <span class="numeric">{sequence}</span>
                </Description>
                <Description term=words::audit::REQUEST>
                    <Copied what=words::audit::REQUEST value=request.to_string()/>
                </Description>
                <Description term=words::audit::HASH>
                    <Copied what=words::audit::HASH value=hash/>
                </Description>
            </DescriptionList>
        </DialogBody>
    }
    .erase()
}

/// What is looked up elsewhere: in the log of the server, or in a note of a check.
#[component]
fn Copied(what: &'static str, value: String) -> Erased {
    view! {
        <span class="cell">
            <span class="code">{value.clone()}</span>
            <CopyButton label=words::audit::copy(what) value/>
        </span>
    }
    .erase()
}
