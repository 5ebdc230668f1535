//! What others do to the number of an open dialog.

use domain::{
    access::Resource as Subject, error::Error, ids::PhoneNumberId, live::LiveEvent, number::NumberDetail,
    number::PhoneNumberRow,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    context::{News, on_news, use_enterprise},
    error::AppError,
    server_fns::number::get_number,
};

/// What became of a number since its dialog was opened.
#[derive(Clone, Copy)]
pub(in crate::pages::numbers) struct NumberNews {
    /// The number as it was after the last change that was heard of.
    latest: RwSignal<Option<PhoneNumberRow>>,
    /// Whether it is gone.
    deleted: RwSignal<bool>,
}

impl NumberNews {
    /// Whether the number is another one by now than `shown`.
    pub(in crate::pages::numbers) fn differs_from(self, shown: &PhoneNumberRow) -> bool {
        let differs = |latest: &PhoneNumberRow| latest.version != shown.version || latest.assignee != shown.assignee;
        self.deleted.get() || self.latest.read().as_ref().is_some_and(differs)
    }
}

/// Listens for as long as whoever asks is there. What is heard may be the change that led here, so the number is read again
/// each time.
pub(in crate::pages::numbers) fn use_number_news(id: PhoneNumberId) -> NumberNews {
    let slug = StoredValue::new(use_enterprise().slug);
    let news = NumberNews {
        latest: RwSignal::new(None),
        deleted: RwSignal::new(false),
    };
    on_news(move |events: News| {
        if events.iter().any(|event| is_about(event, id)) {
            spawn_local(read_again(news, get_number(slug.get_value(), id)));
        }
    });
    news
}

fn is_about(event: &LiveEvent, id: PhoneNumberId) -> bool {
    let LiveEvent::Changed(subject) = event else {
        return *event == LiveEvent::Everything;
    };
    let resource = matches!(subject.resource, Subject::PhoneNumber | Subject::NumberAssignment);
    resource && subject.id.is_none_or(|changed| changed == id.0)
}

/// Takes over what the number is now. The dialog may be gone by then.
async fn read_again(news: NumberNews, answer: impl Future<Output = Result<NumberDetail, AppError>>) {
    match answer.await {
        Ok(detail) => {
            news.latest.try_set(Some(detail.row));
        }
        Err(AppError::Domain(Error::NotFound {
            resource: Subject::PhoneNumber,
        })) => {
            news.deleted.try_set(true);
        }
        // The next change tells, or saving does.
        Err(_) => {}
    }
}
