//! The fields of a carrier profile. Which credentials there are says the carrier's adapter; secrets only ever go in.

use chrono::{DateTime, Utc};
use domain::carrier_profile::{
    CarrierForm, CarrierKind, CarrierProfileDetails, CarrierProfileInput, CredentialField, NewSecret,
    PROFILE_NAME_CHARS, SecretText,
};
use leptos::{either::Either, prelude::*};

use crate::{
    components::{date_time::DateAndTime, form::at},
    erase::{Erase, Erased},
    error::AppError,
    ui::{Banner, Required, SelectField, SelectOption, TextField, TextKind, Tone},
    words,
};

/// Most characters of a profile's name.
const NAME_CHARS: u32 = PROFILE_NAME_CHARS as u32;

/// A secret that is typed in, by the name of its field.
type Typed = (String, RwSignal<String>);

/// What the person typed and chose.
#[derive(Clone, Copy)]
pub(super) struct ProfileForm {
    name: RwSignal<String>,
    /// The carrier's stored word.
    carrier: RwSignal<String>,
    host: RwSignal<String>,
    secrets: StoredValue<Vec<Typed>>,
    forms: StoredValue<Vec<CarrierForm>>,
    /// The profile as it was at the beginning; none for a new one.
    before: StoredValue<Option<CarrierProfileDetails>>,
}

impl ProfileForm {
    /// For a new profile, or for one that is there.
    pub(super) fn new(forms: Vec<CarrierForm>, before: Option<CarrierProfileDetails>) -> Self {
        let mut secrets: Vec<Typed> = Vec::new();
        for field in forms.iter().flat_map(|form| &form.fields) {
            if !secrets.iter().any(|(name, _)| *name == field.name) {
                secrets.push((field.name.clone(), RwSignal::new(String::new())));
            }
        }
        let carrier = before
            .as_ref()
            .map_or(CarrierKind::NetSapiens, |profile| profile.carrier);
        let name = before.as_ref().map(|profile| profile.name.clone());
        let host = before.as_ref().and_then(|profile| profile.host.clone());
        Self {
            name: RwSignal::new(name.unwrap_or_default()),
            carrier: RwSignal::new(carrier.as_str().to_owned()),
            host: RwSignal::new(host.unwrap_or_default()),
            secrets: StoredValue::new(secrets),
            forms: StoredValue::new(forms),
            before: StoredValue::new(before),
        }
    }

    /// Everything that was typed.
    pub(super) fn input(&self) -> CarrierProfileInput {
        let fields = self.fields();
        let typed = self.secrets.get_value().into_iter().filter_map(|(field, value)| {
            let value = value.get();
            let asked_for = fields.iter().any(|asked| asked.name == field);
            (asked_for && !value.is_empty()).then(|| NewSecret {
                field,
                value: SecretText::new(value),
            })
        });
        CarrierProfileInput {
            name: self.name.get(),
            carrier: self.kind(),
            host: self.host.get(),
            secrets: typed.collect(),
        }
    }

    /// Whether anything differs from the beginning.
    pub(super) fn differs(&self) -> bool {
        let input = self.input();
        self.before.with_value(|before| match before {
            Some(before) => {
                before.name != input.name
                    || before.host.as_deref().unwrap_or_default() != input.host
                    || !input.secrets.is_empty()
            }
            None => !input.name.is_empty() || !input.host.is_empty() || !input.secrets.is_empty(),
        })
    }

    fn kind(&self) -> CarrierKind {
        CarrierKind::parse(&self.carrier.read()).unwrap_or(CarrierKind::NetSapiens)
    }

    /// The credentials that the chosen carrier asks for.
    fn fields(&self) -> Vec<CredentialField> {
        let kind = self.kind();
        self.forms.with_value(|forms| {
            let form = forms.iter().find(|form| form.carrier == kind);
            form.map(|form| form.fields.clone()).unwrap_or_default()
        })
    }

    fn secret(&self, field: &str) -> Option<RwSignal<String>> {
        self.secrets
            .with_value(|secrets| secrets.iter().find(|(name, _)| name == field).map(|(_, value)| *value))
    }

