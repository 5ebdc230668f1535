//! What the Offboard dialog holds while somebody decides, and its fields.

use domain::{
    phone::PhoneNumber,
    teams_user::{GroupDecision, GroupFate, GroupOfUser, NUMBERS_TO, OffboardInput, TeamsUser, group_field},
};
use leptos::prelude::*;

use super::person_picker::{ChosenFor, PersonPicker};
use crate::{
    components::form::at,
    erase::{Erase, Erased},
    error::AppError,
    ui::{Banner, ComboOption, ErrorSummary, SelectField, SelectOption, Tone},
    words,
};

/// The choices of what becomes of a group in which nobody would be left.
const KEEP: &str = "keep";
const DELETE: &str = "delete";

/// The element of the one who takes over everything.
const SUCCESSOR: &str = "offboard-successor";
/// The element of who gets the numbers.
const NUMBERS: &str = "offboard-numbers";

/// What is decided about one group.
#[derive(Clone, Copy)]
struct GroupChoice {
    /// [`KEEP`] or [`DELETE`].
    fate: RwSignal<String>,
    /// Who takes over, if not the one for all.
    to: RwSignal<Vec<String>>,
}

/// The decisions about one person.
#[derive(Clone, Copy)]
pub(super) struct OffboardForm {
    pub(super) user: StoredValue<TeamsUser>,
    successor: RwSignal<Vec<String>>,
    numbers_to: RwSignal<Vec<String>>,
    /// One for each of the person's groups, in their order.
    groups: StoredValue<Vec<GroupChoice>>,
    known: StoredValue<Vec<ComboOption>>,
}

impl OffboardForm {
    pub(super) fn of(user: TeamsUser) -> Self {
        let choice = |_: &GroupOfUser| GroupChoice {
            fate: RwSignal::new(KEEP.to_owned()),
            to: RwSignal::new(Vec::new()),
        };
        Self {
            groups: StoredValue::new(user.groups.iter().map(choice).collect()),
            user: StoredValue::new(user),
            successor: RwSignal::new(Vec::new()),
            numbers_to: RwSignal::new(Vec::new()),
            known: StoredValue::new(Vec::new()),
        }
    }

    /// The decisions as they are now.
    pub(super) fn input(&self) -> OffboardInput {
        let user = self.user.get_value();
        let decisions = user.groups.iter().zip(self.groups.get_value());
        OffboardInput {
            number_ids: user.number_ids(),
            groups: decisions
                .map(|(group, choice)| GroupDecision {
                    id: group.id,
                    version: group.version,
                    fate: self.fate(group, choice),
                })
                .collect(),
            numbers_to: chosen(self.numbers_to),
        }
    }

    fn fate(&self, group: &GroupOfUser, choice: GroupChoice) -> Option<GroupFate> {
        if !group.needs_decision() {
            return Some(GroupFate::Leave);
        }
        if group.is_left_empty() && choice.fate.get() == DELETE {
            return Some(GroupFate::Delete);
        }
        let to = chosen(choice.to).or_else(|| chosen(self.successor))?;
        Some(GroupFate::HandOver { to })
    }

    /// Whether anything has been decided.
    pub(super) fn dirty(&self) -> Signal<bool> {
        let form = *self;
        Signal::derive(move || {
            let decided = |choice: GroupChoice| !choice.to.get().is_empty() || choice.fate.get() != KEEP;
            !form.successor.get().is_empty()
                || !form.numbers_to.get().is_empty()
                || form.groups.get_value().into_iter().any(decided)
        })
    }
}

/// The one who is chosen in a picker.
fn chosen<T: std::str::FromStr>(picked: RwSignal<Vec<String>>) -> Option<T> {
    picked.with(|ids| ids.first().and_then(|id| id.parse().ok()))
}

