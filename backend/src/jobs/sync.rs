//! Sync SMS App: publishes an enterprise's effective configuration, so that connectors read it.

use async_trait::async_trait;
use domain::task::TaskResult;

use super::{Finished, Job, JobError, Work};
use crate::services::config_snapshot;

pub(super) struct SyncJob;

#[async_trait]
impl Job for SyncJob {
    async fn run(&self, work: &Work) -> Result<Finished, JobError> {
        let db = work.begin().await?;
        let published = config_snapshot::publish(&db, &work.context(), work.scope()).await?;
        let result = TaskResult::Sync {
            snapshot: published.number,
            changes: published.changes,
        };
        work.finish(db, Some(result)).await
    }
}
