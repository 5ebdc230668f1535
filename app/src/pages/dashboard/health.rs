//! The counts of the Dashboard and the changes that are not live: there from the first paint, and read again when
//! something they count has changed.

use domain::{
    config_snapshot::PendingChanges,
    enterprise::EnterpriseSlug,
    health::HealthSummary,
    live::{HEALTH, Stale},
    task::TaskRow,
};
use gloo_timers::callback::Timeout;
use leptos::{either::Either, prelude::*, task::spawn_local};

use super::{alerts::OpenAlerts, strip::HealthStrip, sync::SyncCard};
use crate::{
    components::data_table::Feed,
    context::on_news,
    erase::{Erase, Erased},
    error::AppError,
    sent_along::Sent,
    server_fns::{config_snapshot::get_pending_changes, health::load_health},
    ui::{Banner, BrowserValue, Spinner, Tone},
    words,
};

/// How long changes are collected before everything is counted again, in milliseconds: a task that goes on tells twice a
/// second.
const TOGETHER: u32 = 500;

/// What is shown: the counts, and the changes that are not live where they wait for a sync.
type Read = (HealthSummary, Option<PendingChanges>);

/// The counts and how they are kept up to date.
#[derive(Clone, Copy)]
pub(super) struct Health {
    slug: StoredValue<EnterpriseSlug>,
    first: Sent<Read>,
    pub(super) summary: RwSignal<HealthSummary>,
    pub(super) pending: RwSignal<Option<PendingChanges>>,
    /// Counts the questions; only the last one's answer is shown.
    asked: StoredValue<u32>,
    soon: BrowserValue<Timeout>,
}

/// Prepares the counts for the page that asks.
pub(super) fn use_health(slug: &EnterpriseSlug) -> Health {
    let of = slug.clone();
    let first = Sent::new(move || read(of.clone()));
    let health = Health {
        slug: StoredValue::new(slug.clone()),
        first,
        summary: RwSignal::new(HealthSummary::default()),
        pending: RwSignal::new(None),
        asked: StoredValue::new(0),
        soon: BrowserValue::new(),
    };
    on_news(move |news| {
        if HEALTH.stale_after(&news) != Stale::Nothing {
            health.refresh_soon();
        }
    });
    health
}

async fn read(slug: EnterpriseSlug) -> Result<Read, AppError> {
    let summary = load_health(slug.clone()).await?;
    let pending = match summary.pending_changes {
        Some(_) => Some(get_pending_changes(slug).await?),
        None => None,
    };
    Ok((summary, pending))
}

impl Health {
    fn show(self, (summary, pending): Read) {
        self.summary.try_set(summary);
        self.pending.try_set(pending);
    }

    fn refresh_soon(self) {
        if !self.soon.is_set() {
            self.soon.set(Timeout::new(TOGETHER, move || {
                self.soon.clear();
                self.refresh();
            }));
        }
    }

    /// Reads everything again. What is shown stays when that fails; the next change tries once more.
    fn refresh(self) {
        let question = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        let Some(slug) = self.slug.try_get_value() else { return };
        spawn_local(async move {
            let answer = read(slug).await;
            if let (Ok(read), true) = (answer, self.asked.try_get_value() == question) {
                self.show(read);
            }
        });
    }

    /// Shows the sync that this page has just asked for.
    pub(super) fn sync_started(self, task: TaskRow) {
        self.summary.try_update(|summary| summary.last_sync = Some(task));
        self.refresh();
    }
}

/// The counts, and the card for syncing where there is one.
#[component]
pub(super) fn Attention(health: Health, feed: Feed, syncs: bool) -> Erased {
    let shown = move || {
        Suspend::new(async move {
            match health.first.read().await {
                Ok(read) => {
                    health.show(read);
                    Either::Left(view! {
                        <HealthStrip health/>
                        <OpenAlerts health/>
                        {syncs.then(|| view! { <SyncCard health feed/> })}
                    })
                }
                Err(error) => {
                    let text = error.to_string();
                    Either::Right(view! { <Banner tone=Tone::Danger text/> })
                }
            }
        })
    };
    view! {
        <div class="page__section">
            <Transition fallback=|| view! { <Spinner label=words::dashboard::LOADING/> }>{shown}</Transition>
        </div>
    }
    .erase()
}
