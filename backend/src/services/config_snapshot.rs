//! The effective configuration: publishing it, and telling what is live, what is not, and who changed it.
//!
//! Nobody publishes by hand: with the unified app each change does so in its own transaction (`changed`), with the
//! legacy app a sync does (`publish`).

use chrono::{DateTime, Utc};
use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    config_snapshot::{
        Configuration, ConfiguredRow, PendingChanges, Published, Snapshot, SnapshotHistory, TABLE, Touched,
    },
    enterprise::{ConnectorApp, EnterpriseSlug},
    error::Error,
    ids::PhoneNumberId,
    table::{Page, TableIndex, TableQuery, WholeList},
};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::export::{Export, Reading};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    store,
};

/// How often a snapshot is read again that was replaced meanwhile.
const READ_TRIES: u32 = 3;

/// Makes what the transaction has changed live, if the enterprise uses the unified app; with the legacy app it waits for
/// a sync. Whatever changes groups, assignments, numbers or people calls this once, after its audit entry and right
/// before it commits.
///
/// No audit entry tells of it: the one of the change does.
pub(crate) async fn changed(db: &DatabaseTransaction, ctx: &OpContext, scope: &EnterpriseScope) -> Result<(), DbErr> {
    let app = store::enterprise::connector_app(db, scope).await?;
    if app == ConnectorApp::Legacy {
        return Ok(());
    }
    store::audit::lock(db, scope).await?;
    // What was changed while the enterprise used the legacy app is perhaps not live yet.
    let last = store::config_snapshot::last(db, scope).await?;
    let touched = match last.map(|last| last.summary.connector_app) {
        Some(ConnectorApp::Unified) => store::config_snapshot::touched_by_request(db, ctx, scope).await?,
        Some(ConnectorApp::Legacy) | None => Touched::Everything,
    };
    store::config_snapshot::publish(db, ctx, scope, app, &touched)
        .await
        .map(drop)
}

/// Makes everything live that is not, whatever the app; for a sync. Publishes nothing when nothing differs.
pub(crate) async fn publish(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
) -> Result<Published, DbErr> {
    let app = store::enterprise::connector_app(db, scope).await?;
    store::audit::lock(db, scope).await?;
    let before = store::config_snapshot::last(db, scope).await?;
    let published = store::config_snapshot::publish(db, ctx, scope, app, &Touched::Everything).await?;
    if before.map_or(0, |before| before.number) < published.number {
        let subject = AuditSubject {
            action: AuditAction::Publish,
            resource: Resource::ConfigSnapshot,
            id: None,
        };
        store::audit::write(db, ctx, scope, subject, None::<&()>, Some(&published)).await?;
    }
    Ok(published)
}

/// The changes that are not live yet, who made them, and since when.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn pending(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<PendingChanges, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::ConfigSnapshot).await?;
    store::config_snapshot::pending(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))
}

/// How many changes are not live yet.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn pending_count(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<u64, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::ConfigSnapshot).await?;
    store::config_snapshot::pending_count(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))
}

/// The snapshot that is live, and those before.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn history(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
) -> Result<SnapshotHistory, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::ConfigSnapshot).await?;
    store::config_snapshot::history(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))
}

/// What is live, as connectors read it.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn configuration(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
) -> Result<Configuration, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::ConfigSnapshot).await?;
    store::config_snapshot::configuration(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))
}

/// The number of the snapshot that is live; 0 if nothing was ever published.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn current_number(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<i64, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::ConfigSnapshot).await?;
    let last = store::config_snapshot::last(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))?;
    Ok(last.map_or(0, |last| last.number))
}

/// The snapshot that is live with what is in it; none if nothing was ever published.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] when it changes faster than it can be read; [`Error::Internal`] when the
/// database fails.
pub async fn current(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
) -> Result<Option<(Snapshot, Configuration)>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::ConfigSnapshot).await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_read(backend.database()).await.map_err(failed)?;
    for _ in 0..READ_TRIES {
        let Some(before) = store::config_snapshot::last(&db, &scope).await.map_err(failed)? else {
            return Ok(None);
        };
        let content = store::config_snapshot::configuration(&db, &scope)
            .await
            .map_err(failed)?;
        let after = store::config_snapshot::last(&db, &scope).await.map_err(failed)?;
        // PostgreSQL shows each statement what is committed by then.
        if after.is_some_and(|after| after.number == before.number) {
            return Ok(Some((before, content)));
        }
    }
    Err(Error::Unavailable)
}

/// One page of the table of what is live.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Page<ConfiguredRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::ConfigSnapshot).await?;
    let rows = store::config_snapshot::table(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))?;
    Ok(index(&rows).evaluate(query, ctx.now).page_of(&rows))
}

/// What is live is kept as it was published and not in columns, so its table is answered in memory.
fn index(rows: &[ConfiguredRow]) -> TableIndex {
    TableIndex::build(&TABLE, rows, ConfiguredRow::indexed)
}

/// The rows of the table of what is live that `query` finds, in its order, whatever the page; for files.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn export(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Export<ConfiguredRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::ConfigSnapshot).await?;
    let ids = store::config_snapshot::table(backend.database(), &scope)
        .await
        .map(|rows| matching(&rows, query, ctx.now));
    Export::new(ctx, backend, scope, ids, exported)
}

fn matching(rows: &[ConfiguredRow], query: &TableQuery, now: DateTime<Utc>) -> Vec<Uuid> {
    let places = index(rows).matching(query, now);
    places
        .into_iter()
        .filter_map(|place| rows.get(place as usize))
        .map(|row| row.id.0)
        .collect()
}

fn exported<'r>(
    backend: &'r Backend,
    scope: &'r EnterpriseScope,
    ids: &'r [Uuid],
    _now: DateTime<Utc>,
) -> Reading<'r, ConfiguredRow> {
    Box::pin(store::config_snapshot::rows(backend.database(), scope, ids))
}

/// All rows of the table of what is live, or those of `ids` if there are any; for browsers that answer queries by
/// themselves.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list_all(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    ids: &[PhoneNumberId],
) -> Result<WholeList<ConfiguredRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::ConfigSnapshot).await?;
    store::config_snapshot::all(backend.database(), &scope, ids)
        .await
        .map_err(|error| internal(ctx, error))
}
