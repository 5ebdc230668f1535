//! What others do to the group of an open dialog, and what its notice says.

use domain::{access::Resource as Subject, ids::SmsGroupId, sms_group::SmsGroup};

use crate::{
    components::thing_news::{NewsWords, ThingNews, use_thing_news},
    context::use_enterprise,
    server_fns::sms_group::get_sms_group,
    words,
};

/// What became of a group since its dialog was opened.
pub(super) type GroupNews = ThingNews<SmsGroup>;

/// Listens for as long as whoever asks is there.
pub(super) fn use_group_news(id: SmsGroupId) -> GroupNews {
    let slug = use_enterprise().slug;
    use_thing_news(Subject::SmsGroup, id.0, move || get_sms_group(slug.clone(), id))
}

/// What the notice of them says; the way on shows what was changed.
pub(super) const NEWS_WORDS: NewsWords = NewsWords {
    deleted: (words::groups::DELETED_TITLE, words::groups::DELETED_TEXT),
    changed: (words::groups::CHANGED_TITLE, words::groups::CHANGED_TEXT),
    act: words::groups::SHOW_CHANGES,
};
