//! What others do to the thing of an open dialog. The dialog is not taken away from the person, but can say so.

use domain::{
    access::Resource as Subject,
    audit::{AuditAction, AuditSubject},
    error::Error,
    live::LiveEvent,
};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use crate::{
    context::{News, on_news},
    erase::{Erase, Erased},
    error::AppError,
    ui::{Banner, Button, ButtonSize, Tone},
};

/// What became of a thing since its dialog was opened.
pub struct ThingNews<T: 'static> {
    /// The thing as it was after the last change that was heard of.
    pub latest: RwSignal<Option<T>>,
    /// Whether it is gone.
    pub deleted: RwSignal<bool>,
}

impl<T: 'static> Clone for ThingNews<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for ThingNews<T> {}

/// Listens for as long as whoever asks is there. What is heard may be the change that led here, and does not say what
/// the thing is now, so it is read again each time.
pub fn use_thing_news<T, Answer>(
    resource: Subject,
    id: Uuid,
    read: impl Fn() -> Answer + Send + Sync + 'static,
) -> ThingNews<T>
where
    T: Send + Sync + 'static,
    Answer: Future<Output = Result<T, AppError>> + 'static,
{
    let news = ThingNews {
        latest: RwSignal::new(None),
        deleted: RwSignal::new(false),
    };
    on_news(move |events: News| {
        if events.iter().any(|event| deletes(event, resource, id)) {
            news.deleted.set(true);
        } else if events.iter().any(|event| concerns(event, resource, id)) {
            spawn_local(read_again(news, resource, read()));
        }
    });
    news
}

fn deletes(event: &LiveEvent, resource: Subject, id: Uuid) -> bool {
    let deletion = AuditSubject {
        action: AuditAction::Delete,
        resource,
        id: Some(id),
    };
    *event == LiveEvent::Changed(deletion)
}

/// Whether the thing may be another one now than when it was opened. That it was added, nobody who opened it needs to
/// hear.
fn concerns(event: &LiveEvent, resource: Subject, id: Uuid) -> bool {
    match event {
        LiveEvent::Everything => true,
        LiveEvent::Outdated | LiveEvent::Over => false,
        LiveEvent::Changed(subject) => {
            // A change of many at once does not say which they are.
            let subject = AuditSubject {
                id: subject.id.or(Some(id)),
                ..*subject
            };
            let added = subject.action == AuditAction::Create && subject.resource == resource;
            subject.tells_of(resource, id) && !added
        }
    }
}

/// Takes over what the thing is now. The dialog may be gone by then.
async fn read_again<T>(news: ThingNews<T>, resource: Subject, answer: impl Future<Output = Result<T, AppError>>)
where
    T: Send + Sync + 'static,
{
    match answer.await {
        Ok(thing) => {
            news.latest.try_set(Some(thing));
        }
        Err(AppError::Domain(Error::NotFound { resource: missing })) if missing == resource => {
            news.deleted.try_set(true);
        }
        // The next change tells, or saving does.
        Err(_) => {}
    }
}

/// What a [`NewsNotice`] says.
#[derive(Clone, Copy)]
pub struct NewsWords {
    /// The thing is gone.
    pub deleted: (&'static str, &'static str),
    /// There is another version: title and text.
    pub changed: (&'static str, &'static str),
    /// What can be done about that.
    pub act: &'static str,
}

/// Says that somebody else has changed or deleted the thing of an open dialog.
#[component]
pub fn NewsNotice(
    /// What it says.
    words: NewsWords,
    /// How much it matters that there is another version.
    tone: Tone,
    /// Whether the thing is gone.
    deleted: Signal<bool>,
    /// Whether there is a version that the person has not seen.
    changed: Signal<bool>,
    /// What is done about it.
    act: Callback<()>,
) -> Erased {
    let notice = move || {
        if deleted.get() {
            let (title, text) = words.deleted;
            return Some(view! { <Banner tone=Tone::Danger title=title.to_owned() text/> }.erase());
        }
        let (title, text) = words.changed;
        changed.get().then(|| {
            view! {
                <Banner tone title=title.to_owned() text>
                    <div class="banner__actions">
                        <Button label=words.act size=ButtonSize::Small on_press=act/>
                    </div>
                </Banner>
            }
            .erase()
        })
    };
    notice.erase()
}

#[cfg(test)]
mod tests {
    use domain::audit::AuditAction::{Create, Delete, Import, Update};

    use super::*;

    const ID: Uuid = Uuid::from_u128(7);
    const NUMBER: Subject = Subject::PhoneNumber;

    fn event(action: AuditAction, resource: Subject, id: Option<Uuid>) -> LiveEvent {
        LiveEvent::Changed(AuditSubject { action, resource, id })
    }

    #[test]
    fn a_dialog_hears_of_what_is_done_to_its_thing() {
        for (why, action, resource, id, heard) in [
            ("changed", Update, NUMBER, Some(ID), true),
            ("given to somebody", Create, Subject::NumberAssignment, Some(ID), true),
            ("one of many", Import, NUMBER, None, true),
            ("another one", Update, NUMBER, Some(Uuid::nil()), false),
            ("another kind", Update, Subject::SmsGroup, Some(ID), false),
            ("added", Create, NUMBER, Some(ID), false),
        ] {
            assert_eq!(concerns(&event(action, resource, id), NUMBER, ID), heard, "{why}");
        }
        assert!(concerns(&LiveEvent::Everything, NUMBER, ID));
        assert!(!concerns(&LiveEvent::Over, NUMBER, ID));
    }

    #[test]
    fn a_thing_is_gone_when_it_is_deleted_itself() {
        assert!(deletes(&event(Delete, NUMBER, Some(ID)), NUMBER, ID));
        for (why, action, resource, id) in [
            ("changed", Update, NUMBER, Some(ID)),
            ("another one", Delete, NUMBER, Some(Uuid::nil())),
            ("taken away", Delete, Subject::NumberAssignment, Some(ID)),
        ] {
            assert!(!deletes(&event(action, resource, id), NUMBER, ID), "{why}");
        }
        assert!(!deletes(&LiveEvent::Everything, NUMBER, ID));
    }
}
