//! The fields that Add and Update share.

use domain::{error::FieldError, sms_group::GroupName};
use leptos::prelude::*;

use super::form::{GroupForm, offered_number, person_option};
use crate::{
    context::use_enterprise,
    erase::{Erase, Erased},
    error::AppError,
    server_fns::{number::number_options, teams_user::teams_user_options},
    ui::{Banner, ComboMode, ComboOption, Combobox, ErrorSummary, Required, TextField, Tone},
    words,
};

/// The fields of a request and the elements that hold them.
const FIELDS: [(&str, &str); 4] = [
    ("name", "group-name"),
    ("owner_id", "group-owner"),
    ("member_ids", "group-members"),
    ("number_ids", "group-numbers"),
];

/// Name, owner, members, numbers, with what is wrong with them.
#[component]
pub(super) fn GroupFields(
    form: GroupForm,
    /// Why the last try to save failed.
    error: Signal<Option<AppError>>,
) -> Erased {
    let at = move |field: &'static str| {
        Signal::derive(move || {
            error
                .read()
                .as_ref()
                .and_then(|error| message_at(error.field_errors(), field))
        })
    };
    view! {
        <WhatIsWrong error/>
        <div class="form-grid">
            <TextField
                id="group-name"
                name="name"
                label=words::groups::FIELD_NAME
                hint=words::groups::HINT_NAME
                value=form.name
                error=at("name")
                required=Required::Yes
                maxlength=GroupName::MAX_CHARS as u32
                autocomplete="off"
            />
            <PeoplePicker
                id="group-owner"
                label=words::groups::FIELD_OWNER
                hint=words::groups::HINT_OWNER
                mode=ComboMode::Single
                selected=form.owner
                form
                error=at("owner_id")
            />
            <PeoplePicker
                id="group-members"
                label=words::groups::FIELD_MEMBERS
                hint=words::groups::HINT_MEMBERS
                mode=ComboMode::Multiple
                selected=form.members
                form
                error=at("member_ids")
            />
            <NumbersPicker form error=at("number_ids")/>
        </div>
    }
    .erase()
}

fn message_at(errors: &[FieldError], field: &str) -> Option<String> {
    errors
        .iter()
        .find(|error| error.field == field)
        .map(|error| error.message.clone())
}

/// The summary above the fields, and whatever belongs to none of them.
#[component]
fn WhatIsWrong(error: Signal<Option<AppError>>) -> Erased {
    let at_fields = Signal::derive(move || {
        let error = error.read();
        let errors = error.as_ref().map(AppError::field_errors).unwrap_or_default();
        errors
            .iter()
            .filter_map(|error| {
                let (_, element) = FIELDS.iter().find(|(field, _)| *field == error.field)?;
                Some(((*element).to_owned(), error.message.clone()))
            })
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

#[component]
fn PeoplePicker(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    mode: ComboMode,
    selected: RwSignal<Vec<String>>,
    form: GroupForm,
    error: Signal<Option<String>>,
) -> Erased {
    let slug = use_enterprise().slug;
    let found = use_found(move |search| {
        let slug = slug.clone();
        async move {
            let people = teams_user_options(slug, search).await?;
            Ok(people.iter().map(person_option).collect())
        }
    });
    let known = form.known_people;
    view! {
        <Combobox
            id
            name=id
            label
            hint
            mode
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

#[component]
fn NumbersPicker(form: GroupForm, error: Signal<Option<String>>) -> Erased {
    let slug = use_enterprise().slug;
    let group = form.group;
    let found = use_found(move |search| {
        let slug = slug.clone();
        async move {
            let numbers = number_options(slug, group, search).await?;
            Ok(numbers.iter().map(offered_number).collect())
        }
    });
    let known = form.known_numbers;
    view! {
        <Combobox
            id="group-numbers"
            name="numbers"
            label=words::groups::FIELD_NUMBERS
            hint=words::groups::HINT_NUMBERS
            mode=ComboMode::Multiple
            selected=form.numbers
            options=found.options
            on_search=found.search
            loading=found.loading
            selected_options=Signal::derive(move || known.get_value())
            error=found.error_or(error)
        />
    }
    .erase()
}

/// What a picker found on the server for the typed text.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Found {
    pub(in crate::pages) options: Signal<Vec<ComboOption>>,
    pub(in crate::pages) loading: Signal<bool>,
    failed: Signal<Option<String>>,
    pub(in crate::pages) search: Callback<String>,
}

impl Found {
    /// The field's own error, else why the search failed.
    pub(in crate::pages) fn error_or(&self, error: Signal<Option<String>>) -> Signal<Option<String>> {
        let failed = self.failed;
        Signal::derive(move || error.get().or_else(|| failed.get()))
    }
}

/// Asks the server for what is typed into a picker.
pub(in crate::pages) fn use_found<F, Fut>(find: F) -> Found
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<ComboOption>, AppError>> + 'static,
{
    let typed = RwSignal::new(String::new());
    let found = LocalResource::new(move || {
        let search = typed.get();
        let answer = find(search.clone());
        async move { (search, answer.await) }
    });
    // Whoever reads a resource that is being asked again can take its being asked again away from it, and the typed text
    // would be lost. A memo between the two asks it nothing.
    let found = Memo::new(move |_| found.get());
    let answer = move || found.get().map(|(_, answer)| answer);
    Found {
        options: Signal::derive(move || answer().and_then(Result::ok).unwrap_or_default()),
        loading: Signal::derive(move || found.get().is_none_or(|(search, _)| search != typed.get())),
        failed: Signal::derive(move || answer().and_then(Result::err).map(|error| error.to_string())),
        search: Callback::new(move |text| typed.set(text)),
    }
}
