//! Noticing committed changes, whoever made them: this server, another one, the command line.
//!
//! Every change writes its audit entry in its own transaction, so the audit log tells of all committed changes and of no
//! others. While anybody listens, a task reads what is new in it and tells the listeners of each enterprise.
//!
//! The state and progress of background tasks are no changes of anybody's and are not in the audit log. They have a
//! second source: each write to a task moves its `updated_at`, and what was written lately is read beside the log. Where
//! the progress of a task is only known to this program, that is the third.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    access::Resource,
    audit::{AuditAction, AuditSubject},
    ids::{EnterpriseId, ProviderId, TaskId},
    live::LiveEvent,
};
use sea_orm::{DatabaseConnection, DbErr};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    task::JoinHandle,
};
use uuid::Uuid;

use crate::{
    access::{EnterpriseScope, ProviderScope},
    jobs::ToldProgress,
    store::{
        audit::{self, Log, Recorded},
        task::queue::{self, Written},
    },
};

/// How often the audit log is read; what is left of two seconds is for the way to the page and for its questions.
const PAUSE: Duration = Duration::from_millis(500);
/// How far back each reading begins. Entries get their ids, which begin with the time, a moment before they are
/// committed, and servers' clocks differ: what has just become visible may stand before what was seen already.
const WINDOW: TimeDelta = TimeDelta::seconds(10);
/// After a longer time without a reading nobody goes through all that has happened: everything may have changed.
const LONGEST_GAP: TimeDelta = TimeDelta::minutes(5);
/// How many events wait for a listener. Whoever falls behind further is told that everything may have changed.
const WAITING: usize = 64;

/// What somebody listens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Audience {
    provider: ProviderId,
    /// None for the provider with all its enterprises.
    enterprise: Option<EnterpriseId>,
}

impl Audience {
    /// One enterprise, and what its provider changes about itself.
    pub(crate) fn of_enterprise(scope: &EnterpriseScope) -> Self {
        Self {
            provider: scope.provider(),
            enterprise: Some(scope.enterprise()),
        }
    }

    /// A provider and all its enterprises.
    pub(crate) fn of_provider(scope: &ProviderScope) -> Self {
        Self {
            provider: scope.provider(),
            enterprise: None,
        }
    }

    fn hears(&self, of: &Log) -> bool {
        match (self.enterprise, of.enterprise) {
            (Some(own), Some(other)) => own == other,
            _ => of.provider == Some(self.provider),
        }
    }
}

/// Where changes are noticed.
pub(crate) struct Sources {
    pub(crate) database: DatabaseConnection,
    pub(crate) told_progress: Arc<ToldProgress>,
}

/// Who listens, and what they were told lately.
#[derive(Default)]
pub(crate) struct Changes {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    listeners: HashMap<Audience, broadcast::Sender<LiveEvent>>,
    /// By the entry's id, for as long as readings come across it.
    announced: BTreeMap<Uuid, (Log, LiveEvent)>,
    /// Which write to a task was told of, for as long as readings come across it.
    tasks: HashMap<TaskId, (DateTime<Utc>, EnterpriseId)>,
    watcher: Option<JoinHandle<()>>,
}

/// What happens in one enterprise from a few seconds before the subscription on: enough for a page that was read then.
pub struct Subscription {
    provider: ProviderId,
    recent: VecDeque<LiveEvent>,
    receiver: broadcast::Receiver<LiveEvent>,
}

impl Subscription {
    /// The provider whose changes are told, or whose enterprise's.
    #[must_use]
    pub fn provider(&self) -> ProviderId {
        self.provider
    }

    /// Waits for the next event; none when there will be no more. Giving up waiting loses nothing.
    pub async fn next_event(&mut self) -> Option<LiveEvent> {
        if let Some(event) = self.recent.pop_front() {
            return Some(event);
        }
        match self.receiver.recv().await {
            Ok(event) => Some(event),
            Err(RecvError::Lagged(_)) => Some(LiveEvent::Everything),
            Err(RecvError::Closed) => None,
        }
    }
}

impl Changes {
    /// Listens to the changes that `audience` hears of.
    pub(crate) fn subscribe(self: &Arc<Self>, audience: Audience, sources: Sources) -> Subscription {
        let mut state = self.state();
        let receiver = state
            .listeners
            .entry(audience)
            .or_insert_with(|| broadcast::channel(WAITING).0)
            .subscribe();
        let announced = state.announced.values();
        let recent = announced
            .filter(|(of, _)| audience.hears(of))
            .map(|(_, event)| *event)
            .chain(state.recent_tasks(audience.enterprise))
            .collect();
        if state.watcher.as_ref().is_none_or(JoinHandle::is_finished) {
            state.watcher = Some(tokio::spawn(watch(self.clone(), sources)));
        }
        Subscription {
            provider: audience.provider,
            recent,
            receiver,
        }
    }

    /// Whether anybody listens; forgets everything when nobody does.
    fn is_wanted(&self) -> bool {
        let mut state = self.state();
        state.listeners.retain(|_, listeners| listeners.receiver_count() > 0);
        if state.listeners.is_empty() {
            *state = State::default();
            return false;
        }
        true
    }

