//! Add Domain.

use domain::{
    access::{Action, Resource as Subject},
    carrier_profile::CarrierProfileRow,
    domain_subscription::{DOMAIN_CHARS, DomainInput},
    table::{PageSize, TableQuery},
};
use leptos::prelude::*;

use super::Dialogs;
use crate::{
    components::{
        form::{DialogForm, at, form_dialog, use_sending},
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::DomainDialog,
    server_fns::{carrier_profile::list_carrier_profiles, domain_subscription::SubscribeDomain},
    ui::{Required, SelectField, SelectOption, TextField},
    words,
};

/// Most characters of a domain.
const MAX_CHARS: u32 = DOMAIN_CHARS as u32;

#[component]
pub(super) fn AddDialog(dialogs: Dialogs) -> Erased {
    form_dialog(
        "add-domain",
        words::domains::ADD,
        move || dialogs.open.get() == Some(DomainDialog::Add),
        dialogs.close,
        move |dirty| view! { <AddForm dialogs dirty/> }.erase(),
    )
}

#[component]
fn AddForm(dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let domain = RwSignal::new(String::new());
    // The id of the profile; empty for none.
    let profile = RwSignal::new(String::new());
    effect(move || dirty.set(!domain.read().trim().is_empty() || !profile.read().is_empty()));
    let input = move || SubscribeDomain {
        enterprise: slug.clone(),
        input: DomainInput {
            domain: domain.get(),
            carrier_profile_id: profile.read().parse().ok(),
        },
    };
    let sending = use_sending(*ServerAction::<SubscribeDomain>::new(), input, move |row| {
        let notice = words::domains::added(row.domain.as_str());
        dialogs.done.run((row.id, notice));
    });
    let error = sending.error;
    view! {
        <DialogForm
            sending
            fields=&["domain", "carrier_profile_id"]
            disabled_reason=refusal(Action::Create, Subject::DomainSubscription)
        >
            <TextField
                id="domain-name"
                name="domain"
                label=words::domains::DOMAIN
                hint=words::domains::HINT_DOMAIN
                value=domain
                error=at(error, "domain")
                required=Required::Yes
                maxlength=MAX_CHARS
            />
            <ProfileField value=profile error=at(error, "carrier_profile_id")/>
        </DialogForm>
    }
    .erase()
}

/// The profiles of carriers that need domains.
#[component]
fn ProfileField(value: RwSignal<String>, error: Signal<Option<String>>) -> Erased {
    let slug = use_enterprise().slug;
    let query = TableQuery::default().with_size(PageSize::P200).to_query_string();
    let profiles = LocalResource::new(move || list_carrier_profiles(slug.clone(), query.clone()));
    let options = Signal::derive(move || {
        let found = profiles.get().and_then(Result::ok).map(|page| page.rows);
        let of_domains = found
            .unwrap_or_default()
            .into_iter()
            .filter(|row| row.carrier.is_netsapiens_type());
        let none = SelectOption::new("", words::domains::CHOOSE_PROFILE);
        [none]
            .into_iter()
            .chain(of_domains.map(|row| option(&row)))
            .collect::<Vec<_>>()
    });
    view! {
        <SelectField
            id="domain-profile"
            name="carrier_profile_id"
            label=words::domains::CARRIER_PROFILE
            hint=words::domains::HINT_PROFILE
            options
            value
            error
            required=Required::Yes
        />
    }
    .erase()
}

fn option(profile: &CarrierProfileRow) -> SelectOption {
    let label = format!("{} ({})", profile.name, profile.carrier.label());
    SelectOption::new(profile.id.to_string(), label)
}
