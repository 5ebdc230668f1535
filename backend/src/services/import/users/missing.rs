//! People who are in the portal and not in the file.

use std::collections::HashSet;

use domain::{
    ids::TeamsUserId,
    import::{MissingUser, UserImportSummary},
};

use super::super::{Import, ImportError, RowSink};
use crate::store::teams_user::bulk::{self, UserChange};

/// How many people are looked at at once.
const BATCH: u64 = 1_000;

/// What becomes of people who are not in the file. They are told either way, and stay with the numbers and groups they
/// have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingUsers {
    /// Nothing.
    Keep,
    /// They are disabled, as sign-in blocked at Microsoft would make them; for files with all people of the tenant.
    Disable,
}

/// Tells and, if so asked, disables the enabled people who are not `present`. A rejected row could be about any of them,
/// so with one the file counts as incomplete and nobody is missing.
pub(super) async fn look_for(
    import: &Import<'_>,
    present: &HashSet<TeamsUserId>,
    missing: MissingUsers,
    sink: &mut impl RowSink,
) -> Result<UserImportSummary, ImportError> {
    let mut summary = UserImportSummary {
        rows: import.rows,
        missing: None,
        disabled: 0,
    };
    if import.rows.rejected > 0 {
        return Ok(summary);
    }
    let mut count = 0;
    let mut after = None;
    loop {
        let batch = bulk::enabled_after(&import.db, import.scope, after, BATCH).await;
        let batch = batch.map_err(|error| import.failed(error))?;
        let Some((last, _)) = batch.last() else { break };
        after = Some(*last);
        let absent: Vec<(TeamsUserId, MissingUser)> =
            batch.into_iter().filter(|(id, _)| !present.contains(id)).collect();
        if missing == MissingUsers::Disable {
            let ids: Vec<TeamsUserId> = absent.iter().map(|(id, _)| *id).collect();
            summary.disabled += disable(import, &ids).await?;
        }
        for (_, user) in absent {
            count += 1;
            sink.missing(user)?;
        }
        sink.settled(&import.db).await?;
    }
    summary.missing = Some(count);
    Ok(summary)
}

/// Disables people, unless nothing is to be written; returns how many.
async fn disable(import: &Import<'_>, ids: &[TeamsUserId]) -> Result<u64, ImportError> {
    if import.writes() && !ids.is_empty() {
        let change = UserChange {
            enabled: Some(false),
            ..UserChange::default()
        };
        let done = bulk::change(&import.db, import.scope, ids, &change, import.ctx.now).await;
        done.map_err(|error| import.failed(error))?;
    }
    Ok(u64::try_from(ids.len()).unwrap_or(u64::MAX))
}
