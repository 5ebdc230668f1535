//! Update Carrier Profile.

use domain::{
    access::{Action, Resource as Subject},
    carrier_profile::{CarrierForm, CarrierProfileDetails},
    ids::CarrierProfileId,
};
use leptos::prelude::*;

use super::{
    Dialogs,
    form::{ProfileFields, ProfileForm},
};
use crate::{
    components::{
        form::{FreeForm, form_dialog_about, loaded, use_sending},
        history::History,
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::ProfileDialog,
    server_fns::carrier_profile::{UpdateCarrierProfile, get_carrier_profile, list_carrier_forms},
    words,
};

#[component]
pub(super) fn UpdateDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(ProfileDialog::Update(id)) => Some(id),
        _ => None,
    });
    form_dialog_about(
        "update-profile",
        words::carriers::UPDATE_TITLE,
        id,
        dialogs.close,
        move |id, dirty| view! { <LoadedProfile id dialogs dirty/> }.erase(),
    )
}

#[component]
fn LoadedProfile(id: CarrierProfileId, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let profile = LocalResource::new(move || {
        let (forms, profile) = (list_carrier_forms(slug.clone()), get_carrier_profile(slug.clone(), id));
        async move { Ok::<_, AppError>((forms.await?, profile.await?)) }
    });
    loaded(
        move || profile.get(),
        words::carriers::LOADING_ONE,
        dialogs.close,
        move |(forms, profile)| view! { <UpdateForm forms profile dialogs dirty/> }.erase(),
    )
}

#[component]
fn UpdateForm(
    forms: Vec<CarrierForm>,
    profile: CarrierProfileDetails,
    dialogs: Dialogs,
    dirty: RwSignal<bool>,
) -> Erased {
    let slug = use_enterprise().slug;
    let (id, version) = (profile.id, profile.version);
    let form = ProfileForm::new(forms, Some(profile));
    effect(move || dirty.set(form.differs()));
    let input = move || UpdateCarrierProfile {
        enterprise: slug.clone(),
        id,
        version,
        input: form.input(),
    };
    let sending = use_sending(*ServerAction::<UpdateCarrierProfile>::new(), input, move |profile| {
        dialogs.done.run((profile.id, words::carriers::updated(&profile.name)));
    });
    view! {
        <FreeForm sending disabled_reason=refusal(Action::Update, Subject::CarrierProfile)>
            <ProfileFields form error=sending.error/>
            <History resource=Subject::CarrierProfile id=id.0/>
        </FreeForm>
    }
    .erase()
}
