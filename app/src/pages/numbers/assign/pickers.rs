//! To whom: a person or a group, and which one.

use domain::{
    number::{AssignTo, Assignee},
    sms_group::SmsGroupRow,
    table::TableQuery,
    teams_user::{LicenseState, TeamsUserRef},
};
use leptos::prelude::*;

use crate::{
    context::use_enterprise,
    erase::{Erase, Erased},
    pages::sms::groups::{
        fields::{Found, use_found},
        form::person_option,
    },
    server_fns::{sms_group::list_sms_groups, teams_user::teams_user_options},
    ui::{ComboOption, Combobox, Required},
    words,
};

/// Whether a number goes to a person or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    User,
    Group,
}

/// What was chosen.
#[derive(Clone, Copy)]
pub(super) struct Target {
    kind: RwSignal<Kind>,
    user: RwSignal<Vec<String>>,
    group: RwSignal<Vec<String>>,
    /// Whom the number serves now, as a picker shows them.
    known: StoredValue<Vec<ComboOption>>,
}

impl Target {
    /// At the beginning: whom the number serves now.
    pub(super) fn of(assignee: Option<&Assignee>) -> Self {
        let (kind, user, group) = match assignee {
            Some(Assignee::SmsGroup { id, .. }) => (Kind::Group, Vec::new(), vec![id.to_string()]),
            Some(Assignee::TeamsUser { id, .. }) => (Kind::User, vec![id.to_string()], Vec::new()),
            None => (Kind::User, Vec::new(), Vec::new()),
        };
        let known = assignee.map(|assignee| match assignee {
            Assignee::TeamsUser { id, name } => ComboOption::new(id.to_string(), name.clone()),
            Assignee::SmsGroup { id, name } => ComboOption::new(id.to_string(), name.clone()),
        });
        Self {
            kind: RwSignal::new(kind),
            user: RwSignal::new(user),
            group: RwSignal::new(group),
            known: StoredValue::new(known.into_iter().collect()),
        }
    }

    /// The person or group that is chosen now.
    pub(super) fn chosen(&self) -> Option<AssignTo> {
        match self.kind.get() {
            Kind::User => Some(AssignTo::TeamsUser(self.user.read().first()?.parse().ok()?)),
            Kind::Group => Some(AssignTo::SmsGroup(self.group.read().first()?.parse().ok()?)),
        }
    }
}

/// The choice between a person and a group, and the picker for it.
#[component]
pub(super) fn TargetFields(
    target: Target,
    /// What is wrong with the choice.
    error: Signal<Option<String>>,
) -> Erased {
    let picker = move || match target.kind.get() {
        Kind::User => view! { <UserPicker target error/> },
        Kind::Group => view! { <GroupPicker target error/> },
    };
    view! {
        <fieldset class="radio-group">
            <legend class="field__label">{words::numbers::ASSIGN_TO}</legend>
            <KindRadio target kind=Kind::User label=words::numbers::TO_USER/>
            <KindRadio target kind=Kind::Group label=words::numbers::TO_GROUP/>
        </fieldset>
        {picker}
    }
    .erase()
}

#[component]
fn KindRadio(target: Target, kind: Kind, label: &'static str) -> Erased {
    view! {
        <label class="radio-group__choice">
            <input
                type="radio"
                name="assign-to"
                prop:checked=move || target.kind.get() == kind
                on:change=move |_| target.kind.set(kind)
            />
            {label}
        </label>
    }
    .erase()
}

#[component]
fn UserPicker(target: Target, error: Signal<Option<String>>) -> Erased {
    let slug = use_enterprise().slug;
    let found = use_found(move |search| {
        let slug = slug.clone();
        async move {
            let people = teams_user_options(slug, search).await?;
            let option = |person: &TeamsUserRef| {
                let option = person_option(person);
                if person.license == LicenseState::Unlicensed {
                    option.disabled(words::groups::UNLICENSED)
                } else {
                    option
                }
            };
            Ok(people.iter().map(option).collect())
        }
    });
    view! {
        <Picker
            id="assign-user"
            label=words::numbers::FIELD_USER
            hint=words::numbers::HINT_USER
            selected=target.user
            target
            found
            error
        />
    }
    .erase()
}

#[component]
fn GroupPicker(target: Target, error: Signal<Option<String>>) -> Erased {
    let slug = use_enterprise().slug;
    let found = use_found(move |search| {
        let slug = slug.clone();
        let query = TableQuery::default().with_search(&search).to_query_string();
        async move {
            let groups = list_sms_groups(slug, query).await?;
            let option = |group: &SmsGroupRow| {
                ComboOption::new(group.id.to_string(), group.name.clone()).detail(group.owner_name.clone())
            };
            Ok(groups.rows.iter().map(option).collect())
        }
    });
    view! {
        <Picker
            id="assign-group"
            label=words::numbers::FIELD_GROUP
            hint=words::numbers::HINT_GROUP
            selected=target.group
            target
            found
            error
        />
    }
    .erase()
}

#[component]
fn Picker(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    selected: RwSignal<Vec<String>>,
    target: Target,
    found: Found,
    error: Signal<Option<String>>,
) -> Erased {
    let known = target.known;
    view! {
        <Combobox
            id
            label
            hint
            selected
            options=found.options
            on_search=found.search
            loading=found.loading
            selected_options=Signal::derive(move || known.get_value())
            error=found.error_or(error)
            required=Required::Yes
        />
    }
    .erase()
}
