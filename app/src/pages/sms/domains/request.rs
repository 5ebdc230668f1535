//! Request re-subscription: what is asked of the provider, then the deed.

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
    context::use_enterprise,
    erase::{Erase, Erased},
    paths::DomainDialog,
    server_fns::resubscription_request::FileResubscriptionRequest,
    ui::Appearance,
    words,
};

const QUESTION: Question = Question {
    id: "request-resubscription",
    about: |dialog| match dialog {
        DomainDialog::Request(id) => Some(id),
        _ => None,
    },
    title: words::domains::REQUEST,
    title_of: words::domains::request_title,
    confirm: words::domains::REQUEST_CONFIRM,
    appearance: Appearance::Primary,
    takes: (Action::Create, Subject::ResubscriptionRequest),
    done: words::domains::requested,
};

#[component]
pub(super) fn RequestDialog(dialogs: Dialogs) -> Erased {
    let provider = use_enterprise().provider.name;
    let file = ServerAction::<FileResubscriptionRequest>::new();
    let input = |enterprise, shown: DomainSubscriptionRow| FileResubscriptionRequest {
        enterprise,
        id: shown.id,
    };
    let says = move |details: DomainSubscriptionDetails| {
        let text = words::domains::what_is_asked(&provider, &details);
        view! { <p>{text}</p> }.erase()
    };
    question_dialog(dialogs, QUESTION, *file, input, says, |_| None)
}
