//! What others do to the group of an open dialog, and the notice of it.

use domain::{access::Resource as Subject, ids::SmsGroupId, sms_group::SmsGroup};
use leptos::prelude::*;

use crate::{
    components::thing_news::{ThingNews, use_thing_news},
    context::use_enterprise,
    erase::{Erase, Erased},
    server_fns::sms_group::get_sms_group,
    ui::{Banner, Button, ButtonSize, Tone},
    words,
};

/// What became of a group since its dialog was opened.
pub(super) type GroupNews = ThingNews<SmsGroup>;

/// Listens for as long as whoever asks is there.
pub(super) fn use_group_news(id: SmsGroupId) -> GroupNews {
    let slug = use_enterprise().slug;
    use_thing_news(Subject::SmsGroup, id.0, move || get_sms_group(slug.clone(), id))
}

/// Says that somebody else has changed or deleted the group.
#[component]
pub(super) fn ChangedNotice(
    /// Whether it is gone.
    deleted: Signal<bool>,
    /// Whether there is a version that the person has not seen.
    newer: Signal<bool>,
    /// Shows what they changed.
    on_look: Callback<()>,
) -> Erased {
    let notice = move || {
        if deleted.get() {
            return Some(
                view! {
                    <Banner
                        tone=Tone::Danger
                        title=words::groups::DELETED_TITLE.to_owned()
                        text=words::groups::DELETED_TEXT
                    />
                }
                .erase(),
            );
        }
        newer.get().then(|| {
            view! {
                <Banner
                    tone=Tone::Info
                    title=words::groups::CHANGED_TITLE.to_owned()
                    text=words::groups::CHANGED_TEXT
                >
                    <div class="banner__actions">
                        <Button label=words::groups::SHOW_CHANGES size=ButtonSize::Small on_press=on_look/>
                    </div>
                </Banner>
            }
            .erase()
        })
    };
    notice.erase()
}
