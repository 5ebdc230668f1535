//! Choosing people of the enterprise, and what pickers find on the server for the typed text.

use domain::{
    ids::TeamsUserId,
    number::PhoneNumberRef,
    teams_user::{LicenseState, TeamsUserRef, Unreachable},
};
use leptos::prelude::*;

use crate::{
    context::use_enterprise,
    erase::Erase,
    error::AppError,
    server_fns::teams_user::teams_user_options,
    ui::{ComboMode, ComboOption, Combobox, Tone},
    words,
};

/// What a picker found on the server.
#[derive(Clone, Copy)]
pub struct Found {
    /// The options.
    pub options: Signal<Vec<ComboOption>>,
    /// Whether an answer is on its way.
    pub loading: Signal<bool>,
    /// Why there is none.
    pub failed: Signal<Option<String>>,
    /// Looks for a text.
    pub search: Callback<String>,
}

impl Found {
    /// The field's own error, else why the search failed.
    #[must_use]
    pub fn error_or(&self, error: Signal<Option<String>>) -> Signal<Option<String>> {
        let failed = self.failed;
        Signal::derive(move || error.get().or_else(|| failed.get()))
    }
}

/// Asks `find` for each text that is typed.
pub fn use_found<F, Fut>(find: F) -> Found
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<ComboOption>, AppError>> + 'static,
{
    let typed = RwSignal::new(String::new());
    let answered = RwSignal::new(None::<String>);
    let found = LocalResource::new(move || {
        let search = typed.get();
        let answer = find(search.clone());
        async move {
            let answer = answer.await;
            answered.set(Some(search));
            answer
        }
    });
    Found {
        options: Signal::derive(move || found.get().and_then(Result::ok).unwrap_or_default()),
        loading: Signal::derive(move || answered.read().as_ref() != Some(&*typed.read())),
        failed: Signal::derive(move || found.get().and_then(Result::err).map(|error| error.to_string())),
        search: Callback::new(move |text| typed.set(text)),
    }
}

/// A person as a picker offers them, with the reason messages would not reach them.
#[must_use]
pub fn person_option(person: &TeamsUserRef) -> ComboOption {
    let option =
        ComboOption::new(person.id.to_string(), person.display_name.clone()).detail(person.user_principal_name.clone());
    match (person.unreachable(), person.license) {
        (Some(Unreachable::Disabled), _) => option.badge(words::groups::DISABLED, Tone::Danger),
        (Some(Unreachable::Unlicensed), _) => option.badge(words::groups::UNLICENSED, Tone::Danger),
        (None, LicenseState::Unknown) => option.badge(words::groups::LICENSE_UNKNOWN, Tone::Neutral),
        (None, _) => option,
    }
}

/// A number as a picker offers it: found by its digits too.
#[must_use]
pub fn number_option(number: &PhoneNumberRef) -> ComboOption {
    ComboOption::new(number.id.to_string(), number.e164.display()).detail(number.e164.to_string())
}

/// What somebody is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChosenFor {
    /// A place in a group, which anybody can have.
    Group,
    /// Numbers of their own, for which a licence is needed.
    Numbers,
}

/// Chooses one person.
#[component]
pub fn PersonPicker(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// Why, or what follows from it.
    #[prop(into)]
    hint: Signal<Option<String>>,
    /// Who is chosen.
    selected: RwSignal<Vec<String>>,
    /// Everybody who was offered so far, so that the choice keeps its name when the picker is drawn anew.
    known: StoredValue<Vec<ComboOption>>,
    /// Who cannot be chosen.
    without: TeamsUserId,
    /// What for.
    chosen_for: ChosenFor,
    /// What is wrong with the choice.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> AnyView {
    let slug = use_enterprise().slug;
    let found = use_found(move |search| {
        let slug = slug.clone();
        async move {
            let people = teams_user_options(slug, search).await?;
            let options: Vec<ComboOption> = people
                .iter()
                .filter(|person| person.id != without)
                .map(|person| offered(person, chosen_for))
                .collect();
            known.try_update_value(|known| known.extend(options.clone()));
            Ok(options)
        }
    });
    view! {
        <Combobox
            id=id.clone()
            name=id
            label
            hint
            mode=ComboMode::Single
            selected
            options=found.options
            on_search=found.search
            loading=found.loading
            selected_options=Signal::derive(move || known.get_value())
            error=found.error_or(error)
        />
    }
    .erase()
}

fn offered(person: &TeamsUserRef, chosen_for: ChosenFor) -> ComboOption {
    let option = person_option(person);
    if chosen_for == ChosenFor::Numbers && person.license == LicenseState::Unlicensed {
        return option.disabled(words::users::NEEDS_LICENSE);
    }
    option
}
