//! The content of the dialog once the number is loaded.

use domain::{
    access::{Action, Resource as Subject},
    enterprise::EnterpriseSlug,
    number::{AssignTo, Assignee, COOLING_OFF, NumberDetail, PhoneNumberRow},
};
use leptos::prelude::*;

use super::{
    news::{NumberNews, is_newer},
    pickers::{Target, TargetFields},
};
use crate::{
    components::{form::at, history::History, permission::refusal},
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    server_fns::number::{AssignNumber, AssignNumberInCoolingOff},
    ui::{Appearance, Banner, Button, ButtonKind, ButtonSize, DialogBody, DialogFooter, Tone, use_dialog},
    words,
};

/// Sends what the person wants, and tells how far it got.
#[derive(Clone, Copy)]
struct Assigning {
    enterprise: StoredValue<EnterpriseSlug>,
    number: StoredValue<NumberDetail>,
    assign: ServerAction<AssignNumber>,
    confirmed: ServerAction<AssignNumberInCoolingOff>,
    /// Whom the number was last asked to serve.
    asked: StoredValue<Option<AssignTo>>,
}

impl Assigning {
    fn new(detail: NumberDetail, on_done: Callback<PhoneNumberRow>) -> Self {
        let assigning = Self {
            enterprise: StoredValue::new(use_enterprise().slug),
            number: StoredValue::new(detail),
            assign: ServerAction::new(),
            confirmed: ServerAction::new(),
            asked: StoredValue::new(None),
        };
        effect(move || {
            let answers = [assigning.assign.value().get(), assigning.confirmed.value().get()];
            if let Some(row) = answers.into_iter().flatten().find_map(Result::ok) {
                on_done.run(row);
            }
        });
        assigning
    }

    fn send(self, to: Option<AssignTo>) {
        self.asked.set_value(to);
        self.confirmed.clear();
        let (id, version) = self.number.with_value(|number| (number.row.id, number.row.version));
        self.assign.dispatch(AssignNumber {
            enterprise: self.enterprise.get_value(),
            id,
            version,
            to,
        });
    }

    /// The same once more, although the cooling-off time runs.
    fn send_confirmed(self) {
        let (id, version) = self.number.with_value(|number| (number.row.id, number.row.version));
        self.confirmed.dispatch(AssignNumberInCoolingOff {
            enterprise: self.enterprise.get_value(),
            id,
            version,
            to: self.asked.get_value(),
        });
        self.assign.clear();
    }

    /// Why the last try failed.
    fn error(self) -> Option<AppError> {
        let answers = [self.confirmed.value().get(), self.assign.value().get()];
        answers.into_iter().flatten().find_map(Result::err)
    }

    fn busy(self) -> bool {
        self.assign.pending().get() || self.confirmed.pending().get()
    }

    /// Whether it is under way or done; what is heard of the number from then on is the person's own deed.
    fn is_sent(self) -> bool {
        let done =
            matches!(self.assign.value().get(), Some(Ok(_))) || matches!(self.confirmed.value().get(), Some(Ok(_)));
        done || self.busy()
    }
}

fn is_cooling_off(error: &AppError) -> bool {
    error.field_errors().iter().any(|error| error.field == COOLING_OFF)
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
    let row = detail.row.clone();
    let target = Target::of(row.assignee.as_ref());
    let current = row.assignee.as_ref().map(Assignee::target);
    let differs = Signal::derive(move || target.chosen().is_some() && target.chosen() != current);
    effect(move || dirty.set(differs.get()));
    let assigning = Assigning::new(detail, on_done);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = target.chosen();
        if chosen.is_some() {
            assigning.send(chosen);
        }
    };
    let at_field = at(Signal::derive(move || assigning.error()), "to");
    let (id, number, shown, opened) = (row.id.0, row.e164.display(), row.clone(), row.clone());
    let newer = Signal::derive(move || is_newer(news, &opened) && !assigning.is_sent());
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            <DialogBody>
                <Notices assigning newer reload/>
                <div class="form-grid">
                    <p class="numeric">{number}</p>
                    <Current row=shown differs/>
                    <TargetFields target error=at_field/>
                </div>
                <History resource=Subject::PhoneNumber id/>
            </DialogBody>
            <Buttons assigning target row/>
        </form>
    }
    .erase()
}

/// What stands in the way, and how to go on.
#[component]
fn Notices(assigning: Assigning, newer: Signal<bool>, reload: Callback<()>) -> Erased {
    let notice = move || {
        let error = assigning.error();
        let outdated = error.as_ref().is_some_and(AppError::is_outdated);
        if outdated || newer.get() {
            return Some(view! { <ReloadNotice reload/> });
        }
        let error = error?;
        if is_cooling_off(&error) {
            return Some(view! { <CoolingOffNotice text=error.to_string() assigning/> });
        }
        let general = error.field_errors().is_empty();
        general.then(|| view! { <Banner tone=Tone::Danger text=error.to_string()/> })
    };
    notice.erase()
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

#[component]
fn CoolingOffNotice(text: String, assigning: Assigning) -> Erased {
    view! {
        <Banner tone=Tone::Warning title=words::numbers::COOLING_OFF_TITLE.to_owned() text>
            <div class="banner__actions">
                <Button
                    label=words::numbers::ASSIGN_ANYWAY
                    size=ButtonSize::Small
                    on_press=move |()| assigning.send_confirmed()
                />
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
    let busy = Signal::derive(move || assigning.busy());
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
