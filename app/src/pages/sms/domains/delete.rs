//! Delete domain: the numbers that stop receiving, then the deed.

use domain::{
    access::{Action, Resource as Subject},
    domain_subscription::{DomainSubscriptionDetails, DomainSubscriptionRow},
};
use leptos::prelude::*;

use super::{
    Dialogs,
    follow::Found,
    question::{Question, QuestionDialog},
};
use crate::{
    components::permission::refusal, context::use_enterprise, erase::Erase, paths::DomainDialog,
    server_fns::domain_subscription::DeleteDomainSubscription, ui::Appearance, words,
};

const QUESTION: Question = Question {
    id: "delete-domain",
    title: words::domains::DELETE_TITLE,
    title_of: words::domains::delete_title,
    confirm: words::domains::DELETE_CONFIRM,
    appearance: Appearance::Danger,
};

#[component]
pub(super) fn DeleteDialog(dialogs: Dialogs) -> AnyView {
    let about = Memo::new(move |_| match dialogs.open.get() {
        Some(DomainDialog::Delete(id)) => Some(id),
        _ => None,
    });
    let slug = StoredValue::new(use_enterprise().slug);
    let found: Found = RwSignal::new(None);
    let delete = ServerAction::<DeleteDomainSubscription>::new();
    Effect::new(move |_| {
        if let Some(Ok(row)) = delete.value().get() {
            delete.clear();
            let notice = words::domains::deletion_begun(row.domain.as_str());
            dialogs.done.run((row.id, notice));
        }
    });
    let on_close = Callback::new(move |()| {
        delete.clear();
        dialogs.close.run(());
    });
    // Only the version that the person was shown is deleted.
    let on_confirm = Callback::new(move |shown: DomainSubscriptionRow| {
        delete.dispatch(DeleteDomainSubscription {
            enterprise: slug.get_value(),
            id: shown.id,
            version: shown.version,
        });
    });
    let says = Callback::new(|details: DomainSubscriptionDetails| list(&details));
    view! {
        <QuestionDialog
            question=QUESTION
            about
            found
            says
            refused=refusal(Action::Delete, Subject::DomainSubscription)
            busy=delete.pending()
            error=Signal::derive(move || delete.value().get().and_then(Result::err))
            on_confirm
            on_close
        />
    }
    .erase()
}

/// What deleting the domain does now.
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
