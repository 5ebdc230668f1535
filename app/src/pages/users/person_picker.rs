//! Choosing people of the enterprise.

use domain::{
    ids::TeamsUserId,
    teams_user::{LicenseState, TeamsUserRef},
};
use leptos::prelude::*;

use crate::{
    context::use_enterprise,
    erase::{Erase, Erased},
    pages::sms::groups::{fields::use_found, form::person_option},
    server_fns::teams_user::teams_user_options,
    ui::{ComboMode, ComboOption, Combobox},
    words,
};

/// What somebody is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChosenFor {
    /// A place in a group, which anybody can have.
    Group,
    /// Numbers of their own, for which a licence is needed.
    Numbers,
}

/// Chooses one person.
#[component]
pub(super) fn PersonPicker(
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
) -> Erased {
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
