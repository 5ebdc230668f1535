//! What the group dialogs hold while somebody types.

use domain::{
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{CoolingOff, NumberOption, PhoneNumberRef},
    phone::PhoneNumber,
    sms_group::{SmsGroup, SmsGroupInput},
    teams_user::{LicenseState, TeamsUserRef, Unreachable},
};
use leptos::prelude::*;

use crate::{
    components::date_time,
    ui::{ComboOption, Tone},
    words,
};

/// The typed and chosen values, and what they were at the beginning.
#[derive(Clone, Copy)]
pub(in crate::pages) struct GroupForm {
    pub(super) group: Option<SmsGroupId>,
    pub(super) name: RwSignal<String>,
    pub(super) owner: RwSignal<Vec<String>>,
    pub(super) members: RwSignal<Vec<String>>,
    pub(super) numbers: RwSignal<Vec<String>>,
    pub(super) known_people: StoredValue<Vec<ComboOption>>,
    pub(super) known_numbers: StoredValue<Vec<ComboOption>>,
    beginning: StoredValue<SmsGroupInput>,
}

impl GroupForm {
    /// For a group that does not exist yet.
    pub(super) fn empty() -> Self {
        Self::new(None, SmsGroupInput::default(), Vec::new(), Vec::new())
    }

    /// For a group as it was read.
    pub(super) fn of(group: &SmsGroup) -> Self {
        let people = group.members.iter().chain([&group.owner]).map(person_option).collect();
        let numbers = group.numbers.iter().map(number_option).collect();
        Self::new(Some(group.id), group.input(), people, numbers)
    }

    fn new(
        group: Option<SmsGroupId>,
        input: SmsGroupInput,
        known_people: Vec<ComboOption>,
        known_numbers: Vec<ComboOption>,
    ) -> Self {
        let form = Self {
            group,
            name: RwSignal::default(),
            owner: RwSignal::default(),
            members: RwSignal::default(),
            numbers: RwSignal::default(),
            known_people: StoredValue::new(known_people),
            known_numbers: StoredValue::new(known_numbers),
            beginning: StoredValue::new(input.clone()),
        };
        form.fill(&input);
        form
    }

    /// Goes on from a newer version: what differs from that is what would be lost.
    pub(super) fn rebase(&self, beginning: SmsGroupInput, input: &SmsGroupInput) {
        self.beginning.set_value(beginning);
        self.fill(input);
    }

    fn fill(&self, input: &SmsGroupInput) {
        self.name.set(input.name.clone());
        self.owner.set(input.owner_id.iter().map(ToString::to_string).collect());
        self.members
            .set(input.member_ids.iter().map(ToString::to_string).collect());
        self.numbers
            .set(input.number_ids.iter().map(ToString::to_string).collect());
    }

    /// The values as they are now.
    pub(super) fn input(&self) -> SmsGroupInput {
        SmsGroupInput {
            name: self.name.get(),
            owner_id: self.owner.read().first().and_then(|id| id.parse::<TeamsUserId>().ok()),
            member_ids: self.members.read().iter().filter_map(|id| id.parse().ok()).collect(),
            number_ids: self
                .numbers
                .read()
                .iter()
                .filter_map(|id| id.parse::<PhoneNumberId>().ok())
                .collect(),
            cooling_off: CoolingOff::Heeded,
        }
    }

    /// The same with what is said to the question about cooling-off times.
    pub(super) fn answered(&self, cooling_off: CoolingOff) -> SmsGroupInput {
        SmsGroupInput {
            cooling_off,
            ..self.input()
        }
    }

    /// Whether anything differs from the beginning.
    pub(super) fn dirty(&self) -> Signal<bool> {
        let form = *self;
        Signal::derive(move || !form.input().same_as(&form.beginning.get_value()))
    }
}

/// A person as a picker offers them, with the reason messages would not reach them.
pub(in crate::pages) fn person_option(person: &TeamsUserRef) -> ComboOption {
    let option =
        ComboOption::new(person.id.to_string(), person.display_name.clone()).detail(person.user_principal_name.clone());
    match (person.unreachable(), person.license) {
        (Some(Unreachable::Disabled), _) => option.badge(words::groups::DISABLED, Tone::Danger),
        (Some(Unreachable::Unlicensed), _) => option.badge(words::groups::UNLICENSED, Tone::Danger),
        (None, LicenseState::Unknown) => option.badge(words::groups::LICENSE_UNKNOWN, Tone::Neutral),
        (None, _) => option,
    }
}

/// A number that somebody has, as a picker shows it: found by its digits too.
pub(in crate::pages) fn number_option(number: &PhoneNumberRef) -> ComboOption {
    option_of(number.id, number.e164)
}

/// A number as a picker offers it, marked while it should rest.
pub(in crate::pages) fn offered_number(number: &NumberOption) -> ComboOption {
    let option = option_of(number.id, number.e164);
    match number.cooling_off_until {
        Some(until) => {
            let mark = words::numbers::rests_until(&date_time::within_text(until));
            option.badge(mark, Tone::Warning)
        }
        None => option,
    }
}

fn option_of(id: PhoneNumberId, number: PhoneNumber) -> ComboOption {
    ComboOption::new(id.to_string(), number.display()).detail(number.to_string())
}
