//! Updating and deleting the selected numbers, and what became of each.

use domain::{
    access::{Action, Resource as Subject},
    ids::PhoneNumberId,
    number::{BulkAnswer, NumberPatch, Selection, SkippedNumber, WhySkipped},
    table::PageSize,
};
use leptos::prelude::*;

use super::{
    Dialogs,
    fields::{ProfileField, profile_choice},
    serving::serving,
};
use crate::{
    components::{
        data_table::{Chosen, RowSelection},
        form::{FormFooter, OnlyToRead, WhatElseIsWrong, at},
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::NumberDialog,
    server_fns::number::{DeleteNumbers, UpdateNumbers},
    ui::{
        Appearance, Button, ButtonSize, Dialog, DialogBody, DialogFooter, DialogKind, DialogSize, SelectField,
        SelectOption, use_dialog,
    },
    words,
};

/// The buttons above the table while numbers are selected.
#[component]
pub(super) fn BulkButtons(dialogs: Dialogs) -> Erased {
    view! {
        <Button
            label=words::numbers::UPDATE
            size=ButtonSize::Small
            opens="dialog"
            disabled_reason=refusal(Action::Update, Subject::PhoneNumber)
            on_press=move |()| dialogs.show.run(NumberDialog::UpdateSelected)
        />
        <Button
            label=words::numbers::DELETE
            size=ButtonSize::Small
            opens="dialog"
            disabled_reason=refusal(Action::Delete, Subject::PhoneNumber)
            on_press=move |()| dialogs.show.run(NumberDialog::DeleteSelected)
        />
    }
    .erase()
}

/// The selection as the server takes it; none if nothing is selected.
fn wire(selection: RowSelection) -> Option<Selection> {
    match selection.chosen() {
        Chosen::Rows(ids) if ids.is_empty() => None,
        Chosen::Rows(ids) => Some(Selection::Ids(ids.into_iter().map(PhoneNumberId).collect())),
        Chosen::Matching(query) => Some(Selection::Query(query.with_size(PageSize::default()).to_query_string())),
    }
}

#[component]
pub(super) fn UpdateSelectedDialog(dialogs: Dialogs) -> Erased {
    let open = Signal::derive(move || dialogs.open.get() == Some(NumberDialog::UpdateSelected));
    let dirty = RwSignal::new(false);
    view! {
        <Dialog
            id="update-selected"
            title=words::numbers::UPDATE_SELECTED_TITLE
            open
            on_close=dialogs.close
            dirty
        >
            {match wire(dialogs.selection) {
                Some(selection) => view! { <UpdateMany selection dialogs dirty/> },
                None => view! { <NothingSelected dialogs/> },
            }}
        </Dialog>
    }
    .erase()
}

#[component]
fn NothingSelected(dialogs: Dialogs) -> Erased {
    view! {
        <OnlyToRead close=dialogs.close>
            <p>{words::numbers::NOTHING_SELECTED}</p>
        </OnlyToRead>
    }
    .erase()
}

/// A choice that says neither yes nor no.
const LEAVE: &str = "leave";

/// What the person wants to change of many numbers; at first nothing.
#[derive(Clone, Copy)]
struct ManyForm {
    sms: RwSignal<String>,
    mms: RwSignal<String>,
    group_mms: RwSignal<String>,
    voice: RwSignal<String>,
    profile: RwSignal<String>,
}

impl ManyForm {
    fn new() -> Self {
        let leave = || RwSignal::new(LEAVE.to_owned());
        Self {
            sms: leave(),
            mms: leave(),
            group_mms: leave(),
            voice: leave(),
            profile: leave(),
        }
    }

    fn patch(&self) -> NumberPatch {
        let flag = |signal: RwSignal<String>| match signal.read().as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let profile = self.profile.get();
        NumberPatch {
            sms: flag(self.sms),
            mms: flag(self.mms),
            group_mms: flag(self.group_mms),
            voice: flag(self.voice),
            carrier_profile: (profile != LEAVE).then(|| profile_choice(&profile)),
        }
    }
}

#[component]
fn UpdateMany(selection: Selection, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let form = ManyForm::new();
    let count = untrack(|| dialogs.selection.count());
    let save = ServerAction::<UpdateNumbers>::new();
    let answer = use_answer(move || save.value().get(), dialogs);
    effect(move || dirty.set(!form.patch().is_empty() && answer.read().is_none()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let patch = untrack(|| form.patch());
        if !patch.is_empty() {
            save.dispatch(UpdateNumbers {
                enterprise: slug.clone(),
                selection: selection.clone(),
                patch,
            });
        }
    };
    let error = Signal::derive(move || save.value().get().and_then(Result::err));
    let refused = StoredValue::new(refusal(Action::Update, Subject::PhoneNumber));
    let disabled_reason = Signal::derive(move || {
        let nothing = || {
            form.patch()
                .is_empty()
                .then(|| words::numbers::NOTHING_TO_CHANGE.to_owned())
        };
        refused.get_value().or_else(nothing)
    });
    let busy = Signal::derive(move || save.pending().get());
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            {move || match answer.get() {
                Some(answer) => view! { <Outcome said=words::numbers::updated_many(answer.done.len()) answer dialogs/> },
                None => view! { <ManyFields form count error busy disabled_reason/> },
            }}
        </form>
    }
    .erase()
}

#[component]
fn ManyFields(
    form: ManyForm,
    count: u64,
    error: Signal<Option<AppError>>,
    busy: Signal<bool>,
    disabled_reason: Signal<Option<String>>,
) -> Erased {
    let leave = SelectOption::new(LEAVE, words::numbers::LEAVE);
    view! {
        <DialogBody>
            <WhatElseIsWrong error fields=&["carrier_profile"]/>
            <div class="form-grid">
                <p>{words::numbers::about_selected(count)}</p>
                <ManyFlag id="many-sms" label=words::numbers::SMS value=form.sms/>
                <ManyFlag id="many-mms" label=words::numbers::MMS value=form.mms/>
                <ManyFlag id="many-group-mms" label=words::numbers::GROUP_MMS value=form.group_mms/>
                <ManyFlag id="many-voice" label=words::numbers::VOICE value=form.voice/>
                <ProfileField value=form.profile first=vec![leave] error=at(error, "carrier_profile")/>
            </div>
        </DialogBody>
        <FormFooter busy disabled_reason/>
    }
    .erase()
}

#[component]
fn ManyFlag(id: &'static str, label: &'static str, value: RwSignal<String>) -> Erased {
    let options = vec![
        SelectOption::new(LEAVE, words::numbers::LEAVE),
        SelectOption::new("yes", words::numbers::YES),
        SelectOption::new("no", words::numbers::NO),
    ];
    view! { <SelectField id name=id label options=Signal::stored(options) value/> }.erase()
}

#[component]
pub(super) fn DeleteSelectedDialog(dialogs: Dialogs) -> Erased {
    let open = Signal::derive(move || dialogs.open.get() == Some(NumberDialog::DeleteSelected));
    view! {
        <Dialog
            id="delete-selected"
            title=words::numbers::DELETE_SELECTED_TITLE
            open
            on_close=dialogs.close
            kind=DialogKind::Confirm
            size=DialogSize::Small
        >
            {match wire(dialogs.selection) {
                Some(selection) => view! { <DeleteMany selection dialogs/> },
                None => view! { <NothingSelected dialogs/> },
            }}
        </Dialog>
    }
    .erase()
}

#[component]
fn DeleteMany(selection: Selection, dialogs: Dialogs) -> Erased {
    let slug = use_enterprise().slug;
    let count = untrack(|| dialogs.selection.count());
    let selection = StoredValue::new(selection);
    let delete = ServerAction::<DeleteNumbers>::new();
    let answer = use_answer(move || delete.value().get(), dialogs);
    let confirm = Callback::new(move |()| {
        delete.dispatch(DeleteNumbers {
            enterprise: slug.clone(),
            selection: selection.get_value(),
        });
    });
    let error = Signal::derive(move || delete.value().get().and_then(Result::err));
    let busy = Signal::derive(move || delete.pending().get());
    let shown = move || match answer.get() {
        Some(answer) => view! { <Outcome said=words::numbers::deleted_many(answer.done.len()) answer dialogs/> },
        None => view! { <DeleteQuestion selection count error busy confirm/> },
    };
    shown.erase()
}

#[component]
fn DeleteQuestion(
    selection: StoredValue<Selection>,
    count: u64,
    error: Signal<Option<AppError>>,
    busy: Signal<bool>,
    confirm: Callback<()>,
) -> Erased {
    let dialog = use_dialog();
    view! {
        <DialogBody>
            <WhatElseIsWrong error fields=&[]/>
            <p>{words::numbers::about_selected(count)}</p>
            <WillBeSkipped selection count/>
            <p>{words::numbers::DELETE_SELECTED_CONSEQUENCE}</p>
        </DialogBody>
        <DialogFooter>
            <Button label=words::dialogs::CANCEL on_press=move |()| dialog.request_close()/>
            <Button
                label=words::numbers::DELETE_SELECTED_CONFIRM
                appearance=Appearance::Danger
                busy
                disabled_reason=refusal(Action::Delete, Subject::PhoneNumber)
                on_press=confirm
            />
        </DialogFooter>
    }
    .erase()
}

/// How many of the selected numbers serve somebody now. Nobody has to wait for it: those are skipped in any case.
#[component]
fn WillBeSkipped(selection: StoredValue<Selection>, count: u64) -> Erased {
    let slug = use_enterprise().slug;
    let found = LocalResource::new(move || serving(slug.clone(), selection.get_value()));
    let said = move || match found.get() {
        None => words::numbers::COUNTING_SERVING.to_owned(),
        Some(Ok(skipped)) => words::numbers::will_be_skipped(skipped, count),
        Some(Err(error)) => words::numbers::not_counted(&error.to_string()),
    };
    view! { <p role="status">{said}</p> }.erase()
}

/// The server's answer once it is there; the table shows it from then on, and nothing is selected any more.
fn use_answer(
    value: impl Fn() -> Option<Result<BulkAnswer, AppError>> + Send + Sync + 'static,
    dialogs: Dialogs,
) -> RwSignal<Option<BulkAnswer>> {
    let answer = RwSignal::new(None);
    effect(move || {
        if let Some(Ok(answered)) = value() {
            let gone = answered
                .skipped
                .iter()
                .filter(|skipped| skipped.why == WhySkipped::Gone);
            let ids = answered.done.iter().copied().chain(gone.map(|skipped| skipped.id));
            dialogs.changed.run(ids.collect());
            answer.set(Some(answered));
        }
    });
    answer
}

/// How many it was done to, and which ones were left as they are.
#[component]
fn Outcome(said: String, answer: BulkAnswer, dialogs: Dialogs) -> Erased {
    let skipped = answer.skipped;
    let left = (!skipped.is_empty()).then(|| view! { <Skipped skipped/> });
    view! {
        <OnlyToRead close=dialogs.close>
            <p role="status">{said}</p>
            {left}
        </OnlyToRead>
    }
    .erase()
}

/// All of them by name, in a list that scrolls by itself.
#[component]
fn Skipped(skipped: Vec<SkippedNumber>) -> Erased {
    let named = skipped
        .iter()
        .map(|skipped| view! { <li>{words::numbers::skipped(skipped)}</li> })
        .collect_view();
    view! {
        <p>{words::numbers::left(skipped.len())}</p>
        <div class="consequences-region" role="region" aria-label=words::numbers::LEFT_AS_THEY_ARE tabindex="0">
            <ul class="consequences">{named}</ul>
        </div>
    }
    .erase()
}
