//! Delete Number: what that does, then the deed.

use domain::{
    access::{Action, Resource as Subject},
    ids::PhoneNumberId,
    number::{Assignee, PhoneNumberRow},
};
use leptos::prelude::*;

use super::{Deed, Dialogs, Done};
use crate::{
    components::permission::refusal,
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::NumberDialog,
    server_fns::number::{DeleteNumber, get_number},
    ui::{
        Appearance, Banner, Button, Dialog, DialogBody, DialogFooter, DialogKind, DialogSize, Spinner, Tone, use_dialog,
    },
    words,
};

#[component]
pub(super) fn DeleteDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(NumberDialog::Delete(id)) => Some(id),
        _ => None,
    });
    let shown = RwSignal::new(None::<PhoneNumberRow>);
    let title = Signal::derive(move || {
        let shown = shown.read();
        shown.as_ref().map_or_else(
            || words::numbers::DELETE_TITLE.to_owned(),
            |row| words::numbers::delete_title(row.e164),
        )
    });
    view! {
        <Dialog
            id="delete-number"
            title
            open=Signal::derive(move || id.get().is_some())
            on_close=dialogs.close
            kind=DialogKind::Confirm
            size=DialogSize::Small
        >
            {move || id.get().map(|id| view! { <Question id shown dialogs/> })}
        </Dialog>
    }
    .erase()
}

#[component]
fn Question(
    id: PhoneNumberId,
    /// What the person was shown; only that version is deleted.
    shown: RwSignal<Option<PhoneNumberRow>>,
    dialogs: Dialogs,
) -> Erased {
    let slug = StoredValue::new(use_enterprise().slug);
    shown.set(None);
    let number = LocalResource::new(move || get_number(slug.get_value(), id));
    effect(move || {
        if let Some(Ok(detail)) = number.get() {
            shown.set(Some(detail.row));
        }
    });
    let delete = ServerAction::<DeleteNumber>::new();
    effect(move || {
        if let Some(Ok(())) = delete.value().get()
            && let Some(row) = shown.get_untracked()
        {
            dialogs.done.run(Done {
                number: row.id,
                notice: words::numbers::deleted(row.e164),
                deed: Deed::Deleted,
            });
        }
    });
    let confirm = move |()| {
        if let Some(row) = shown.get_untracked() {
            delete.dispatch(DeleteNumber {
                enterprise: slug.get_value(),
                id: row.id,
                version: row.version,
            });
        }
    };
    let error = Signal::derive(move || {
        let not_read = number.get().and_then(Result::err);
        let error = delete.value().get().and_then(Result::err).or(not_read);
        error.map(|error| error.to_string())
    });
    let assigned = Signal::derive(move || {
        let shown = shown.read();
        let assignee: Option<&Assignee> = shown.as_ref().and_then(|row| row.assignee.as_ref());
        assignee.map(words::numbers::assigned_cannot_be_deleted)
    });
    let refused = refusal(Action::Delete, Subject::PhoneNumber);
    let loading = Signal::derive(move || number.get().is_none());
    let disabled_reason = Signal::derive(move || {
        let waiting = || loading.get().then(|| words::numbers::LOADING_ONE.to_owned());
        refused.clone().or_else(|| assigned.get()).or_else(waiting)
    });
    let dialog = use_dialog();
    view! {
        <DialogBody>
            {move || error.get().map(|text| view! { <Banner tone=Tone::Danger text/> })}
            <Consequence loading assigned/>
        </DialogBody>
        <DialogFooter>
            <Button label=words::dialogs::CANCEL on_press=move |()| dialog.request_close()/>
            <Button
                label=words::numbers::DELETE_CONFIRM
                appearance=Appearance::Danger
                busy=delete.pending()
                disabled_reason
                on_press=confirm
            />
        </DialogFooter>
    }
    .erase()
}

#[component]
fn Consequence(loading: Signal<bool>, assigned: Signal<Option<String>>) -> Erased {
    let text = move || {
        if loading.get() {
            return view! { <Spinner label=words::numbers::LOADING_ONE/> }.erase();
        }
        let text = assigned
            .get()
            .unwrap_or_else(|| words::numbers::DELETE_CONSEQUENCE.to_owned());
        view! { <p>{text}</p> }.erase()
    };
    text.erase()
}
