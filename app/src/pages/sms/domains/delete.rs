//! Delete domain: the numbers that stop receiving, then the deed.

use domain::{
    access::{Action, Resource as Subject},
    domain_subscription::DomainSubscriptionDetails,
    ids::DomainSubscriptionId,
};
use leptos::{either::EitherOf3, prelude::*};

use super::{
    Dialogs,
    follow::{Found, follow},
};
use crate::{
    components::{confirm_dialog::ConfirmDialog, permission::refusal},
    context::use_enterprise,
    erase::Erase,
    paths::DomainDialog,
    server_fns::domain_subscription::DeleteDomainSubscription,
    ui::{Banner, Spinner, Tone},
    words,
};

#[component]
pub(super) fn DeleteDialog(dialogs: Dialogs) -> AnyView {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(DomainDialog::Delete(id)) => Some(id),
        _ => None,
    });
    let slug = StoredValue::new(use_enterprise().slug);
    // What the person was shown; only that version is deleted.
    let found: Found = RwSignal::new(None);
    let delete = ServerAction::<DeleteDomainSubscription>::new();
    Effect::new(move |_| {
        if let Some(Ok(row)) = delete.value().get() {
            delete.clear();
            let notice = words::domains::deletion_begun(row.domain.as_str());
            dialogs.done.run((row.id, notice));
        }
    });
    let close = Callback::new(move |()| {
        delete.clear();
        dialogs.close.run(());
    });
    let on_confirm = Callback::new(move |()| {
        if let Some(Ok(shown)) = found.get_untracked() {
            delete.dispatch(DeleteDomainSubscription {
                enterprise: slug.get_value(),
                id: shown.row.id,
                version: shown.row.version,
            });
        }
    });
    let title = move || match found.get() {
        Some(Ok(shown)) => words::domains::delete_title(shown.row.domain.as_str()),
        _ => words::domains::DELETE_TITLE.to_owned(),
    };
    let error = Signal::derive(move || delete.value().get().and_then(Result::err));
    view! {
        <ConfirmDialog
            id="delete-domain"
            title=Signal::derive(title)
            open=Signal::derive(move || id.get().is_some())
            confirm=words::domains::DELETE_CONFIRM
            refused=refusal(Action::Delete, Subject::DomainSubscription)
            busy=delete.pending()
            error
            on_confirm
            on_close=close
        >
            {move || id.get().map(|id| view! { <Consequences id found/> })}
        </ConfirmDialog>
    }
    .erase()
}

/// What deleting the domain does now.
#[component]
fn Consequences(id: DomainSubscriptionId, found: Found) -> AnyView {
    follow(id, found);
    let consequences = move || match found.get() {
        Some(Ok(details)) => EitherOf3::A(list(&details)),
        Some(Err(error)) => {
            let text = error.to_string();
            EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
        }
        None => EitherOf3::C(view! { <Spinner label=words::domains::LOADING_ONE/> }),
    };
    consequences.erase()
}

fn list(details: &DomainSubscriptionDetails) -> AnyView {
    let named = details.receiving.iter().map(words::domains::number);
    let not_named = u64::from(details.receiving_count).saturating_sub(details.receiving.len() as u64);
    let more = (not_named > 0).then(|| words::domains::more_numbers(not_named));
    let numbers: Vec<AnyView> = named
        .chain(more)
        .map(|text| view! { <li>{text}</li> }.erase())
        .collect();
    let numbers = (!numbers.is_empty()).then(|| view! { <ul class="consequences__numbers">{numbers}</ul> });
    view! {
        <ul class="consequences">
            <li>{words::domains::what_goes_first(&details.row)}</li>
            <li>
                {words::domains::what_stops(details)}
                {numbers}
            </li>
        </ul>
    }
    .erase()
}
