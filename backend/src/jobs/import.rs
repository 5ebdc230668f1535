//! Imports an uploaded file, in one transaction: after a kill it begins anew, and nothing of the first try is there.

use async_trait::async_trait;
use domain::task::TaskResult;

use super::{Finished, Job, JobError, Work};
use crate::services::{
    import::ImportError,
    import_upload::{Order, carry_out},
};

pub(super) struct ImportJob;

#[async_trait]
impl Job for ImportJob {
    async fn run(&self, work: &Work) -> Result<Finished, JobError> {
        let order: Order = work.payload()?;
        // What an earlier try has told of its progress is of no meaning any more.
        work.progress_beside_transaction(0, None).await?;
        let (summary, db) = carry_out(&work.context(), &work.backend, &work.claim.enterprise, order, work).await?;
        let result = TaskResult::Import {
            added: summary.rows.added,
            updated: summary.rows.updated,
            unchanged: summary.rows.unchanged,
            rejected: summary.rows.rejected,
            disabled: summary.disabled,
        };
        work.finish(db, Some(result)).await
    }
}

impl From<ImportError> for JobError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Refused(error) => error.into(),
            ImportError::File(_) => Self::Hopeless(format!("{error} Nothing was imported.")),
            ImportError::Report(_) => Self::Again(format!("{error} Nothing was imported.")),
        }
    }
}
