//! Add Carrier Profile.

use domain::{
    access::{Action, Resource as Subject},
    carrier_profile::CarrierForm,
};
use leptos::prelude::*;

use super::{
    Dialogs,
    form::{ProfileFields, ProfileForm},
};
use crate::{
    components::{
        form::{FormFooter, form_dialog, loaded, on_answer},
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::ProfileDialog,
    server_fns::carrier_profile::{CreateCarrierProfile, list_carrier_forms},
    ui::DialogBody,
    words,
};

#[component]
pub(super) fn AddDialog(dialogs: Dialogs) -> Erased {
    form_dialog(
        "add-profile",
        words::carriers::ADD,
        move || dialogs.open.get() == Some(ProfileDialog::Add),
        dialogs.close,
        move |dirty| view! { <LoadedForm dialogs dirty/> }.erase(),
    )
}

#[component]
fn LoadedForm(dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let forms = LocalResource::new(move || list_carrier_forms(slug.clone()));
    loaded(
        move || forms.get(),
        words::carriers::LOADING_ONE,
        dialogs.close,
        move |forms| view! { <AddForm forms dialogs dirty/> }.erase(),
    )
}

#[component]
fn AddForm(forms: Vec<CarrierForm>, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let form = ProfileForm::new(forms, None);
    effect(move || dirty.set(form.differs()));
    let save = ServerAction::<CreateCarrierProfile>::new();
    let error = on_answer(*save, move |profile| {
        dialogs.done.run((profile.id, words::carriers::added(&profile.name)));
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save.dispatch(CreateCarrierProfile {
            enterprise: slug.clone(),
            input: untrack(|| form.input()),
        });
    };
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            <DialogBody>
                <ProfileFields form error/>
            </DialogBody>
            <FormFooter busy=save.pending() disabled_reason=refusal(Action::Create, Subject::CarrierProfile)/>
        </form>
    }
    .erase()
}
