//! The card for syncing: what is not live yet, the button, and what became of the last sync.

use domain::{
    access::{Action, Resource as Subject},
    task::TaskState,
};
use icondata_lu as lu;
use leptos::{prelude::*, task::spawn_local};

use super::{health::Health, progress::Progress};
use crate::{
    components::{data_table::Feed, date_time::DateAndTime, pending_changes::PendingChangesList, permission::refusal},
    context::use_enterprise,
    erase::{Erase, Erased},
    server_fns::task::start_sync,
    ui::{Appearance, Button, use_toasts},
    words,
};

#[component]
pub(super) fn SyncCard(health: Health, feed: Feed) -> Erased {
    let summary = health.summary;
    let changes = move || words::dashboard::pending_sentence(summary.read().pending_changes.unwrap_or_default());
    let running = move || {
        let sync = summary.read().last_sync.clone();
        sync.filter(|sync| sync.state == TaskState::Running)
            .map(|row| view! { <Progress row/> })
    };
    let ended_at = move || {
        let ended = summary.read().last_sync.as_ref().and_then(|sync| sync.finished_at);
        ended.map(|at| view! { <DateAndTime at/> })
    };
    let last = move || match &summary.read().last_sync {
        Some(sync) => words::dashboard::last_sync(sync),
        None => words::dashboard::NEVER_SYNCED.to_owned(),
    };
    view! {
        <section class="card" aria-labelledby="sync-title">
            <div class="card__header">
                <h2 class="card__title" id="sync-title">
                    {words::dashboard::SYNC_TITLE}
                </h2>
                <SyncButton health feed/>
            </div>
            <div class="card__body stack">
                <p>{changes}</p>
                {move || health.pending.get().map(|pending| view! { <PendingChangesList pending/> })}
                <p class="text-muted" role="status">
                    {last} " " {ended_at}
                </p>
                {running}
            </div>
        </section>
    }
    .erase()
}

/// Cannot be pressed again until the sync it started has ended.
#[component]
fn SyncButton(health: Health, feed: Feed) -> Erased {
    let slug = StoredValue::new(use_enterprise().slug);
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let under_way = Signal::derive(move || {
        let summary = health.summary.read();
        let unfinished = summary
            .last_sync
            .as_ref()
            .is_some_and(|sync| sync.state.is_unfinished());
        asking.get() || unfinished
    });
    let start = move |()| {
        asking.set(true);
        let answer = start_sync(slug.get_value());
        spawn_local(async move {
            let answer = answer.await;
            match answer {
                Ok(task) => {
                    let id = task.id.0;
                    health.sync_started(task);
                    feed.changed(vec![id], move || toasts.success(words::dashboard::SYNC_STARTED));
                }
                Err(error) => toasts.error(error.to_string()),
            }
            asking.try_set(false);
        });
    };
    view! {
        <Button
            label=words::dashboard::SYNC
            icon=lu::LuRefreshCw
            appearance=Appearance::Primary
            busy=under_way
            disabled_reason=refusal(Action::Create, Subject::Task)
            on_press=start
        />
    }
    .erase()
}
