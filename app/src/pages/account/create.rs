//! Create token: the form, then the token, which is shown this once.

use domain::{
    access::Role,
    api_token::{ApiTokenInput, NAME_MAX, NewApiToken},
    enterprise::EnterpriseSlug,
};
use leptos::prelude::*;

use crate::{
    components::{
        form::{DialogForm, at, on_answer},
        secret_once::{SecretOnce, SecretWords},
    },
    context::use_session,
    effect::effect,
    erase::{Erase, Erased},
    server_fns::api_token::CreateApiToken,
    ui::{Dialog, Required, SelectField, SelectOption, TextField},
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
    let made = RwSignal::new(None::<NewApiToken>);
    let dirty = RwSignal::new(false);
    let close = Callback::new(move |()| {
        open.set(false);
        made.set(None);
        dirty.set(false);
    });
    let on_made = Callback::new(move |new: NewApiToken| {
        dirty.set(false);
        made.set(Some(new));
        changed.run(());
    });
    view! {
        <Dialog id="create-token" title=words::tokens::CREATE open on_close=close dirty>
            {move || match made.get() {
                Some(new) => view! { <SecretOnce secret=new.secret told=SECRET/> }.erase(),
                None => view! { <CreateForm dirty on_made/> }.erase(),
            }}
        </Dialog>
    }
    .erase()
}

#[component]
fn CreateForm(dirty: RwSignal<bool>, on_made: Callback<NewApiToken>) -> Erased {
    let name = RwSignal::new(String::new());
    let enterprise = RwSignal::new(String::new());
    let role = RwSignal::new(Role::EnterpriseViewer.as_str().to_owned());
    let days = RwSignal::new(USUAL_DAYS.to_string());
    effect(move || dirty.set(!name.read().trim().is_empty()));
    let save = ServerAction::<CreateApiToken>::new();
    let error = on_answer(*save, move |new| on_made.run(new));
    let on_submit = move |()| {
        save.dispatch(CreateApiToken {
            input: ApiTokenInput {
                name: name.get_untracked(),
                enterprise: EnterpriseSlug::parse(&enterprise.get_untracked()).ok(),
                role: Role::parse(&role.get_untracked()),
                days: days.get_untracked().parse().unwrap_or_default(),
            },
        });
    };
    let (enterprises, roles) = (enterprise_options(), role_options());
    view! {
        <DialogForm
            error
            fields=&["name", "enterprise", "role", "days"]
            label=words::tokens::CREATE
            busy=save.pending()
            on_submit
        >
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
            <SelectField
                id="token-enterprise"
                name="enterprise"
                label=words::tokens::FIELD_ENTERPRISE
                options=enterprises
                value=enterprise
                error=at(error, "enterprise")
            />
            <SelectField
                id="token-role"
                name="role"
                label=words::tokens::FIELD_ROLE
                hint=words::tokens::HINT_ROLE
                options=roles
                value=role
                error=at(error, "role")
            />
            <SelectField
                id="token-days"
                name="days"
                label=words::tokens::FIELD_DAYS
                options=day_options()
                value=days
                error=at(error, "days")
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
