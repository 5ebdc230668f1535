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
        form::{FormFooter, loaded, on_answer},
        history::History,
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::ProfileDialog,
    server_fns::carrier_profile::{UpdateCarrierProfile, get_carrier_profile, list_carrier_forms},
    ui::{Dialog, DialogBody},
    words,
};

#[component]
pub(super) fn UpdateDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(ProfileDialog::Update(id)) => Some(id),
        _ => None,
    });
    let open = Signal::derive(move || id.get().is_some());
    let dirty = RwSignal::new(false);
    view! {
        <Dialog id="update-profile" title=words::carriers::UPDATE_TITLE open on_close=dialogs.close dirty>
            {move || id.get().map(|id| view! { <LoadedProfile id dialogs dirty/> })}
        </Dialog>
    }
    .erase()
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
    let save = ServerAction::<UpdateCarrierProfile>::new();
    let error = on_answer(*save, move |profile| {
        dialogs.done.run((profile.id, words::carriers::updated(&profile.name)));
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save.dispatch(UpdateCarrierProfile {
            enterprise: slug.clone(),
            id,
            version,
            input: untrack(|| form.input()),
        });
    };
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            <DialogBody>
                <ProfileFields form error/>
                <History resource=Subject::CarrierProfile id=id.0/>
            </DialogBody>
            <FormFooter busy=save.pending() disabled_reason=refusal(Action::Update, Subject::CarrierProfile)/>
        </form>
    }
    .erase()
}
