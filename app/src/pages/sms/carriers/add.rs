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
        form::{FreeForm, form_dialog, loaded, use_sending},
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::ProfileDialog,
    server_fns::carrier_profile::{CreateCarrierProfile, list_carrier_forms},
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
    let input = move || CreateCarrierProfile {
        enterprise: slug.clone(),
        input: form.input(),
    };
    let sending = use_sending(*ServerAction::<CreateCarrierProfile>::new(), input, move |profile| {
        dialogs.done.run((profile.id, words::carriers::added(&profile.name)));
    });
    view! {
        <FreeForm sending disabled_reason=refusal(Action::Create, Subject::CarrierProfile)>
            <ProfileFields form error=sending.error/>
        </FreeForm>
    }
    .erase()
}