/// The fields of everything that needs a decision.
#[component]
pub(super) fn OffboardFields(
    form: OffboardForm,
    /// Why the last try failed.
    error: Signal<Option<AppError>>,
) -> Erased {
    let user = form.user.get_value();
    let id = user.person.id;
    let numbers: Vec<PhoneNumber> = user.numbers.iter().map(|number| number.e164).collect();
    let open: Vec<(GroupOfUser, GroupChoice)> = user
        .groups
        .into_iter()
        .zip(form.groups.get_value())
        .filter(|(group, _)| group.needs_decision())
        .collect();
    let for_all = (open.len() > 1).then(|| {
        view! {
            <PersonPicker
                id=SUCCESSOR
                label=words::users::FIELD_SUCCESSOR
                hint=words::users::HINT_SUCCESSOR
                selected=form.successor
                known=form.known
                without=id
                chosen_for=ChosenFor::Group
                error=Signal::stored(None::<String>)
            />
        }
    });
    let hint = (open.len() > 1).then(|| words::users::HINT_GROUP_SUCCESSOR.to_owned());
    let groups = open
        .into_iter()
        .map(|(group, choice)| view! { <GroupFields group choice form hint=hint.clone() error/> })
        .collect_view();
    let for_numbers = (!numbers.is_empty()).then(|| {
        view! {
            <PersonPicker
                id=NUMBERS
                label=words::users::FIELD_NUMBERS_TO
                hint=words::users::hint_numbers_to(&numbers)
                selected=form.numbers_to
                known=form.known
                without=id
                chosen_for=ChosenFor::Numbers
                error=at(error, NUMBERS_TO)
            />
        }
    });
    view! {
        <WhatIsWrong error/>
        <div class="form-grid">{for_all} {groups} {for_numbers}</div>
    }
    .erase()
}

/// What becomes of one group.
#[component]
fn GroupFields(
    group: GroupOfUser,
    choice: GroupChoice,
    form: OffboardForm,
    /// Who takes over where nobody is chosen here.
    hint: Option<String>,
    error: Signal<Option<AppError>>,
) -> Erased {
    let leaver = form.user.with_value(|user| user.person.id);
    let alone = group.is_left_empty();
    let label = if group.part.owns() {
        words::users::new_owner_of(&group.name)
    } else {
        words::users::new_member_of(&group.name)
    };
    let fate = alone.then(|| {
        let options = vec![
            SelectOption::new(KEEP, words::users::KEEP_GROUP),
            SelectOption::new(DELETE, words::users::DELETE_GROUP),
        ];
        view! {
            <SelectField
                id=format!("offboard-fate-{}", group.id)
                name="fate"
                label=words::users::nobody_left_in(&group.name)
                options
                value=choice.fate
            />
        }
    });
    let element = element_of(&group_field(group.id));
    let error = at(error, &group_field(group.id));
    let picker = move || {
        let keeps = !alone || choice.fate.get() != DELETE;
        keeps.then(|| {
            view! {
                <PersonPicker
                    id=element.clone()
                    label=label.clone()
                    hint=hint.clone()
                    selected=choice.to
                    known=form.known
                    without=leaver
                    chosen_for=ChosenFor::Group
                    error
                />
            }
        })
    };
    view! {
        {fate}
        {picker}
    }
    .erase()
}

/// The element that holds a field of a request.
fn element_of(field: &str) -> String {
    if field == NUMBERS_TO {
        return NUMBERS.to_owned();
    }
    format!("offboard-{}", field.replace('.', "-"))
}

/// The summary above the fields, and whatever belongs to none of them.
#[component]
fn WhatIsWrong(error: Signal<Option<AppError>>) -> Erased {
    let at_fields = Signal::derive(move || {
        let error = error.read();
        let errors = error.as_ref().map(AppError::field_errors).unwrap_or_default();
        errors
            .iter()
            .map(|error| (element_of(&error.field), error.message.clone()))
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
        <ErrorSummary title=words::dialogs::CHECK_FIELDS errors=at_fields/>
    }
    .erase()
}