    /// Tells of the entries that were not told of before, and forgets those before `from`.
    fn announce(&self, from: Uuid, entries: Vec<Recorded>) {
        let mut state = self.state();
        for Recorded { id, of, subject } in entries {
            // A word of a newer program says only that there was a change.
            let event = subject.map_or(LiveEvent::Everything, LiveEvent::Changed);
            let known = state.announced.insert(id, (of, event)).is_some();
            for (audience, listeners) in &state.listeners {
                if !known && audience.hears(&of) {
                    // Fails when the last one has just gone.
                    drop(listeners.send(event));
                }
            }
        }
        state.announced = state.announced.split_off(&from);
    }

    /// Tells of the writes to tasks that were not told of before, and forgets those before `from`.
    fn announce_tasks(&self, from: DateTime<Utc>, written: impl IntoIterator<Item = Written>) {
        let mut state = self.state();
        for Written { task, enterprise, at } in written {
            let before = state.tasks.insert(task, (at, enterprise));
            let known = before.is_some_and(|(before, _)| before == at);
            for (audience, listeners) in &state.listeners {
                if !known && audience.enterprise == Some(enterprise) {
                    // Fails when the last one has just gone.
                    drop(listeners.send(task_written(task)));
                }
            }
        }
        state.tasks.retain(|_, (at, _)| *at >= from);
    }

    fn announce_everything(&self) {
        for listeners in self.state().listeners.values() {
            drop(listeners.send(LiveEvent::Everything));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn recent_tasks(&self, enterprise: Option<EnterpriseId>) -> impl Iterator<Item = LiveEvent> {
        let of_it = self.tasks.iter().filter(move |(_, (_, of))| Some(*of) == enterprise);
        of_it.map(|(task, _)| task_written(*task))
    }
}

fn task_written(task: TaskId) -> LiveEvent {
    LiveEvent::Changed(AuditSubject {
        action: AuditAction::Update,
        resource: Resource::Task,
        id: Some(task.0),
    })
}

/// Reads what is new until nobody listens any more.
async fn watch(changes: Arc<Changes>, sources: Sources) {
    let mut read_at = Utc::now();
    let mut failing = false;
    while changes.is_wanted() {
        let now = Utc::now();
        if now - read_at > LONGEST_GAP {
            changes.announce_everything();
            read_at = now;
        }
        match read(&changes, &sources, read_at - WINDOW).await {
            Ok(()) => {
                read_at = now;
                failing = false;
            }
            Err(error) => {
                if !std::mem::replace(&mut failing, true) {
                    tracing::warn!(%error, "changes are not noticed: the audit log or the tasks cannot be read");
                }
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Reads the sources and tells of what is new.
async fn read(changes: &Changes, sources: &Sources, from: DateTime<Utc>) -> Result<(), DbErr> {
    let Sources {
        database,
        told_progress,
    } = sources;
    let first_id = first_id_at(from);
    changes.announce(first_id, audit::recorded_from(database, first_id).await?);
    let mut written = queue::written_from(database, from).await?;
    written.extend(told_progress.written_from(from));
    changes.announce_tasks(from, latest_of_each(written));
    Ok(())
}

/// The last write to each task.
fn latest_of_each(mut written: Vec<Written>) -> impl Iterator<Item = Written> {
    written.sort_by_key(|written| written.at);
    let latest: HashMap<TaskId, Written> = written.into_iter().map(|written| (written.task, written)).collect();
    latest.into_values()
}

/// The smallest id that can be given at that time.
fn first_id_at(time: DateTime<Utc>) -> Uuid {
    let milliseconds = u64::try_from(time.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &[0; 10]).into_uuid()
}

#[cfg(test)]
mod tests {
    use domain::task::TaskProgress;

    use super::*;
    use crate::{
        services::live::subscribe,
        testing::{Engine, TestPortal},
    };

    /// On SQLite the progress of an import is not in the database before the import is over.
    #[tokio::test]
    async fn progress_that_only_this_program_knows_is_told() {
        let portal = TestPortal::open(Engine::Sqlite).await;
        let clinic = portal.enterprise("alder-clinics").await;
        let (backend, viewer) = (portal.backend(), clinic.viewer().await);
        let task = clinic.import_task().await;
        let mut listener = subscribe(&viewer, backend, clinic.slug()).await.unwrap();
        let mut heard = async || {
            let event = tokio::time::timeout(Duration::from_secs(10), listener.next_event()).await;
            event.expect("an event in time").unwrap()
        };
        while heard().await != task_written(task) {}

        for done in [1_000, 2_000] {
            let written = Written {
                task,
                enterprise: clinic.id(),
                at: Utc::now(),
            };
            let progress = TaskProgress { done, total: None };
            backend.told_progress().tell(written, progress);
            while heard().await != task_written(task) {}
        }
    }

    #[test]
    fn later_ids_are_not_before_the_first_one_of_their_time() {
        let before = first_id_at(Utc::now());
        let id = crate::store::new_id();
        let after = first_id_at(Utc::now() + TimeDelta::milliseconds(1));
        assert!(before <= id && id < after, "{before} {id} {after}");
    }
}
