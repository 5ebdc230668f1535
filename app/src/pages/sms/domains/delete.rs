//! Delete domain: the numbers that stop receiving, then the deed.

use domain::{
    access::{Action, Resource as Subject},
    domain_subscription::{DomainSubscriptionDetails, DomainSubscriptionRow},
};
use leptos::prelude::*;

use super::{
    Dialogs,
    question::{Question, question_dialog},
};
use crate::{
    erase::{Erase, Erased},
    paths::DomainDialog,
    server_fns::domain_subscription::DeleteDomainSubscription,
    ui::Appearance,
    words,
};

const QUESTION: Question = Question {
    id: "delete-domain",
    about: |dialog| match dialog {
        DomainDialog::Delete(id) => Some(id),
        _ => None,
    },
    title: words::domains::DELETE_TITLE,
    title_of: words::domains::delete_title,
    confirm: words::domains::DELETE_CONFIRM,
    appearance: Appearance::Danger,
    takes: (Action::Delete, Subject::DomainSubscription),
    done: words::domains::deletion_begun,
};

#[component]
pub(super) fn DeleteDialog(dialogs: Dialogs) -> Erased {
    let delete = ServerAction::<DeleteDomainSubscription>::new();
    // Only the version that the person was shown is deleted.
    let input = |enterprise, shown: DomainSubscriptionRow| DeleteDomainSubscription {
        enterprise,
        id: shown.id,
        version: shown.version,
    };
    let says = |details: DomainSubscriptionDetails| list(&details);
    question_dialog(dialogs, QUESTION, *delete, input, says, Some)
}

/// What deleting the domain does now.
fn list(details: &DomainSubscriptionDetails) -> Erased {
    let named = details.receiving.iter().map(words::domains::number);
    let not_named = u64::from(details.receiving_count).saturating_sub(details.receiving.len() as u64);
    let more = (not_named > 0).then(|| words::domains::more_numbers(not_named));
    let numbers: Vec<Erased> = named
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
