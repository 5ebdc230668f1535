//! What others do to the number of an open dialog.

use domain::{
    access::Resource as Subject,
    ids::PhoneNumberId,
    number::{NumberDetail, PhoneNumberRow},
};
use leptos::prelude::*;

use crate::{
    components::thing_news::{ThingNews, use_thing_news},
    context::use_enterprise,
    server_fns::number::get_number,
};

/// What became of a number since its dialog was opened.
pub(in crate::pages::numbers) type NumberNews = ThingNews<NumberDetail>;

/// Listens for as long as whoever asks is there.
pub(in crate::pages::numbers) fn use_number_news(id: PhoneNumberId) -> NumberNews {
    let slug = use_enterprise().slug;
    use_thing_news(Subject::PhoneNumber, id.0, move || get_number(slug.clone(), id))
}

/// Whether the number is another one by now than `shown`, or gone.
pub(in crate::pages::numbers) fn is_newer(news: NumberNews, shown: &PhoneNumberRow) -> bool {
    let differs = |latest: &NumberDetail| {
        let latest = &latest.row;
        latest.version != shown.version || latest.assignee != shown.assignee
    };
    news.deleted.get() || news.latest.read().as_ref().is_some_and(differs)
}
