//! Add Enterprise, and the settings of one.

use domain::enterprise::{EnterpriseRecord, EnterpriseSlug, NewEnterpriseInput, SLUG_MAX};
use leptos::prelude::*;

use super::{
    super::form::ReloadNotice,
    Dialogs,
    fields::{NameField, SettingsFields, SettingsForm},
};
use crate::{
    components::form::{
        DialogForm, FreeForm, WhatElseIsWrong, at, form_dialog, form_dialog_about, loaded, use_sending,
    },
    effect::effect,
    erase::{Erase, Erased},
    paths::EnterpriseDialog,
    server_fns::enterprise::{CreateEnterprise, UpdateEnterprise, get_enterprise},
    ui::{Required, TextField},
    words,
};

#[component]
pub(super) fn AddDialog(dialogs: Dialogs) -> Erased {
    form_dialog(
        "add-enterprise",
        words::provider::ADD_ENTERPRISE,
        move || dialogs.open.get() == Some(EnterpriseDialog::Add),
        dialogs.close,
        move |dirty| view! { <AddForm dialogs dirty/> }.erase(),
    )
}

#[component]
fn AddForm(dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let form = SettingsForm::new();
    // Follows the name until somebody types an address.
    let slug = RwSignal::new(String::new());
    let proposed = StoredValue::new(String::new());
    effect(move || {
        let proposal =
            EnterpriseSlug::proposed_for(&form.name.read()).map_or_else(String::new, |slug| slug.to_string());
        let followed = slug.get_untracked() == proposed.get_value();
        proposed.set_value(proposal.clone());
        if followed {
            slug.set(proposal);
        }
    });
    effect(move || dirty.set(form.differs()));
    let input = move || CreateEnterprise {
        input: NewEnterpriseInput {
            slug: slug.get(),
            settings: form.input(),
        },
    };
    let sending = use_sending(*ServerAction::<CreateEnterprise>::new(), input, move |record| {
        let notice = words::provider::added(&record.name);
        dialogs.done.run((record, notice));
    });
    let error = sending.error;
    view! {
        <DialogForm sending fields=&["name", "slug", "number_cooling_off_days"]>
            <NameField form error/>
            <TextField
                id="enterprise-slug"
                name="slug"
                label=words::provider::FIELD_SLUG
                hint=words::provider::HINT_SLUG
                value=slug
                error=at(error, "slug")
                required=Required::Yes
                maxlength=u32::try_from(SLUG_MAX).unwrap_or(u32::MAX)
            />
            <SettingsFields form error/>
        </DialogForm>
    }
    .erase()
}

#[component]
pub(super) fn UpdateDialog(dialogs: Dialogs) -> Erased {
    let slug = Memo::new(move |_| match dialogs.open.get() {
        Some(EnterpriseDialog::Update(slug)) => Some(slug),
        _ => None,
    });
    form_dialog_about(
        "update-enterprise",
        words::provider::UPDATE_TITLE,
        slug,
        dialogs.close,
        move |slug, dirty| view! { <LoadedEnterprise slug dialogs dirty/> }.erase(),
    )
}

#[component]
fn LoadedEnterprise(slug: EnterpriseSlug, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let record = LocalResource::new(move || get_enterprise(slug.clone()));
    let reload = Callback::new(move |()| record.refetch());
    loaded(
        move || record.get(),
        words::shell::LOADING,
        dialogs.close,
        move |record| view! { <UpdateForm record reload dialogs dirty/> }.erase(),
    )
}

#[component]
fn UpdateForm(
    record: EnterpriseRecord,
    /// Reads the enterprise again.
    reload: Callback<()>,
    dialogs: Dialogs,
    dirty: RwSignal<bool>,
) -> Erased {
    let form = SettingsForm::of(&record);
    let (slug, version) = (record.slug, record.version);
    let address = words::provider::address(&slug);
    effect(move || dirty.set(form.differs()));
    let input = move || UpdateEnterprise {
        enterprise: slug.clone(),
        version,
        input: form.input(),
    };
    let sending = use_sending(*ServerAction::<UpdateEnterprise>::new(), input, move |record| {
        let notice = words::provider::updated(&record.name);
        dialogs.done.run((record, notice));
    });
    let (outdated, sending) = sending.split_outdated();
    let error = sending.error;
    view! {
        <FreeForm sending>
            {move || outdated.get().then(|| view! { <ReloadNotice reload/> })}
            <WhatElseIsWrong error fields=&["name", "number_cooling_off_days"]/>
            <div class="form-grid">
                <NameField form error/>
                <p class="text-muted">{address}</p>
                <SettingsFields form error/>
            </div>
        </FreeForm>
    }
    .erase()
}
