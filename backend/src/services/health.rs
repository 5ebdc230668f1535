//! The health of an enterprise: what needs an admin's attention, in a few counts.

use domain::{
    access::{Action, Resource},
    enterprise::{ConnectorApp, EnterpriseSlug},
    error::Error,
    health::HealthSummary,
    task::TaskKind,
};

use crate::{Backend, access::authorize, context::OpContext, error::internal, store};

/// What needs attention in `enterprise` now. What is counted is what the filtered tables show.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn summary(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<HealthSummary, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::Enterprise).await?;
    let failed = |error| internal(ctx, error);
    let db = backend.database();
    let counts = store::health::counts(db, &scope, ctx.now)
        .await
        .map_err(failed)?
        .ok_or(Error::NotFound {
            resource: Resource::Enterprise,
        })?;
    let (pending_changes, last_sync) = match counts.connector_app {
        ConnectorApp::Unified => (None, None),
        ConnectorApp::Legacy => {
            let pending = store::config_snapshot::pending_count(db, &scope)
                .await
                .map_err(failed)?;
            let last = store::task::latest(db, &scope, TaskKind::Sync).await.map_err(failed)?;
            (Some(pending), last)
        }
    };
    let alerts = store::alert::newest(db, &scope).await.map_err(failed)?;
    Ok(HealthSummary {
        expired: counts.expired,
        expiring: counts.expiring,
        free_numbers: counts.free_numbers,
        unassigned_numbers: counts.unassigned_numbers,
        unreachable_groups: counts.unreachable_groups,
        pending_changes,
        last_sync,
        alerts,
    })
}
