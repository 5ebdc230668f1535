//! What a job has in hand: whom it works for, how it tells how far it is, how it ends well.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ids::TaskId,
    task::{TaskKind, TaskProgress, TaskResult},
};
use sea_orm::{DatabaseTransaction, DbBackend, DbErr};
use serde::de::DeserializeOwned;

use super::{Clock, JobError};
use crate::{
    Backend,
    access::EnterpriseScope,
    context::OpContext,
    store::{
        self,
        task::queue::{self, Claim, Ending, Lease, Written},
    },
};

/// How often progress is written at most. Pages learn of it within half a second, so more would show nothing more.
const PROGRESS_PAUSE: TimeDelta = TimeDelta::milliseconds(500);

/// A task that is being done.
pub struct Work {
    pub(super) backend: Backend,
    pub(super) context: OpContext,
    pub(super) scope: EnterpriseScope,
    pub(super) claim: Claim,
    pub(super) clock: Clock,
    /// For how long each sign of life keeps the task.
    pub(super) lease_time: TimeDelta,
    /// When progress was written last.
    pub(super) told: Mutex<Option<DateTime<Utc>>>,
}

/// The proof that a job has written its result while the task was its own; only [`Work::finish`] makes one.
#[derive(Debug)]
pub struct Finished(());

impl Work {
    /// The task.
    #[must_use]
    pub fn task(&self) -> TaskId {
        self.claim.lease.task
    }

    /// What kind of task it is.
    #[must_use]
    pub fn kind(&self) -> TaskKind {
        self.claim.kind
    }

    /// How often the task was tried, this try included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.claim.attempts
    }

    /// What the job was told when it was asked for.
    ///
    /// # Errors
    /// [`JobError::Hopeless`] when it is something else.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, JobError> {
        serde_json::from_str(&self.claim.payload).map_err(|error| {
            tracing::error!(task = %self.claim.lease.task, %error, "the payload of a task cannot be read");
            JobError::Hopeless("This version of the portal does not understand the task.".to_owned())
        })
    }

    /// On whose behalf the work is done, now: the person who started the task, or the system where there was none or the
    /// account is gone. The task's id stands for the request's.
    #[must_use]
    pub fn context(&self) -> OpContext {
        OpContext {
            now: self.clock.now(),
            ..self.context.clone()
        }
    }

    /// The enterprise it is done for.
    #[must_use]
    pub fn scope(&self) -> &EnterpriseScope {
        &self.scope
    }

    /// Says how far the work is. Writes it only when the last time is long enough ago. Not while a transaction of the
    /// job is open: SQLite has one writer at a time.
    ///
    /// # Errors
    /// [`JobError::LeaseLost`] when somebody else has the task; [`JobError::Database`].
    pub async fn progress(&self, done: u64, total: Option<u64>) -> Result<(), JobError> {
        let now = self.clock.now();
        if !self.is_time_to_tell(now) {
            return Ok(());
        }
        let progress = TaskProgress {
            done: total.map_or(done, |total| done.min(total)),
            total,
        };
        let (db, lease) = (self.backend.database(), self.lease());
        let kept = queue::progress(db, lease, progress, now, now + self.lease_time).await?;
        if kept { Ok(()) } else { Err(JobError::LeaseLost) }
    }

    /// The same while a transaction of the job is open. PostgreSQL lets progress be written beside it. SQLite does not, so
    /// there it is told from the memory of this program, which serves the pages as well.
    ///
    /// # Errors
    /// As [`Self::progress`].
    pub(crate) async fn progress_beside_transaction(&self, done: u64, total: Option<u64>) -> Result<(), JobError> {
        if self.backend.database().get_database_backend() == DbBackend::Postgres {
            return self.progress(done, total).await;
        }
        let written = Written {
            task: self.task(),
            enterprise: self.scope.enterprise(),
            at: self.clock.now(),
        };
        self.backend.told_progress().tell(written, TaskProgress { done, total });
        Ok(())
    }

    fn is_time_to_tell(&self, now: DateTime<Utc>) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = told.is_none_or(|told| now - told >= PROGRESS_PAUSE);
        if is_time {
            *told = Some(now);
        }
        is_time
    }

    /// Begins a transaction for a change of the job.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        store::begin_write(self.backend.database()).await
    }

    /// Writes into `db` that the task is done and what it came to, and makes both lasting together with what the job has
    /// changed in there. Where the task is somebody else's by now, nothing of it is.
    ///
    /// # Errors
    /// [`JobError::LeaseLost`] when somebody else has the task; [`JobError::Database`].
    pub async fn finish(&self, db: DatabaseTransaction, result: Option<TaskResult>) -> Result<Finished, JobError> {
        let result = serde_json::to_string(&result).map_err(|error| DbErr::Json(error.to_string()))?;
        let (now, started_at) = (self.clock.now(), self.claim.started_at);
        let ended = queue::end(&db, self.lease(), Ending::Done(result), started_at, now).await?;
        if !ended {
            return Err(JobError::LeaseLost);
        }
        db.commit().await?;
        Ok(Finished(()))
    }

    pub(super) fn lease(&self) -> &Lease {
        &self.claim.lease
    }
}
