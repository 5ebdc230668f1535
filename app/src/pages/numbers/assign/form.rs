//! The content of the dialog once the number is loaded.

use domain::{
    access::{Action, Resource as Subject},
    number::{AssignTo, Assignee, CoolingOff, NumberDetail, PhoneNumberRow},
};
use leptos::prelude::*;

use super::{
    news::{NumberNews, is_newer},
    pickers::{Target, TargetFields},
};
use crate::{
    components::{
        cooling_off::{CoolingOffNotice, CoolingOffQuestion, ask_about_cooling_off},
        date_time,
        form::{Sending, at, use_sending},
        history::History,
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    server_fns::number::AssignNumber,
    ui::{Appearance, Banner, Button, ButtonKind, ButtonSize, DialogBody, DialogFooter, Tone, use_dialog},
    words,
};

/// Sends what the person wants, and tells how far it got.
#[derive(Clone, Copy)]
struct Assigning {
    call: ServerAction<AssignNumber>,
    sending: Sending,
    question: CoolingOffQuestion,
    /// Whom the number is to serve.
    to: StoredValue<Option<AssignTo>>,
}

impl Assigning {
    fn new(row: &PhoneNumberRow, target: Target, on_done: Callback<PhoneNumberRow>) -> Self {
        let enterprise = use_enterprise().slug;
        let (id, version) = (row.id, row.version);
        let call = ServerAction::<AssignNumber>::new();
        let to = StoredValue::new(None::<AssignTo>);
        let answer = StoredValue::new(CoolingOff::Heeded);
        let input = move || AssignNumber {
            enterprise: enterprise.clone(),
            id,
            version,
            to: to.get_value(),
            cooling_off: answer.get_value(),
        };
        let sending = use_sending(*call, input, move |row| on_done.run(row));
        let (question, sending) = ask_about_cooling_off(sending, answer, move || target.chosen());
        Self {
            call,
            sending,
            question,
            to,
        }
    }

    fn send(self, to: Option<AssignTo>) {
        self.to.set_value(to);
        self.sending.send();
    }

    /// Whether it is under way or done; what is heard of the number from then on is the person's own deed.
    fn is_sent(self) -> bool {
        self.sending.busy.get() || matches!(self.call.value().get(), Some(Ok(_)))
    }
}

/// Whom the number serves, to whom it can go, and what that does.
#[component]
pub(super) fn AssignForm(
    detail: NumberDetail,
    /// What others have done to the number since.
    news: NumberNews,
    /// Reads the number again.
    reload: Callback<()>,
    on_done: Callback<PhoneNumberRow>,
    dirty: RwSignal<bool>,
) -> Erased {
    let rest = rest_of(&detail).map(|text| view! { <p>{text}</p> });
    let row = detail.row;
    let target = Target::of(row.assignee.as_ref());
    let current = row.assignee.as_ref().map(Assignee::target);
    let differs = Signal::derive(move || target.chosen().is_some() && target.chosen() != current);
    effect(move || dirty.set(differs.get()));
    let assigning = Assigning::new(&row, target, on_done);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = target.chosen();
        if chosen.is_some() {
            assigning.send(chosen);
        }
    };
    let at_field = at(assigning.sending.error, "to");
    let (id, number, shown, opened) = (row.id.0, row.e164.display(), row.clone(), row.clone());
    let newer = Signal::derive(move || is_newer(news, &opened) && !assigning.is_sent());
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            <DialogBody>
                <Notices assigning newer reload/>
                <div class="form-grid">
                    <p class="numeric">{number}</p>
                    <Current row=shown differs/>
                    {rest}
                    <TargetFields target error=at_field/>
                </div>
                <History resource=Subject::PhoneNumber id/>
            </DialogBody>
            <Buttons assigning target row/>
        </form>
    }
    .erase()
}

/// What giving the number to somebody now means, if it should rest before.
fn rest_of(detail: &NumberDetail) -> Option<String> {
    let until = date_time::within_text(detail.cooling_off_until?);
    Some(match detail.row.assignee {
        Some(_) => words::numbers::should_rest_between(&until),
        None => words::numbers::should_rest(&until),
    })
}

/// What stands in the way, and how to go on.
#[component]
fn Notices(assigning: Assigning, newer: Signal<bool>, reload: Callback<()>) -> Erased {
    let notice = move || {
        let error = assigning.sending.error.get();
        let outdated = error.as_ref().is_some_and(AppError::is_outdated);
        if outdated || newer.get() {
            return Some(view! { <ReloadNotice reload/> });
        }
        let error = error?;
        let general = error.field_errors().is_empty();
        general.then(|| view! { <Banner tone=Tone::Danger text=error.to_string()/> })
    };
    view! {
        {notice}
        <CoolingOffNotice question=assigning.question label=words::numbers::ASSIGN_ANYWAY/>
    }
    .erase()
}

#[component]
pub(in crate::pages::numbers) fn ReloadNotice(reload: Callback<()>) -> Erased {
    view! {
        <Banner
            tone=Tone::Warning
            title=words::numbers::CONFLICT_TITLE.to_owned()
            text=words::numbers::CONFLICT_TEXT
        >
            <div class="banner__actions">
                <Button label=words::numbers::RELOAD size=ButtonSize::Small on_press=reload/>
            </div>
        </Banner>
    }
    .erase()
}

/// Whom the number serves now, and who loses it.
#[component]
fn Current(row: PhoneNumberRow, differs: Signal<bool>) -> Erased {
    let Some(assignee) = row.assignee else {
        return view! { <p>{words::numbers::SERVES_NOBODY}</p> }.erase();
    };
    let loses = words::numbers::loses(&assignee, row.e164);
    let consequence = move || {
        let text = loses.clone();
        if differs.get() {
            view! { <Banner tone=Tone::Warning text/> }.erase()
        } else {
            view! { <p class="text-muted">{words::numbers::if_taken_away(&text)}</p> }.erase()
        }
    };
    view! {
        <p>{words::numbers::serves(&assignee)}</p>
        {consequence}
    }
    .erase()
}

#[component]
fn Buttons(assigning: Assigning, target: Target, row: PhoneNumberRow) -> Erased {
    let dialog = use_dialog();
    let refused = refusal(Action::Update, Subject::NumberAssignment);
    let busy: Signal<bool> = assigning.sending.busy.into();
    let unassign = row
        .assignee
        .is_some()
        .then(|| view! { <Unassign assigning refused=refused.clone() busy/> });
    let (sms, current) = (row.sms, row.assignee.as_ref().map(Assignee::target));
    let disabled_reason = Signal::derive(move || {
        let chosen = target.chosen();
        let reason = if !sms {
            Some(words::numbers::NOT_CAPABLE)
        } else if chosen.is_none() {
            Some(words::numbers::CHOOSE_TARGET)
        } else {
            (chosen == current).then_some(words::numbers::SAME_TARGET)
        };
        refused.clone().or_else(|| reason.map(str::to_owned))
    });
    view! {
        <DialogFooter>
            <Button label=words::dialogs::CANCEL on_press=move |()| dialog.request_close()/>
            {unassign}
            <Button
                label=words::dialogs::SAVE
                kind=ButtonKind::Submit
                appearance=Appearance::Primary
                busy
                disabled_reason
            />
        </DialogFooter>
    }
    .erase()
}

/// Takes the number away.
#[component]
fn Unassign(assigning: Assigning, refused: Option<String>, busy: Signal<bool>) -> Erased {
    view! {
        <Button
            label=words::numbers::UNASSIGN
            busy
            disabled_reason=refused
            on_press=move |()| assigning.send(None)
        />
    }
    .erase()
}
