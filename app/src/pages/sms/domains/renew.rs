//! Renew now: what the carrier is asked, then the deed.

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
    server_fns::domain_subscription::RenewDomain, ui::Appearance, words,
};

const QUESTION: Question = Question {
    id: "renew-domain",
    title: words::domains::RENEW,
    title_of: words::domains::renew_title,
    confirm: words::domains::RENEW,
    appearance: Appearance::Primary,
};

#[component]
pub(super) fn RenewDialog(dialogs: Dialogs) -> AnyView {
    let about = Memo::new(move |_| match dialogs.open.get() {
        Some(DomainDialog::Renew(id)) => Some(id),
        _ => None,
    });
    let slug = StoredValue::new(use_enterprise().slug);
    let found: Found = RwSignal::new(None);
    let renew = ServerAction::<RenewDomain>::new();
    Effect::new(move |_| {
        if let Some(Ok(row)) = renew.value().get() {
            renew.clear();
            let notice = words::domains::renewal_begun(row.domain.as_str());
            dialogs.done.run((row.id, notice));
        }
    });
    let on_close = Callback::new(move |()| {
        renew.clear();
        dialogs.close.run(());
    });
    let on_confirm = Callback::new(move |shown: DomainSubscriptionRow| {
        renew.dispatch(RenewDomain {
            enterprise: slug.get_value(),
            id: shown.id,
        });
    });
    let says = Callback::new(|details: DomainSubscriptionDetails| {
        let text = words::domains::what_renewing_does(&details.row);
        view! { <p>{text}</p> }.erase()
    });
    view! {
        <QuestionDialog
            question=QUESTION
            about
            found
            says
            refused=refusal(Action::Update, Subject::DomainSubscription)
            busy=renew.pending()
            error=Signal::derive(move || renew.value().get().and_then(Result::err))
            on_confirm
            on_close
        />
    }
    .erase()
}
