//! Update Carrier Profile, and what others do to the profile meanwhile.

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
        thing_news::{NewsNotice, NewsWords, ThingNews, use_thing_news},
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::ProfileDialog,
    server_fns::carrier_profile::{UpdateCarrierProfile, get_carrier_profile, list_carrier_forms},
    ui::Tone,
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
    // Listens from before the profile is read, so that no change falls in between.
    let read = slug.clone();
    let news = use_thing_news(Subject::CarrierProfile, id.0, move || {
        get_carrier_profile(read.clone(), id)
    });
    let profile = LocalResource::new(move || {
        let (forms, profile) = (list_carrier_forms(slug.clone()), get_carrier_profile(slug.clone(), id));
        async move { Ok::<_, AppError>((forms.await?, profile.await?)) }
    });
    let reload = Callback::new(move |()| profile.refetch());
    loaded(
        move || profile.get(),
        words::carriers::LOADING_ONE,
        dialogs.close,
        move |(forms, profile)| view! { <UpdateForm forms profile news reload dialogs dirty/> }.erase(),
    )
}

#[component]
fn UpdateForm(
    forms: Vec<CarrierForm>,
    profile: CarrierProfileDetails,
    /// What others have done to the profile since.
    news: ThingNews<CarrierProfileDetails>,
    /// Reads the profile again.
    reload: Callback<()>,
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
    let save = ServerAction::<UpdateCarrierProfile>::new();
    let sending = use_sending(*save, input, move |profile| {
        dialogs.done.run((profile.id, words::carriers::updated(&profile.name)));
    });
    let (outdated, sending) = sending.split_outdated();
    // One's own change comes back as news too; it is none.
    let saving = Signal::derive(move || sending.busy.get() || matches!(save.value().get(), Some(Ok(_))));
    let deleted = Signal::derive(move || news.deleted.get() && !saving.get());
    let newer = move || {
        news.latest
            .with(|latest| latest.as_ref().is_some_and(|latest| latest.version > version))
    };
    let changed = Signal::derive(move || outdated.get() || (newer() && !saving.get()));
    view! {
        <FreeForm sending disabled_reason=why_not(deleted)>
            // Reading it again drops what was typed.
            <NewsNotice words=NEWS_WORDS tone=Tone::Warning deleted changed act=reload/>
            <ProfileFields form error=sending.error/>
            <History resource=Subject::CarrierProfile id=id.0/>
        </FreeForm>
    }
    .erase()
}

const NEWS_WORDS: NewsWords = NewsWords {
    deleted: (words::carriers::DELETED_TITLE, words::carriers::DELETED_TEXT),
    changed: (words::carriers::CHANGED_TITLE, words::carriers::CHANGED_TEXT),
    act: words::carriers::RELOAD,
};

/// Why the profile cannot be saved now.
fn why_not(deleted: Signal<bool>) -> Signal<Option<String>> {
    let refused = refusal(Action::Update, Subject::CarrierProfile);
    Signal::derive(move || {
        let deleted = || deleted.get().then(|| words::carriers::CANNOT_SAVE_DELETED.to_owned());
        refused.clone().or_else(deleted)
    })
}
