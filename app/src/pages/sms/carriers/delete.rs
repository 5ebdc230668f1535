//! Delete a carrier profile. One that is in use is refused by the server, which names what uses it.

use domain::{
    access::{Action, Resource as Subject},
    carrier_profile::CarrierProfileDetails,
    ids::CarrierProfileId,
};
use leptos::{either::EitherOf3, prelude::*};

use super::Dialogs;
use crate::{
    components::{confirm_dialog::ConfirmDialog, permission::refusal},
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::ProfileDialog,
    server_fns::carrier_profile::{DeleteCarrierProfile, get_carrier_profile},
    ui::{Banner, Spinner, Tone},
    words,
};

#[component]
pub(super) fn DeleteDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(ProfileDialog::Delete(id)) => Some(id),
        _ => None,
    });
    let slug = StoredValue::new(use_enterprise().slug);
    // What the person was shown; only that version is deleted.
    let shown = RwSignal::new(None::<CarrierProfileDetails>);
    let delete = ServerAction::<DeleteCarrierProfile>::new();
    effect(move || {
        if let Some(Ok(())) = delete.value().get() {
            let deleted = shown.get_untracked();
            delete.clear();
            if let Some(profile) = deleted {
                dialogs.done.run((profile.id, words::carriers::deleted(&profile.name)));
            }
        }
    });
    let close = Callback::new(move |()| {
        delete.clear();
        dialogs.close.run(());
    });
    let on_confirm = Callback::new(move |()| {
        if let Some(profile) = shown.get_untracked() {
            delete.dispatch(DeleteCarrierProfile {
                enterprise: slug.get_value(),
                id: profile.id,
                version: profile.version,
            });
        }
    });
    let title = move || {
        let shown = shown.read();
        shown.as_ref().map_or_else(
            || words::carriers::DELETE_TITLE.to_owned(),
            |profile| words::carriers::delete_title(&profile.name),
        )
    };
    let error = Signal::derive(move || delete.value().get().and_then(Result::err));
    view! {
        <ConfirmDialog
            id="delete-profile"
            title=Signal::derive(title)
            open=Signal::derive(move || id.get().is_some())
            confirm=words::carriers::DELETE_CONFIRM
            refused=refusal(Action::Delete, Subject::CarrierProfile)
            busy=delete.pending()
            error
            on_confirm
            on_close=close
        >
            {move || id.get().map(|id| view! { <Consequences id shown/> })}
        </ConfirmDialog>
    }
    .erase()
}

#[component]
fn Consequences(id: CarrierProfileId, shown: RwSignal<Option<CarrierProfileDetails>>) -> Erased {
    let slug = use_enterprise().slug;
    shown.set(None);
    let profile = LocalResource::new(move || get_carrier_profile(slug.clone(), id));
    effect(move || {
        if let Some(Ok(profile)) = profile.get() {
            shown.set(Some(profile));
        }
    });
    let consequences = move || match profile.get() {
        Some(Ok(_)) => EitherOf3::A(view! { <p>{words::carriers::DELETE_CONSEQUENCE}</p> }),
        Some(Err(error)) => EitherOf3::B(view! { <Banner tone=Tone::Danger text=error.to_string()/> }),
        None => EitherOf3::C(view! { <Spinner label=words::carriers::LOADING_ONE/> }),
    };
    consequences.erase()
}
