//! Works tasks off: claims what is due, several at once, until it is told to stop.

use std::{pin::pin, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use domain::task::TaskKind;
use sea_orm::DbErr;
use tokio::{sync::watch, task::JoinSet};

use super::{Clock, Job, backoff::MOST_ATTEMPTS, job_of};
use crate::{
    Backend,
    store::task::queue::{self, Claim},
};

/// What a person reads about a task whose server disappeared each time.
const ABANDONED: &str = "The server stopped in the middle of each try.";
/// How long giving tasks back may take when the server stops.
const GIVING_BACK: Duration = Duration::from_secs(5);

/// How a runner works.
#[derive(Clone, Copy, Debug)]
pub struct RunnerSettings {
    /// How many tasks at once.
    pub at_once: usize,
    /// How often it looks for tasks that another server has added.
    pub poll: Duration,
    /// For how long a task stays with a holder that gives no sign of life. Heartbeats come three times in it.
    pub lease: Duration,
    /// How long tasks get to end when the server stops.
    pub drain: Duration,
}

impl Default for RunnerSettings {
    fn default() -> Self {
        Self {
            at_once: 4,
            poll: Duration::from_secs(2),
            lease: Duration::from_secs(30),
            drain: Duration::from_secs(10),
        }
    }
}

/// Works tasks off. Any number of them, in any number of servers, may share a database.
#[derive(Clone)]
pub struct Runner {
    pub(super) backend: Backend,
    pub(super) settings: RunnerSettings,
    pub(super) clock: Clock,
    pub(super) jobs: Arc<dyn Fn(TaskKind) -> Arc<dyn Job> + Send + Sync>,
}

impl Runner {
    /// A runner with the settings by default.
    #[must_use]
    pub fn new(backend: &Backend) -> Self {
        Self {
            backend: backend.clone(),
            settings: RunnerSettings::default(),
            clock: Clock::system(),
            jobs: Arc::new(job_of),
        }
    }

    /// The same with these settings.
    #[must_use]
    pub fn with_settings(mut self, settings: RunnerSettings) -> Self {
        self.settings = settings;
        self
    }

    /// The same by another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The same with other jobs.
    #[must_use]
    pub fn with_jobs(mut self, jobs: impl Fn(TaskKind) -> Arc<dyn Job> + Send + Sync + 'static) -> Self {
        self.jobs = Arc::new(jobs);
        self
    }

    /// Works tasks off until `stop` comes. From then on it claims none; those under way get the time to end, and what has
    /// not ended by then is given back, so that another server can take it up at once.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let (cut, _) = watch::channel(false);
        let mut running = JoinSet::new();
        let mut stop = pin!(stop);
        let mut failing = false;
        loop {
            match self.take_on(&mut running, &cut).await {
                Ok(()) => failing = false,
                Err(error) if !failing => {
                    tracing::warn!(%error, "tasks are not worked off: they cannot be claimed");
                    failing = true;
                }
                Err(_) => {}
            }
            tokio::select! {
                biased;
                () = &mut stop => break,
                Some(ended) = running.join_next() => {
                    if let Err(error) = ended {
                        tracing::error!(%error, "the runner broke down over a task");
                    }
                }
                () = self.backend.task_wanted().notified() => {}
                () = tokio::time::sleep(self.settings.poll) => {}
            }
        }
        self.drain(running, cut).await;
    }

    /// Claims what is due, as much as there is room for.
    async fn take_on(&self, running: &mut JoinSet<()>, cut: &watch::Sender<bool>) -> Result<(), DbErr> {
        while running.len() < self.settings.at_once {
            let Some(claim) = self.next().await? else { break };
            running.spawn(self.clone().work_on(claim, cut.subscribe()));
        }
        Ok(())
    }

    /// The next task that is due; also makes tasks due that somebody else has left.
    async fn next(&self) -> Result<Option<Claim>, DbErr> {
        let (db, now) = (self.backend.database(), self.clock.now());
        if !queue::is_anything_to_do(db, now).await? {
            return Ok(None);
        }
        let left = queue::recover(db, now, MOST_ATTEMPTS, ABANDONED).await?;
        if left > 0 {
            tracing::warn!("{left} tasks had been left by whoever worked on them");
        }
        queue::claim(db, now, self.until()).await
    }

    async fn drain(&self, mut running: JoinSet<()>, cut: watch::Sender<bool>) {
        let ended = tokio::time::timeout(self.settings.drain, all_ended(&mut running)).await;
        if ended.is_ok() {
            return;
        }
        tracing::warn!("{} tasks are given back: they did not end in time", running.len());
        cut.send_replace(true);
        if tokio::time::timeout(GIVING_BACK, all_ended(&mut running))
            .await
            .is_err()
        {
            tracing::warn!("{} tasks stay claimed until their leases run out", running.len());
        }
    }

    /// Works off what is due now, one task after the other; tells how many.
    ///
    /// # Errors
    /// What the database says.
    #[cfg(feature = "testing")]
    pub async fn work_off(&self) -> Result<usize, DbErr> {
        let (cut, _) = watch::channel(false);
        let mut worked_off = 0;
        while let Some(claim) = self.next().await? {
            self.clone().work_on(claim, cut.subscribe()).await;
            worked_off += 1;
        }
        Ok(worked_off)
    }

    pub(super) fn lease_time(&self) -> TimeDelta {
        TimeDelta::from_std(self.settings.lease).unwrap_or(TimeDelta::MAX)
    }

    /// Until when a sign of life keeps a task.
    pub(super) fn until(&self) -> DateTime<Utc> {
        self.clock.now() + self.lease_time()
    }
}

async fn all_ended(running: &mut JoinSet<()>) {
    while running.join_next().await.is_some() {}
}
