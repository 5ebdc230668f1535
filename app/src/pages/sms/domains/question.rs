//! A question about a domain: what answering it does now, then the deed.

use domain::{
    domain_subscription::{DomainSubscriptionDetails, DomainSubscriptionRow},
    ids::DomainSubscriptionId,
};
use leptos::{either::EitherOf3, prelude::*};

use super::follow::{Found, follow};
use crate::{
    components::confirm_dialog::ConfirmDialog,
    erase::Erase,
    error::AppError,
    ui::{Appearance, Banner, Spinner, Tone},
    words,
};

/// How a question is put.
#[derive(Clone, Copy)]
pub(super) struct Question {
    /// The dialog's element id.
    pub(super) id: &'static str,
    /// Its title, until the domain is loaded.
    pub(super) title: &'static str,
    /// Its title, with the name of the domain.
    pub(super) title_of: fn(&str) -> String,
    /// What the confirming button says.
    pub(super) confirm: &'static str,
    /// How much that button stands out.
    pub(super) appearance: Appearance,
}

/// Asks about a domain and carries out on confirmation.
#[component]
pub(super) fn QuestionDialog(
    question: Question,
    /// The domain; nothing while the dialog is closed.
    about: Memo<Option<DomainSubscriptionId>>,
    /// What the person is shown of it.
    found: Found,
    /// What answering does.
    says: Callback<DomainSubscriptionDetails, AnyView>,
    /// Why the person may not do it, if they may not.
    refused: Option<String>,
    /// Whether it is being carried out.
    busy: Memo<bool>,
    /// Why it could not be carried out.
    error: Signal<Option<AppError>>,
    /// Carries it out for the domain as the person was shown it.
    on_confirm: Callback<DomainSubscriptionRow>,
    on_close: Callback<()>,
) -> AnyView {
    let confirmed = Callback::new(move |()| {
        if let Some(Ok(shown)) = found.get_untracked() {
            on_confirm.run(shown.row);
        }
    });
    let title = move || match found.get() {
        Some(Ok(shown)) => (question.title_of)(shown.row.domain.as_str()),
        _ => question.title.to_owned(),
    };
    view! {
        <ConfirmDialog
            id=question.id
            title=Signal::derive(title)
            open=Signal::derive(move || about.get().is_some())
            confirm=question.confirm
            appearance=question.appearance
            refused
            busy
            error
            on_confirm=confirmed
            on_close
        >
            {move || about.get().map(|id| view! { <Says id found says/> })}
        </ConfirmDialog>
    }
    .erase()
}

#[component]
fn Says(id: DomainSubscriptionId, found: Found, says: Callback<DomainSubscriptionDetails, AnyView>) -> AnyView {
    follow(id, found);
    let said = move || match found.get() {
        Some(Ok(details)) => EitherOf3::A(says.run(details)),
        Some(Err(error)) => {
            let text = error.to_string();
            EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
        }
        None => EitherOf3::C(view! { <Spinner label=words::domains::LOADING_ONE/> }),
    };
    said.erase()
}
