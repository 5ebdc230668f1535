//! The fields of an enterprise's settings.

use domain::enterprise::{
    ConnectorApp, EnterpriseRecord, EnterpriseSettingsInput, EnterpriseSwitches, SwitchConsequence, consequences,
};
use leptos::prelude::*;

use crate::{
    components::form::at,
    erase::{Erase, Erased},
    error::AppError,
    ui::{Banner, Checkbox, Required, SelectField, SelectOption, TextField, TextKind, Tone},
    words,
};

/// What was typed, ticked and chosen.
#[derive(Clone, Copy)]
pub(super) struct SettingsForm {
    pub(super) name: RwSignal<String>,
    sms: RwSignal<bool>,
    group_texting: RwSignal<bool>,
    secure_sms: RwSignal<bool>,
    manages_own_numbers: RwSignal<bool>,
    app: RwSignal<String>,
    days: RwSignal<String>,
    beginning: StoredValue<EnterpriseSettingsInput>,
}

/// What a new enterprise has: everything off, and the app that needs no syncs.
const NEW: EnterpriseSwitches = EnterpriseSwitches {
    sms: false,
    group_texting: false,
    secure_sms: false,
    manages_own_numbers: false,
    connector_app: ConnectorApp::Unified,
};

impl SettingsForm {
    /// For a new enterprise.
    pub(super) fn new() -> Self {
        Self::beginning_with(String::new(), NEW, String::new())
    }

    /// At the beginning: what is set.
    pub(super) fn of(record: &EnterpriseRecord) -> Self {
        let days = record.number_cooling_off_days.map(|days| days.to_string());
        Self::beginning_with(record.name.clone(), record.switches, days.unwrap_or_default())
    }

    fn beginning_with(name: String, switches: EnterpriseSwitches, days: String) -> Self {
        let beginning = EnterpriseSettingsInput {
            name: name.clone(),
            switches,
            number_cooling_off_days: days.clone(),
        };
        Self {
            name: RwSignal::new(name),
            sms: RwSignal::new(switches.sms),
            group_texting: RwSignal::new(switches.group_texting),
            secure_sms: RwSignal::new(switches.secure_sms),
            manages_own_numbers: RwSignal::new(switches.manages_own_numbers),
            app: RwSignal::new(switches.connector_app.as_str().to_owned()),
            days: RwSignal::new(days),
            beginning: StoredValue::new(beginning),
        }
    }

    /// The settings as they are now.
    pub(super) fn input(&self) -> EnterpriseSettingsInput {
        EnterpriseSettingsInput {
            name: self.name.get(),
            switches: EnterpriseSwitches {
                sms: self.sms.get(),
                group_texting: self.group_texting.get(),
                secure_sms: self.secure_sms.get(),
                manages_own_numbers: self.manages_own_numbers.get(),
                connector_app: ConnectorApp::parse(&self.app.read()).unwrap_or(NEW.connector_app),
            },
            number_cooling_off_days: self.days.get(),
        }
    }

    /// Whether anything differs from the beginning.
    pub(super) fn differs(&self) -> bool {
        self.input() != self.beginning.get_value()
    }

    /// What the changed switches mean.
    fn consequences(&self) -> Vec<SwitchConsequence> {
        let now = self.input().switches;
        self.beginning
            .with_value(|beginning| consequences(&beginning.switches, &now))
    }
}

/// The fields but the address, and what the changed switches mean.
#[component]
pub(super) fn SettingsFields(
    form: SettingsForm,
    /// Why the last try to save failed.
    error: Signal<Option<AppError>>,
) -> Erased {
    let apps = [ConnectorApp::Unified, ConnectorApp::Legacy]
        .map(|app| SelectOption::new(app.as_str(), words::general::connector_app(app)))
        .to_vec();
    view! {
        <fieldset class="stack">
            <legend class="field__label">{words::provider::SWITCHES}</legend>
            <Checkbox id="enterprise-sms" label=words::provider::SMS checked=form.sms/>
            <Checkbox id="enterprise-group-texting" label=words::general::GROUP_TEXTING checked=form.group_texting/>
            <Checkbox id="enterprise-secure-sms" label=words::general::SECURE_SMS checked=form.secure_sms/>
            <Checkbox
                id="enterprise-own-numbers"
                label=words::provider::OWN_NUMBERS
                checked=form.manages_own_numbers
            />
        </fieldset>
        <SelectField
            id="enterprise-app"
            name="connector_app"
            label=words::general::CONNECTOR_APP
            options=apps
            value=form.app
        />
        <TextField
            id="enterprise-days"
            name="number_cooling_off_days"
            label=words::provider::FIELD_DAYS
            hint=words::provider::HINT_DAYS
            value=form.days
            error=at(error, "number_cooling_off_days")
            kind=TextKind::Number
        />
        <Consequences form/>
    }
    .erase()
}

/// The name of the enterprise.
#[component]
pub(super) fn NameField(
    form: SettingsForm,
    /// Why the last try to save failed.
    error: Signal<Option<AppError>>,
) -> Erased {
    view! {
        <TextField
            id="enterprise-name"
            name="name"
            label=words::provider::NAME
            value=form.name
            error=at(error, "name")
            required=Required::Yes
        />
    }
    .erase()
}

#[component]
fn Consequences(form: SettingsForm) -> Erased {
    let told = Memo::new(move |_| {
        let sentences: Vec<&str> = form
            .consequences()
            .into_iter()
            .map(words::provider::consequence)
            .collect();
        sentences.join(" ")
    });
    let banner = move || {
        let text = told.get();
        (!text.is_empty()).then(|| view! { <Banner tone=Tone::Warning text/> })
    };
    banner.erase()
}
