//! What others do to the group of an open dialog. The dialog is not taken away from the person, but says so.

use domain::{
    access::Resource as Subject, audit::AuditAction, error::Error, ids::SmsGroupId, live::LiveEvent,
    sms_group::SmsGroup,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    context::{News, on_news, use_enterprise},
    erase::{Erase, Erased},
    error::AppError,
    server_fns::sms_group::get_sms_group,
    ui::{Banner, Button, ButtonSize, Tone},
    words,
};

/// What became of a group since its dialog was opened.
#[derive(Clone, Copy)]
pub(super) struct GroupNews {
    /// The group as it was after the last change that was heard of.
    pub(super) latest: RwSignal<Option<SmsGroup>>,
    /// Whether it is gone.
    pub(super) deleted: RwSignal<bool>,
}

/// Listens for as long as whoever asks is there.
pub(super) fn use_group_news(id: SmsGroupId) -> GroupNews {
    let slug = StoredValue::new(use_enterprise().slug);
    let news = GroupNews {
        latest: RwSignal::new(None),
        deleted: RwSignal::new(false),
    };
    on_news(move |events: News| {
        if events.iter().any(|event| deletes(event, id)) {
            news.deleted.set(true);
        } else if events.iter().any(|event| concerns(event, id)) {
            spawn_local(read_again(news, get_sms_group(slug.get_value(), id)));
        }
    });
    news
}

fn deletes(event: &LiveEvent, id: SmsGroupId) -> bool {
    matches!(event, LiveEvent::Changed(subject) if subject.action == AuditAction::Delete) && is_about(event, id)
}

/// Whether the group may be another one now than when it was opened. That it was added, nobody who opened it needs to hear.
fn concerns(event: &LiveEvent, id: SmsGroupId) -> bool {
    let added = matches!(event, LiveEvent::Changed(subject) if subject.action == AuditAction::Create);
    *event == LiveEvent::Everything || is_about(event, id) && !added
}

fn is_about(event: &LiveEvent, id: SmsGroupId) -> bool {
    matches!(event, LiveEvent::Changed(subject) if subject.resource == Subject::SmsGroup && subject.id == Some(id.0))
}

/// Takes over what the group is now. The dialog may be gone by then.
async fn read_again(news: GroupNews, answer: impl Future<Output = Result<SmsGroup, AppError>>) {
    match answer.await {
        Ok(group) => {
            news.latest.try_set(Some(group));
        }
        Err(AppError::Domain(Error::NotFound {
            resource: Subject::SmsGroup,
        })) => {
            news.deleted.try_set(true);
        }
        // The next change tells, or saving does.
        Err(_) => {}
    }
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
