//! Add Enterprise, and the settings of one.

use domain::enterprise::{EnterpriseRecord, EnterpriseSlug, NewEnterpriseInput, SLUG_MAX};
use leptos::prelude::*;

use super::{
    super::form::ReloadNotice,
    Dialogs,
    fields::{NameField, SettingsFields, SettingsForm},
};
use crate::{
    components::form::{DialogForm, FormFooter, WhatElseIsWrong, at, form_dialog, loaded, on_answer},
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::EnterpriseDialog,
    server_fns::enterprise::{CreateEnterprise, UpdateEnterprise, get_enterprise},
    ui::{Dialog, DialogBody, Required, TextField},
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
    let save = ServerAction::<CreateEnterprise>::new();
    let error = on_answer(*save, move |record| {
        let notice = words::provider::added(&record.name);
        dialogs.done.run((record, notice));
    });
    let on_submit = move |()| {
        let input = NewEnterpriseInput {
            slug: slug.get_untracked(),
            settings: untrack(|| form.input()),
        };
        save.dispatch(CreateEnterprise { input });
    };
    view! {
        <DialogForm error fields=&["name", "slug", "number_cooling_off_days"] busy=save.pending() on_submit>
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
    let open = Signal::derive(move || slug.get().is_some());
    let dirty = RwSignal::new(false);
    view! {
        <Dialog id="update-enterprise" title=words::provider::UPDATE_TITLE open on_close=dialogs.close dirty>
            {move || slug.get().map(|slug| view! { <LoadedEnterprise slug dialogs dirty/> })}
        </Dialog>
    }
    .erase()
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
    let save = ServerAction::<UpdateEnterprise>::new();
    let failed = on_answer(*save, move |record| {
        let notice = words::provider::updated(&record.name);
        dialogs.done.run((record, notice));
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save.dispatch(UpdateEnterprise {
            enterprise: slug.clone(),
            version,
            input: untrack(|| form.input()),
        });
    };
    let outdated = move || failed.read().as_ref().is_some_and(AppError::is_outdated);
    let error = Signal::derive(move || failed.get().filter(|error| !error.is_outdated()));
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            <DialogBody>
                {move || outdated().then(|| view! { <ReloadNotice reload/> })}
                <WhatElseIsWrong error fields=&["name", "number_cooling_off_days"]/>
                <div class="form-grid">
                    <NameField form error/>
                    <p class="text-muted">{address}</p>
                    <SettingsFields form error/>
                </div>
            </DialogBody>
            <FormFooter busy=save.pending()/>
        </form>
    }
    .erase()
}