    fn set_at(&self, field: &str) -> Option<DateTime<Utc>> {
        self.before
            .with_value(|before| before.as_ref().and_then(|profile| profile.set_at(field)))
    }
}

/// The fields, and above them what is wrong beyond them.
#[component]
pub(super) fn ProfileFields(
    form: ProfileForm,
    /// Why the last try to save failed.
    error: Signal<Option<AppError>>,
) -> Erased {
    let is_new = form.before.with_value(Option::is_none);
    let carrier = if is_new {
        let options: Vec<SelectOption> = CarrierKind::ALL
            .iter()
            .map(|kind| SelectOption::new(kind.as_str(), kind.label()))
            .collect();
        Either::Left(view! {
            <SelectField
                id="profile-carrier"
                name="carrier"
                label=words::carriers::FIELD_CARRIER
                options=Signal::derive(move || options.clone())
                value=form.carrier
                error=at(error, "carrier")
            />
        })
    } else {
        Either::Right(view! {
            <p>
                {words::carriers::FIELD_CARRIER} ": " {untrack(|| form.kind()).label()}
            </p>
        })
    };
    view! {
        <WhatElseIsWrong form error/>
        <div class="form-grid">
            <TextField
                id="profile-name"
                name="name"
                label=words::carriers::FIELD_NAME
                value=form.name
                error=at(error, "name")
                required=Required::Yes
                maxlength=NAME_CHARS
            />
            {carrier}
            <TextField
                id="profile-host"
                name="host"
                label=words::carriers::FIELD_HOST
                hint=words::carriers::HINT_HOST
                value=form.host
                error=at(error, "host")
                kind=TextKind::Url
            />
            <Credentials form error/>
        </div>
    }
    .erase()
}

#[component]
fn Credentials(form: ProfileForm, error: Signal<Option<AppError>>) -> Erased {
    let fields = move || {
        let fields = form.fields();
        if fields.is_empty() {
            return view! { <p class="text-muted">{words::carriers::NO_ADAPTER}</p> }.erase();
        }
        let fields = fields
            .into_iter()
            .map(|field| view! { <SecretField form field error/> })
            .collect_view();
        view! {
            {fields}
            <p class="field__hint">{words::carriers::CREDENTIALS_HINT}</p>
        }
        .erase()
    };
    view! {
        <fieldset class="stack">
            <legend class="field__label">{words::carriers::CREDENTIALS}</legend>
            {fields}
        </fieldset>
    }
    .erase()
}

/// One credential: what is set is told, what it is never.
#[component]
fn SecretField(form: ProfileForm, field: CredentialField, error: Signal<Option<AppError>>) -> Erased {
    let CredentialField { name, label, hint } = field;
    let Some(value) = form.secret(&name) else {
        return ().erase();
    };
    let is_there = form.before.with_value(Option::is_some);
    let state = is_there.then(|| match form.set_at(&name) {
        Some(at) => Either::Left(view! {
            <p class="field__hint">
                {words::carriers::SET_ON} " " <DateAndTime at/>
            </p>
        }),
        None => Either::Right(view! { <p class="field__hint">{words::carriers::NOT_SET}</p> }),
    });
    view! {
        <div>
            <TextField
                id=format!("profile-{name}")
                name=name.clone()
                label=Signal::derive(move || label.clone())
                hint=Signal::derive(move || Some(hint.clone()))
                value
                error=at(error, &name)
                kind=TextKind::Password
                autocomplete="new-password"
            />
            {state}
        </div>
    }
    .erase()
}

/// What is wrong beyond the fields that are shown.
#[component]
fn WhatElseIsWrong(form: ProfileForm, error: Signal<Option<AppError>>) -> Erased {
    let text = move || {
        let error = error.get()?;
        if error.field_errors().is_empty() {
            return Some(error.to_string());
        }
        let shown = |field: &str| ["name", "carrier", "host"].contains(&field) || form.secret(field).is_some();
        let mut others = error.field_errors().iter().filter(|error| !shown(&error.field));
        others.next().map(|error| error.message.clone())
    };
    let banner = move || text().map(|text| view! { <Banner tone=Tone::Danger text/> });
    banner.erase()
}
