//! Enterprises as their provider keeps them: the table, adding one, its switches, suspending it.

use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    enterprise::{
        ConnectorApp, EnterpriseRecord, EnterpriseRow, EnterpriseSettingsInput, EnterpriseSlug, NewEnterpriseInput,
        TABLE,
    },
    error::Error,
    ids::EnterpriseId,
    table::{Page, TableIndex, TableQuery, WHOLE_LIST_ROWS, WholeList},
};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::{
    Backend,
    access::{EnterpriseScope, authorize, authorize_provider, authorize_within},
    context::OpContext,
    error::{internal, is_unique_violation},
    services::config_snapshot,
    store,
};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::Enterprise,
};

async fn rows(ctx: &OpContext, backend: &Backend, ids: &[EnterpriseId]) -> Result<Vec<EnterpriseRow>, Error> {
    let scope = authorize_provider(ctx, Action::Read, Resource::Provider)?;
    store::enterprise::rows(backend.database(), &scope, ids, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}

/// A provider has few enterprises beside what is in them, so their table is answered in memory.
fn index(rows: &[EnterpriseRow]) -> TableIndex {
    TableIndex::build(&TABLE, rows, EnterpriseRow::indexed)
}

/// One page of the provider's table of enterprises.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(ctx: &OpContext, backend: &Backend, query: &TableQuery) -> Result<Page<EnterpriseRow>, Error> {
    let rows = rows(ctx, backend, &[]).await?;
    Ok(index(&rows).evaluate(query, ctx.now).page_of(&rows))
}

/// All rows of the table, or those of `ids` if there are any; for browsers that answer queries by themselves.
///
/// # Errors
/// As [`list`].
pub async fn list_all(
    ctx: &OpContext,
    backend: &Backend,
    ids: &[EnterpriseId],
) -> Result<WholeList<EnterpriseRow>, Error> {
    let rows = rows(ctx, backend, ids).await?;
    if rows.len() as u64 > WHOLE_LIST_ROWS {
        return Ok(WholeList::TooLong);
    }
    Ok(WholeList::Rows((), rows))
}

/// The rows that `query` finds, in its order, whatever the page; for files.
///
/// # Errors
/// As [`list`].
pub async fn export(ctx: &OpContext, backend: &Backend, query: &TableQuery) -> Result<Vec<EnterpriseRow>, Error> {
    let rows = rows(ctx, backend, &[]).await?;
    let places = index(&rows).matching(query, ctx.now);
    let found = places.into_iter().filter_map(|place| rows.get(place as usize).cloned());
    Ok(found.collect())
}

/// What is set for an enterprise.
///
/// # Errors
/// As [`authorize`]; only its provider may ask. [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn get(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<EnterpriseRecord, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::Enterprise).await?;
    store::enterprise::record(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}

/// Adds an enterprise.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::Invalid`] when a rule is broken; [`Error::Conflict`] when its name in addresses is
/// taken, by whosever enterprise.
pub async fn create(ctx: &OpContext, backend: &Backend, input: &NewEnterpriseInput) -> Result<EnterpriseRecord, Error> {
    let provider = authorize_provider(ctx, Action::Create, Resource::Enterprise)?;
    let (slug, settings) = input.check().map_err(|fields| Error::Invalid { fields })?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    store::enterprise::insert(&db, ctx, &provider, &slug, &settings)
        .await
        .map_err(|error| not_added(ctx, error))?;
    let scope = authorize_within(ctx, &db, &slug, Action::Create, Resource::Enterprise).await?;
    let added = read(&db, ctx, &scope).await?;
    audit(&db, ctx, &scope, AuditAction::Create, (None, &added))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    Ok(added)
}

fn not_added(ctx: &OpContext, error: DbErr) -> Error {
    if is_unique_violation(&error) {
        return Error::conflict("slug", "This address is taken. Choose another one.");
    }
    internal(ctx, error)
}

/// Changes name and switches of the enterprise that was read as `version`. With the unified app in place of the legacy
/// one, everything that waited for a sync becomes live at once.
///
/// # Errors
/// As [`authorize`]; [`Error::Invalid`] when a rule is broken; [`Error::Outdated`] when somebody changed it meanwhile.
pub async fn update(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    version: i64,
    input: &EnterpriseSettingsInput,
) -> Result<EnterpriseRecord, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::Enterprise).await?;
    let settings = input.check().map_err(|fields| Error::Invalid { fields })?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let before = read(&db, ctx, &scope).await?;
    let hit = store::enterprise::update(&db, ctx, &scope, version, &settings)
        .await
        .map_err(failed)?;
    let after = read(&db, ctx, &scope).await?;
    if !hit {
        return Err(outdated(&after));
    }
    audit(&db, ctx, &scope, AuditAction::Update, (Some(&before), &after))
        .await
        .map_err(failed)?;
    if before.switches.connector_app == ConnectorApp::Legacy {
        config_snapshot::changed(&db, ctx, &scope).await.map_err(failed)?;
    }
    db.commit().await.map_err(failed)?;
    Ok(after)
}

/// Suspends the enterprise that was read as `version`, which locks its own people out and changes nothing else, or resumes
/// it.
///
/// # Errors
/// As [`authorize`]; [`Error::Outdated`] when somebody changed it meanwhile.
pub async fn set_suspended(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    version: i64,
    suspended: bool,
) -> Result<EnterpriseRecord, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::Enterprise).await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let before = read(&db, ctx, &scope).await?;
    let hit = store::enterprise::set_suspended(&db, ctx, &scope, version, suspended)
        .await
        .map_err(failed)?;
    let after = read(&db, ctx, &scope).await?;
    if !hit {
        return Err(outdated(&after));
    }
    audit(&db, ctx, &scope, AuditAction::Update, (Some(&before), &after))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    Ok(after)
}

async fn read(db: &DatabaseTransaction, ctx: &OpContext, scope: &EnterpriseScope) -> Result<EnterpriseRecord, Error> {
    store::enterprise::record(db, scope)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}

fn outdated(now: &EnterpriseRecord) -> Error {
    Error::Outdated {
        resource: Resource::Enterprise,
        id: now.id.0,
        current_version: now.version,
    }
}

async fn audit(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    action: AuditAction,
    (before, after): (Option<&EnterpriseRecord>, &EnterpriseRecord),
) -> Result<(), DbErr> {
    let subject = AuditSubject {
        action,
        resource: Resource::Enterprise,
        id: Some(after.id.0),
    };
    store::audit::write(db, ctx, scope, subject, before, Some(after)).await
}
