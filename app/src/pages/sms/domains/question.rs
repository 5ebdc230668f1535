//! A question about a domain: what answering it does now, then the deed.

use domain::{
    access::{self, Resource as Subject},
    domain_subscription::{DomainSubscriptionDetails, DomainSubscriptionRow},
    enterprise::EnterpriseSlug,
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
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::DomainDialog,
    ui::{Appearance, Banner, Spinner, Tone},
    words,
};

/// How a question is put, and what is said of its answer.
#[derive(Clone, Copy)]
pub(super) struct Question {
    /// The dialog's element id.
    pub(super) id: &'static str,
    /// The domain that it asks about; nothing if another dialog is open.
    pub(super) about: fn(DomainDialog) -> Option<DomainSubscriptionId>,
    /// Its title, until the domain is loaded.
    pub(super) title: &'static str,
    /// Its title, with the name of the domain.
    pub(super) title_of: fn(&str) -> String,
    /// What the confirming button says.
    pub(super) confirm: &'static str,
    /// How much that button stands out.
    pub(super) appearance: Appearance,
    /// What the person must be allowed to do, to what.
    pub(super) takes: (access::Action, Subject),
    /// The notice that it is done, with the name of the domain.
    pub(super) done: fn(&str) -> String,
}

/// Asks about a domain, of which the person is told what `says` makes; on confirmation calls the server with `input` of
/// the domain as they were shown it. The notice is about the row that came back, or else about that domain.
pub(super) fn question_dialog<I, O>(
    dialogs: Dialogs,
    question: Question,
    call: Action<I, Result<O, AppError>>,
    input: impl Fn(EnterpriseSlug, DomainSubscriptionRow) -> I + Send + Sync + 'static,
    says: impl Fn(DomainSubscriptionDetails) -> Erased + Send + Sync + 'static,
    came_back: fn(O) -> Option<DomainSubscriptionRow>,
) -> Erased
where
    I: Send + Sync + 'static,
    O: Clone + Send + Sync + 'static,
{
    let slug = StoredValue::new(use_enterprise().slug);
    let found: Found = RwSignal::new(None);
    let shown = move || found.get_untracked().and_then(Result::ok).map(|details| details.row);
    let confirmed = RwSignal::new(false);
    effect(move || {
        if let Some(Ok(answer)) = call.value().get() {
            call.clear();
            if let Some(row) = came_back(answer).or_else(shown) {
                let notice = (question.done)(row.domain.as_str());
                dialogs.done.run((row.id, notice));
            }
        }
    });
    let on_close = Callback::new(move |()| {
        call.clear();
        dialogs.close.run(());
    });
    let on_confirm = Callback::new(move |()| {
        if let Some(row) = shown() {
            confirmed.set(true);
            call.dispatch(input(slug.get_value(), row));
        }
    });
    let about = Memo::new(move |_| dialogs.open.get().and_then(question.about));
    let says = Callback::new(says);
    let busy = call.pending();
    let error = Signal::derive(move || call.value().get().and_then(Result::err));
    view! { <QuestionDialog question about found says confirmed busy error on_confirm on_close/> }.erase()
}

#[component]
fn QuestionDialog(
    question: Question,
    /// The domain; nothing while the dialog is closed.
    about: Memo<Option<DomainSubscriptionId>>,
    found: Found,
    says: Callback<DomainSubscriptionDetails, Erased>,
    /// Whether the person has answered.
    confirmed: RwSignal<bool>,
    busy: Memo<bool>,
    error: Signal<Option<AppError>>,
    on_confirm: Callback<()>,
    on_close: Callback<()>,
) -> Erased {
    let (action, subject) = question.takes;
    let title = move || match found.get() {
        Some(Ok(shown)) => (question.title_of)(shown.row.domain.as_str()),
        _ => question.title.to_owned(),
    };
    // What is heard of the domain after the answer is what the person does themselves, unless that has failed.
    let own = Signal::derive(move || confirmed.get() && (busy.get() || error.read().is_none()));
    let says = move |id: DomainSubscriptionId| {
        confirmed.set(false);
        view! { <Says id found says own/> }
    };
    view! {
        <ConfirmDialog
            id=question.id
            title=Signal::derive(title)
            open=Signal::derive(move || about.get().is_some())
            confirm=question.confirm
            appearance=question.appearance
            refused=refusal(action, subject)
            busy
            error
            on_confirm
            on_close
        >
            {move || about.get().map(says)}
        </ConfirmDialog>
    }
    .erase()
}

/// What the answer does now, also after somebody else has changed the domain.
#[component]
fn Says(
    id: DomainSubscriptionId,
    found: Found,
    says: Callback<DomainSubscriptionDetails, Erased>,
    /// Whether what is heard of the domain is the person's own deed.
    own: Signal<bool>,
) -> Erased {
    follow(id, found);
    let first = StoredValue::new(None::<DomainSubscriptionDetails>);
    let said = move || match found.get() {
        Some(Ok(details)) => {
            let changed =
                first.try_update_value(|first| differs(first.get_or_insert_with(|| details.clone()), &details));
            let note = (changed == Some(true) && !own.get()).then(|| {
                view! { <Banner tone=Tone::Warning text=words::domains::CHANGED_BEFORE_ANSWERING/> }
            });
            EitherOf3::A(view! {
                {note}
                {says.run(details)}
            })
        }
        Some(Err(error)) => {
            let text = error.to_string();
            EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
        }
        None => EitherOf3::C(view! { <Spinner label=words::domains::LOADING_ONE/> }),
    };
    said.erase()
}

/// Whether somebody has changed what is asked. Time alone changes how a subscription stands; that is not meant.
fn differs(before: &DomainSubscriptionDetails, now: &DomainSubscriptionDetails) -> bool {
    before.row.version != now.row.version
        || before.row.request != now.row.request
        || before.receiving != now.receiving
        || before.receiving_count != now.receiving_count
}
