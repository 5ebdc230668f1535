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

/// How many numbers are shown without scrolling.
const NUMBERS_AT_ONCE: usize = 10;

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
    let numbers = (!numbers.is_empty()).then(|| numbers_list(numbers));
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

/// The numbers, all of them within reach: a long list scrolls by itself, for whoever uses the keyboard too.
fn numbers_list(numbers: Vec<Erased>) -> Erased {
    let is_long = numbers.len() > NUMBERS_AT_ONCE;
    view! {
        <div
            class="consequences__part"
            data-long=is_long.then_some("true")
            role=is_long.then_some("region")
            aria-label=is_long.then_some(words::domains::NUMBERS_THAT_STOP)
            tabindex=is_long.then_some("0")
        >
            <ul class="consequences__numbers">{numbers}</ul>
        </div>
    }
    .erase()
}
