//! What the dialogs of numbers share: what a number can do, and its carrier profile.

use domain::{
    carrier_profile::CarrierProfileRow,
    ids::CarrierProfileId,
    number::{NumberPatch, NumberSettings, ProfileChoice},
    table::{PageSize, TableQuery},
};
use leptos::prelude::*;

use crate::{
    components::form::at,
    context::use_enterprise,
    erase::{Erase, Erased},
    error::AppError,
    server_fns::carrier_profile::list_carrier_profiles,
    ui::{Checkbox, SelectField, SelectOption},
    words,
};

/// What the person ticked and chose.
#[derive(Clone, Copy)]
pub(super) struct SettingsForm {
    sms: RwSignal<bool>,
    mms: RwSignal<bool>,
    group_mms: RwSignal<bool>,
    voice: RwSignal<bool>,
    /// The id of the profile; empty for none.
    profile: RwSignal<String>,
    beginning: StoredValue<NumberPatch>,
}

impl SettingsForm {
    /// At the beginning: these settings.
    pub(super) fn of(settings: &NumberSettings) -> Self {
        let profile = settings.carrier_profile.map(|profile| profile.to_string());
        let form = Self {
            sms: RwSignal::new(settings.sms),
            mms: RwSignal::new(settings.mms),
            group_mms: RwSignal::new(settings.group_mms),
            voice: RwSignal::new(settings.voice),
            profile: RwSignal::new(profile.unwrap_or_default()),
            beginning: StoredValue::new(NumberPatch::default()),
        };
        form.beginning.set_value(untrack(|| form.patch()));
        form
    }

    /// The settings as they are now, all of them.
    pub(super) fn patch(&self) -> NumberPatch {
        NumberPatch {
            sms: Some(self.sms.get()),
            mms: Some(self.mms.get()),
            group_mms: Some(self.group_mms.get()),
            voice: Some(self.voice.get()),
            carrier_profile: Some(profile_choice(&self.profile.read())),
        }
    }

    /// Whether anything differs from the beginning.
    pub(super) fn differs(&self) -> bool {
        self.patch() != self.beginning.get_value()
    }
}

/// What the value of the profile's field stands for.
pub(super) fn profile_choice(value: &str) -> ProfileChoice {
    match value.parse::<CarrierProfileId>() {
        Ok(profile) => ProfileChoice::Profile(profile),
        Err(_) => ProfileChoice::None,
    }
}

/// Boxes for what the number can do, and its carrier profile.
#[component]
pub(super) fn SettingsFields(
    form: SettingsForm,
    /// Why the last try to save failed.
    error: Signal<Option<AppError>>,
) -> Erased {
    view! {
        <fieldset class="stack">
            <legend class="field__label">{words::numbers::CAPABILITIES}</legend>
            <Checkbox id="number-sms" label=words::numbers::SMS checked=form.sms/>
            <Checkbox id="number-mms" label=words::numbers::MMS checked=form.mms/>
            <Checkbox id="number-group-mms" label=words::numbers::GROUP_MMS checked=form.group_mms/>
            <Checkbox id="number-voice" label=words::numbers::VOICE checked=form.voice/>
        </fieldset>
        <ProfileField value=form.profile first=Vec::new() error=at(error, "carrier_profile")/>
    }
    .erase()
}

/// The choice of a carrier profile, after these other choices.
#[component]
pub(super) fn ProfileField(value: RwSignal<String>, first: Vec<SelectOption>, error: Signal<Option<String>>) -> Erased {
    let slug = use_enterprise().slug;
    let query = TableQuery::default().with_size(PageSize::P200).to_query_string();
    let profiles = LocalResource::new(move || list_carrier_profiles(slug.clone(), query.clone()));
    let options = Signal::derive(move || {
        let found = profiles
            .get()
            .and_then(Result::ok)
            .map(|page| page.rows)
            .unwrap_or_default();
        let none = SelectOption::new("", words::numbers::NO_PROFILE);
        let options = first.iter().cloned().chain([none]);
        options.chain(found.iter().map(option)).collect::<Vec<_>>()
    });
    view! {
        <SelectField
            id="number-profile"
            name="carrier_profile"
            label=words::numbers::FIELD_PROFILE
            hint=words::numbers::HINT_PROFILE
            options
            value
            error
        />
    }
    .erase()
}

fn option(profile: &CarrierProfileRow) -> SelectOption {
    let label = format!("{} ({})", profile.name, profile.carrier.label());
    SelectOption::new(profile.id.to_string(), label)
}
