//! SMS User Assignment: the person's own numbers, saved all at once.

use std::collections::HashSet;

use domain::{
    access::{Action, Resource as Subject},
    enterprise::ConnectorApp,
    ids::{PhoneNumberId, TeamsUserId},
    number::CoolingOff,
    teams_user::{TeamsUser, no_license},
};
use leptos::prelude::*;

use super::{Deed, Dialogs, Done, conflict::NumbersConflict, load, loaded, sms_off};
use crate::{
    components::{
        cooling_off::{CoolingOffNotice, ask_about_cooling_off},
        form::{FreeForm, use_sending},
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    pages::sms::groups::{
        fields::use_found,
        form::{number_option, offered_number},
    },
    paths::UserDialog,
    server_fns::{number::number_options_for_user, teams_user::SetUserNumbers},
    ui::{Banner, ComboMode, ComboOption, Combobox, Dialog, ErrorSummary, Tone},
    words,
};

/// The element of the one field.
const FIELD: &str = "user-numbers";

#[component]
pub(super) fn AssignmentDialog(dialogs: Dialogs) -> Erased {
    let id = dialogs.open_of(UserDialog::Numbers);
    let name = RwSignal::new(None::<String>);
    let open = Signal::derive(move || id.get().is_some());
    let dirty = RwSignal::new(false);
    view! {
        <Dialog
            id="user-assignment"
            title=words::users::ASSIGN
            lead=Signal::derive(move || name.get())
            open
            on_close=dialogs.close
            dirty
        >
            {move || id.get().map(|id| view! { <Loaded id name dialogs dirty/> })}
        </Dialog>
    }
    .erase()
}

#[component]
fn Loaded(id: TeamsUserId, name: RwSignal<Option<String>>, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    name.set(None);
    let user = load(id);
    effect(move || {
        if let Some(Ok(user)) = user.get() {
            name.set(Some(user.person.display_name));
        }
    });
    loaded(user, dialogs, move |user| {
        view! { <AssignmentForm user dialogs dirty/> }.erase()
    })
}

/// What the dialog holds while somebody chooses.
#[derive(Clone, Copy)]
struct Form {
    /// The person as the choice goes on from.
    base: RwSignal<TeamsUser>,
    numbers: RwSignal<Vec<String>>,
    /// Every number that was offered so far.
    known: StoredValue<Vec<ComboOption>>,
}

impl Form {
    fn of(user: TeamsUser) -> Self {
        Self {
            numbers: RwSignal::new(strings(&user.number_ids())),
            known: StoredValue::new(user.numbers.iter().map(number_option).collect()),
            base: RwSignal::new(user),
        }
    }

    fn had(&self) -> Vec<String> {
        self.base.with(|user| strings(&user.number_ids()))
    }

    fn wanted(&self) -> Vec<PhoneNumberId> {
        self.numbers.read().iter().filter_map(|id| id.parse().ok()).collect()
    }

    fn dirty(&self) -> Signal<bool> {
        let form = *self;
        Signal::derive(move || {
            let (had, now) = (form.had(), form.numbers.get());
            had.iter().collect::<HashSet<_>>() != now.iter().collect::<HashSet<_>>()
        })
    }

    /// Puts what was added and removed on top of what the person has now.
    fn rebase(&self, current: TeamsUser) {
        let (had, mine) = (self.had(), self.numbers.get());
        let theirs = strings(&current.number_ids());
        self.known
            .update_value(|known| known.extend(current.numbers.iter().map(number_option)));
        let kept = theirs.iter().filter(|id| !had.contains(id) || mine.contains(id));
        let added = mine.iter().filter(|id| !had.contains(id) && !theirs.contains(id));
        self.numbers.set(kept.chain(added).cloned().collect());
        self.base.set(current);
    }

    /// What saving does, a sentence for each number.
    fn changes(&self) -> Vec<String> {
        let (had, now) = (self.had(), self.numbers.get());
        let name = self.base.with(|user| user.person.display_name.clone());
        let label = |id: &String| {
            let known = self.known.with_value(|known| {
                known
                    .iter()
                    .find(|option| option.id == *id)
                    .map(|option| option.label.clone())
            });
            known.unwrap_or_default()
        };
        let removed = had.iter().filter(|id| !now.contains(id));
        let added = now.iter().filter(|id| !had.contains(id));
        removed
            .map(|id| words::users::becomes_free(&label(id)))
            .chain(added.map(|id| words::users::is_given(&label(id), &name)))
            .collect()
    }
}

fn strings(ids: &[PhoneNumberId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

#[component]
fn AssignmentForm(user: TeamsUser, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let (id, name) = (user.person.id, user.person.display_name.clone());
    let refused = (!user.can_have_numbers()).then(|| no_license(&name));
    let form = Form::of(user);
    let changed = form.dirty();
    effect(move || dirty.set(changed.get()));
    let save = ServerAction::<SetUserNumbers>::new();
    let answer = StoredValue::new(CoolingOff::Heeded);
    let input = move || SetUserNumbers {
        enterprise: slug.clone(),
        id,
        had: form.base.with(TeamsUser::number_ids),
        number_ids: form.wanted(),
        cooling_off: answer.get_value(),
    };
    let sending = use_sending(*save, input, move |user| {
        dialogs.done.run(Done {
            id,
            name: user.person.display_name,
            deed: Deed::NumbersSaved,
        });
    });
    let (outdated, sending) = sending.split_outdated();
    let (question, sending) = ask_about_cooling_off(sending, answer, move || form.numbers.get());
    let error = sending.error;
    let on_resolved = Callback::new(move |current: TeamsUser| {
        form.rebase(current);
        save.clear();
    });
    view! {
        <FreeForm sending disabled_reason=why_not_now(outdated, changed)>
            {move || outdated.get().then(|| view! { <NumbersConflict base=form.base on_resolved/> })}
            <CoolingOffNotice question label=words::numbers::SAVE_ANYWAY/>
            <WhatIsWrong error/>
            {refused.clone().map(|text| view! { <Banner tone=Tone::Info text/> })}
            <NumbersPicker id form refused error/>
            <Changes form/>
        </FreeForm>
    }
    .erase()
}

/// Why the choice cannot be saved now.
fn why_not_now(outdated: Memo<bool>, changed: Signal<bool>) -> Signal<Option<String>> {
    let refused = refusal(Action::Update, Subject::NumberAssignment).or_else(sms_off);
    Signal::derive(move || {
        refused
            .clone()
            .or_else(|| outdated.get().then(|| words::users::CHOOSE_FIRST.to_owned()))
            .or_else(|| (!changed.get()).then(|| words::users::NOTHING_CHANGED.to_owned()))
    })
}

/// Whatever is wrong with the numbers, each with a way to the field, and what belongs to no field.
#[component]
fn WhatIsWrong(error: Signal<Option<AppError>>) -> Erased {
    let at_field = Signal::derive(move || {
        let error = error.read();
        let errors = error.as_ref().map(AppError::field_errors).unwrap_or_default();
        errors
            .iter()
            .map(|error| (FIELD.to_owned(), error.message.clone()))
            .collect::<Vec<_>>()
    });
    let general = move || {
        error
            .get()
            .filter(|error| error.field_errors().is_empty())
            .map(|error| view! { <Banner tone=Tone::Danger text=error.to_string()/> })
    };
    view! {
        {general}
        <ErrorSummary title=words::dialogs::CHECK_FIELDS errors=at_field/>
    }
    .erase()
}

#[component]
fn NumbersPicker(
    id: TeamsUserId,
    form: Form,
    /// Why the person can be given none.
    refused: Option<String>,
    error: Signal<Option<AppError>>,
) -> Erased {
    let slug = use_enterprise().slug;
    let none = refused.is_some();
    let known = form.known;
    let found = use_found(move |search| {
        let slug = slug.clone();
        async move {
            if none {
                return Ok(Vec::new());
            }
            let numbers = number_options_for_user(slug, id, search).await?;
            let options: Vec<ComboOption> = numbers.iter().map(offered_number).collect();
            known.try_update_value(|known| known.extend(options.clone()));
            Ok(options)
        }
    });
    let message = Signal::derive(move || {
        let error = error.read();
        let first = error.as_ref().and_then(|error| error.field_errors().first());
        first.map(|error| error.message.clone())
    });
    view! {
        <Combobox
            id=FIELD
            name="numbers"
            label=words::users::FIELD_NUMBERS
            hint=words::users::HINT_NUMBERS
            mode=ComboMode::Multiple
            selected=form.numbers
            options=found.options
            on_search=found.search
            loading=found.loading
            selected_options=Signal::derive(move || known.get_value())
            empty_text=refused.unwrap_or_else(|| words::ui::NO_MATCHES.to_owned())
            error=found.error_or(message)
        />
    }
    .erase()
}

/// What saving does, while somebody chooses.
#[component]
fn Changes(form: Form) -> Erased {
    let legacy = use_enterprise().switches.connector_app == ConnectorApp::Legacy;
    let shown = move || {
        let changes = form.changes();
        (!changes.is_empty()).then(|| {
            let items = changes.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
            view! {
                <p class="text-strong">{words::users::WHAT_HAPPENS}</p>
                <ul class="consequences">{items}</ul>
                {legacy.then(|| view! { <p class="text-muted">{words::users::AFTER_SYNC}</p> })}
            }
        })
    };
    view! { <div role="status">{shown}</div> }.erase()
}
