//! Create token: the form, then the token, which is shown this once.

use domain::{
    access::Role,
    api_token::{ApiTokenInput, NAME_MAX},
    enterprise::EnterpriseSlug,
};
use leptos::prelude::*;

use crate::{
    components::{
        form::{ChoiceField, DialogForm, at, use_sending},
        secret_once::{Making, SecretWords, secret_dialog},
    },
    context::use_session,
    effect::effect,
    erase::{Erase, Erased},
    server_fns::api_token::CreateApiToken,
    ui::{Required, SelectOption, TextField},
    words,
};

/// The times that can be chosen, in days.
const DAYS: [u32; 5] = [7, 30, 90, 180, 365];
const USUAL_DAYS: u32 = 90;

const SECRET: SecretWords = SecretWords {
    once: words::tokens::MADE,
    label: words::tokens::SECRET,
    copy: words::tokens::COPY,
    copied: words::tokens::COPIED,
    done: words::tokens::DONE,
};

#[component]
pub(super) fn CreateDialog(
    open: RwSignal<bool>,
    /// Called when there is a new token.
    changed: Callback<()>,
) -> Erased {
    secret_dialog(
        "create-token",
        words::tokens::CREATE,
        open,
        SECRET,
        Box::new(move |making| view! { <CreateForm making changed/> }.erase()),
    )
}

#[component]
fn CreateForm(making: Making, changed: Callback<()>) -> Erased {
    let name = RwSignal::new(String::new());
    let enterprise = RwSignal::new(String::new());
    let role = RwSignal::new(Role::EnterpriseViewer.as_str().to_owned());
    let days = RwSignal::new(USUAL_DAYS.to_string());
    effect(move || making.dirty.set(!name.read().trim().is_empty()));
    let input = move || CreateApiToken {
        input: ApiTokenInput {
            name: name.get(),
            enterprise: EnterpriseSlug::parse(&enterprise.read()).ok(),
            role: Role::parse(&role.read()),
            days: days.read().parse().unwrap_or_default(),
        },
    };
    let sending = use_sending(*ServerAction::<CreateApiToken>::new(), input, move |new| {
        making.made(Some(new.secret));
        changed.run(());
    });
    let error = sending.error;
    view! {
        <DialogForm sending fields=&["name", "enterprise", "role", "days"] label=words::tokens::CREATE>
            <TextField
                id="token-name"
                name="name"
                label=words::tokens::FIELD_NAME
                hint=words::tokens::HINT_NAME
                value=name
                error=at(error, "name")
                required=Required::Yes
                maxlength=name_max()
            />
            <ChoiceField
                id="token-enterprise"
                name="enterprise"
                label=words::tokens::FIELD_ENTERPRISE
                options=enterprise_options()
                value=enterprise
                error
            />
            <ChoiceField
                id="token-role"
                name="role"
                label=words::tokens::FIELD_ROLE
                hint=words::tokens::HINT_ROLE
                options=role_options()
                value=role
                error
            />
            <ChoiceField
                id="token-days"
                name="days"
                label=words::tokens::FIELD_DAYS
                options=day_options()
                value=days
                error
            />
        </DialogForm>
    }
    .erase()
}

fn name_max() -> u32 {
    u32::try_from(NAME_MAX).unwrap_or(u32::MAX)
}

fn enterprise_options() -> Vec<SelectOption> {
    let all = SelectOption::new("", words::tokens::ALL_ENTERPRISES);
    let each = use_session()
        .enterprises
        .into_iter()
        .map(|enterprise| SelectOption::new(enterprise.slug.to_string(), enterprise.name));
    std::iter::once(all).chain(each).collect()
}

/// What the person can allow: nothing that they may not do anywhere.
fn role_options() -> Vec<SelectOption> {
    let enterprises = use_session().enterprises;
    let strongest = enterprises.iter().map(|enterprise| enterprise.role).min();
    let mut roles: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| strongest.is_none_or(|strongest| *role >= strongest))
        .collect();
    roles.reverse();
    roles
        .into_iter()
        .map(|role| SelectOption::new(role.as_str(), words::tokens::role(role)))
        .collect()
}

fn day_options() -> Vec<SelectOption> {
    DAYS.into_iter()
        .map(|days| SelectOption::new(days.to_string(), words::tokens::days(days)))
        .collect()
}
