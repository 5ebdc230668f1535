//! Update Number: what one number can do, and its carrier profile.

use domain::{
    access::{Action, Resource as Subject},
    ids::PhoneNumberId,
    number::NumberDetail,
};
use leptos::prelude::*;

use super::{
    Deed, Dialogs, Done,
    assign::{NumberNews, ReloadNotice, is_newer, use_number_news},
    fields::{SettingsFields, SettingsForm},
};
use crate::{
    components::{
        form::{FreeForm, WhatElseIsWrong, form_dialog_about, loaded, use_sending},
        history::History,
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::NumberDialog,
    server_fns::number::{UpdateNumber, get_number},
    words,
};

#[component]
pub(super) fn UpdateDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(NumberDialog::Update(id)) => Some(id),
        _ => None,
    });
    form_dialog_about(
        "update-number",
        words::numbers::UPDATE_TITLE,
        id,
        dialogs.close,
        move |id, dirty| view! { <LoadedNumber id dialogs dirty/> }.erase(),
    )
}

#[component]
fn LoadedNumber(id: PhoneNumberId, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let news = use_number_news(id);
    let number = LocalResource::new(move || get_number(slug.clone(), id));
    let reload = Callback::new(move |()| number.refetch());
    loaded(
        move || number.get(),
        words::numbers::LOADING_ONE,
        dialogs.close,
        move |detail| view! { <UpdateForm detail news reload dialogs dirty/> }.erase(),
    )
}

#[component]
fn UpdateForm(
    detail: NumberDetail,
    /// What others have done to the number since.
    news: NumberNews,
    /// Reads the number again.
    reload: Callback<()>,
    dialogs: Dialogs,
    dirty: RwSignal<bool>,
) -> Erased {
    let slug = use_enterprise().slug;
    let (id, version) = (detail.row.id, detail.row.version);
    let form = SettingsForm::of(&detail.settings);
    effect(move || dirty.set(form.differs()));
    let save = ServerAction::<UpdateNumber>::new();
    let input = move || UpdateNumber {
        enterprise: slug.clone(),
        id,
        version,
        patch: form.patch(),
    };
    let sending = use_sending(*save, input, move |row| {
        dialogs.done.run(Done {
            number: row.id,
            notice: words::numbers::updated(row.e164),
            deed: Deed::Saved,
        });
    });
    let (stale, sending) = sending.split_outdated();
    let error = sending.error;
    let saving = Signal::derive(move || sending.busy.get() || matches!(save.value().get(), Some(Ok(_))));
    let opened = detail.row.clone();
    let newer = move || is_newer(news, &opened) && !saving.get();
    let outdated = move || stale.get() || newer();
    view! {
        <FreeForm sending disabled_reason=refusal(Action::Update, Subject::PhoneNumber)>
            {move || outdated().then(|| view! { <ReloadNotice reload/> })}
            <WhatElseIsWrong error fields=&["carrier_profile"]/>
            <div class="form-grid">
                <p class="numeric">{detail.row.e164.display()}</p>
                <SettingsFields form error/>
            </div>
            <History resource=Subject::PhoneNumber id=id.0/>
        </FreeForm>
    }
    .erase()
}
