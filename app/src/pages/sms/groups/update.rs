//! Update SMS Group, with the answer to two people saving at the same time.

use domain::{
    access::{Action, Resource as Subject},
    ids::SmsGroupId,
    number::CoolingOff,
    sms_group::SmsGroup,
};
use leptos::prelude::*;

use super::{
    Deed, Dialogs, Done,
    conflict::ConflictNotice,
    fields::GroupFields,
    form::GroupForm,
    news::{GroupNews, NEWS_WORDS, use_group_news},
};
use crate::{
    components::{
        cooling_off::{CoolingOffNotice, ask_about_cooling_off},
        form::{FreeForm, form_dialog_about, loaded, use_sending},
        history::History,
        permission::refusal,
        thing_news::NewsNotice,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::GroupDialog,
    server_fns::sms_group::{UpdateSmsGroup, get_sms_group},
    ui::Tone,
    words,
};

#[component]
pub(super) fn UpdateDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(GroupDialog::Update(id)) => Some(id),
        _ => None,
    });
    form_dialog_about(
        "update-group",
        words::groups::UPDATE_TITLE,
        id,
        dialogs.close,
        move |id, dirty| view! { <LoadedGroup id dialogs dirty/> }.erase(),
    )
}

#[component]
fn LoadedGroup(id: SmsGroupId, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    // Listens from before the group is read, so that no change falls in between.
    let news = use_group_news(id);
    let group = LocalResource::new(move || get_sms_group(slug.clone(), id));
    loaded(
        move || group.get(),
        words::groups::LOADING_ONE,
        dialogs.close,
        move |group| view! { <UpdateForm group news dialogs dirty/> }.erase(),
    )
}

#[component]
fn UpdateForm(group: SmsGroup, news: GroupNews, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let form = GroupForm::of(&group);
    let id = group.id.0;
    let base = RwSignal::new(group);
    let changed = form.dirty();
    effect(move || dirty.set(changed.get()));
    let save = ServerAction::<UpdateSmsGroup>::new();
    let answer = StoredValue::new(CoolingOff::Heeded);
    let input = move || {
        let (id, version) = base.with(|group| (group.id, group.version));
        UpdateSmsGroup {
            enterprise: slug.clone(),
            id,
            version,
            input: form.answered(answer.get_value()),
        }
    };
    let sending = use_sending(*save, input, move |group| {
        dialogs.done.run(Done {
            group: group.id,
            name: group.name,
            deed: Deed::Updated,
        });
    });
    let (outdated, sending) = sending.split_outdated();
    let (question, sending) = ask_about_cooling_off(sending, answer, move || form.numbers.get());
    let looking = RwSignal::new(false);
    let choosing = Memo::new(move |_| looking.get() || outdated.get());
    // One's own change comes back as news too; it is none.
    let saving = Signal::derive(move || sending.busy.get() || matches!(save.value().get(), Some(Ok(_))));
    let deleted = Signal::derive(move || news.deleted.get() && !saving.get());
    let newer = Signal::derive(move || !saving.get() && !choosing.get() && is_newer(news.latest, base));
    let on_resolved = Callback::new(move |current: SmsGroup| {
        base.set(current);
        looking.set(false);
        save.clear();
    });
    view! {
        <FreeForm sending disabled_reason=why_not(choosing, deleted)>
            <NewsNotice
                words=NEWS_WORDS
                tone=Tone::Info
                deleted
                changed=newer
                act=Callback::new(move |()| looking.set(true))
            />
            {move || choosing.get().then(|| view! { <ConflictNotice base form on_resolved/> })}
            <CoolingOffNotice question label=words::numbers::SAVE_ANYWAY/>
            <GroupFields form error=sending.error/>
            <History resource=Subject::SmsGroup id/>
        </FreeForm>
    }
    .erase()
}

/// Whether the latest version that was heard of is newer than the one this dialog goes on from.
fn is_newer(latest: RwSignal<Option<SmsGroup>>, base: RwSignal<SmsGroup>) -> bool {
    let version = base.with(|group| group.version);
    latest.with(|group| group.as_ref().is_some_and(|group| group.version > version))
}

/// Why the group cannot be saved now.
fn why_not(choosing: Memo<bool>, deleted: Signal<bool>) -> Signal<Option<String>> {
    let refused = refusal(Action::Update, Subject::SmsGroup);
    Signal::derive(move || {
        refused
            .clone()
            .or_else(|| deleted.get().then(|| words::groups::CANNOT_SAVE_DELETED.to_owned()))
            .or_else(|| choosing.get().then(|| words::groups::CHOOSE_FIRST.to_owned()))
    })
}
