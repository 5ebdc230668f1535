//! Renew now: what the carrier is asked, then the deed.

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
    server_fns::domain_subscription::RenewDomain,
    ui::Appearance,
    words,
};

const QUESTION: Question = Question {
    id: "renew-domain",
    about: |dialog| match dialog {
        DomainDialog::Renew(id) => Some(id),
        _ => None,
    },
    title: words::domains::RENEW,
    title_of: words::domains::renew_title,
    confirm: words::domains::RENEW,
    appearance: Appearance::Primary,
    takes: (Action::Update, Subject::DomainSubscription),
    done: words::domains::renewal_begun,
};

#[component]
pub(super) fn RenewDialog(dialogs: Dialogs) -> Erased {
    let renew = ServerAction::<RenewDomain>::new();
    let input = |enterprise, shown: DomainSubscriptionRow| RenewDomain {
        enterprise,
        id: shown.id,
    };
    let says = |details: DomainSubscriptionDetails| {
        let text = words::domains::what_renewing_does(&details.row);
        view! { <p>{text}</p> }.erase()
    };
    question_dialog(dialogs, QUESTION, *renew, input, says, Some)
}
