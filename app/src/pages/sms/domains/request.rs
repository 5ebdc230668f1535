//! Request re-subscription: what is asked of the provider, then the deed.

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
    server_fns::resubscription_request::FileResubscriptionRequest, ui::Appearance, words,
};

const QUESTION: Question = Question {
    id: "request-resubscription",
    title: words::domains::REQUEST,
    title_of: words::domains::request_title,
    confirm: words::domains::REQUEST_CONFIRM,
    appearance: Appearance::Primary,
};

#[component]
pub(super) fn RequestDialog(dialogs: Dialogs) -> AnyView {
    let about = Memo::new(move |_| match dialogs.open.get() {
        Some(DomainDialog::Request(id)) => Some(id),
        _ => None,
    });
    let enterprise = use_enterprise();
    let (slug, provider) = (StoredValue::new(enterprise.slug), enterprise.provider.name);
    let found: Found = RwSignal::new(None);
    let file = ServerAction::<FileResubscriptionRequest>::new();
    Effect::new(move |_| {
        if let Some(Ok(_)) = file.value().get() {
            file.clear();
            if let Some(Ok(shown)) = found.get_untracked() {
                let notice = words::domains::requested(shown.row.domain.as_str());
                dialogs.done.run((shown.row.id, notice));
            }
        }
    });
    let on_close = Callback::new(move |()| {
        file.clear();
        dialogs.close.run(());
    });
    let on_confirm = Callback::new(move |shown: DomainSubscriptionRow| {
        file.dispatch(FileResubscriptionRequest {
            enterprise: slug.get_value(),
            id: shown.id,
        });
    });
    let says = Callback::new(move |details: DomainSubscriptionDetails| {
        let text = words::domains::what_is_asked(&provider, &details);
        view! { <p>{text}</p> }.erase()
    });
    view! {
        <QuestionDialog
            question=QUESTION
            about
            found
            says
            refused=refusal(Action::Create, Subject::ResubscriptionRequest)
            busy=file.pending()
            error=Signal::derive(move || file.value().get().and_then(Result::err))
            on_confirm
            on_close
        />
    }
    .erase()
}
