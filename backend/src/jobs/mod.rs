//! Tasks are done here: a [`Job`] for each kind, and the [`Runner`] that works them off. Beside it run [`Renewal`]
//! and [`Alerts`].
//!
//! To add a kind: a value of `domain::task::TaskKind` and its words in `domain::task`, a file here with its [`Job`], an
//! arm in [`job_of`], and a service that asks for it with `services::task::enqueue` in the transaction of its change.
//!
//! A job may be begun more than once: its server can be killed at any moment, and a holder that was silent for too long
//! loses the task to another one. It takes effect once, because [`Work::finish`] writes the result in the transaction
//! of the job's last change, and only while the lease stands.

mod alerts;
mod attempt;
mod backoff;
mod clock;
mod import;
mod progress;
mod renewal;
mod runner;
mod sync;
mod work;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{error::Error, task::TaskKind};
use sea_orm::DbErr;

pub(crate) use self::progress::ToldProgress;
pub use self::{
    alerts::Alerts,
    clock::Clock,
    renewal::{Renewal, RenewalSettings},
    runner::{Runner, RunnerSettings},
    work::{Finished, Work},
};

/// How tasks of one kind are done.
#[async_trait]
pub trait Job: Send + Sync {
    /// Does the work. It may be dropped at any `await` and begun again elsewhere, so that what it has not finished must
    /// not be seen.
    ///
    /// # Errors
    /// Why it could not be done, and whether another try may help.
    async fn run(&self, work: &Work) -> Result<Finished, JobError>;
}

/// Why a try came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Another try may help; the reason is for the person who looks at the task.
    #[error("{0}")]
    Again(String),
    /// No further try will help; the reason is for the person who looks at the task.
    #[error("{0}")]
    Hopeless(String),
    /// Somebody else has the task by now.
    #[error("somebody else has the task")]
    LeaseLost,
    /// The database failed; another try may help. The cause is for the log.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        match error {
            Error::Unavailable | Error::Internal { .. } => Self::Again(error.to_string()),
            other => Self::Hopeless(other.to_string()),
        }
    }
}

/// The job of each kind.
#[must_use]
pub fn job_of(kind: TaskKind) -> Arc<dyn Job> {
    match kind {
        TaskKind::Sync => Arc::new(sync::SyncJob),
        TaskKind::ImportNumbers | TaskKind::ImportUsers => Arc::new(import::ImportJob),
    }
}
