//! Domain subscriptions, as an enterprise sees them. Adding one and renewing one at once are in `subscribe`, deleting one
//! is in `deletion`.

mod deletion;
mod rows;
mod subscribe;

use chrono::{DateTime, Utc};
use domain::{
    access::{Action, Resource},
    domain_subscription::{DomainSubscriptionDetails, DomainSubscriptionRow},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::DomainSubscriptionId,
    table::{Page, TableQuery, WholeList},
};
use uuid::Uuid;

pub use self::{
    deletion::{delete, resume_deletions},
    subscribe::{renew, subscribe},
};
use super::export::{Export, Reading};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    store,
};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::DomainSubscription,
};

/// One page of the Domains table.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Page<DomainSubscriptionRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::DomainSubscription).await?;
    store::domain_subscription::list(backend.database(), &scope, query, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}

/// The rows of the Domains table that `query` finds, in its order, whatever the page; for files.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn export(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Export<DomainSubscriptionRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::DomainSubscription).await?;
    let ids = store::domain_subscription::matching(backend.database(), &scope, query, ctx.now).await;
    Export::new(ctx, backend, scope, ids, exported)
}

fn exported<'r>(
    backend: &'r Backend,
    scope: &'r EnterpriseScope,
    ids: &'r [Uuid],
    now: DateTime<Utc>,
) -> Reading<'r, DomainSubscriptionRow> {
    Box::pin(store::domain_subscription::rows(backend.database(), scope, ids, now))
}

/// All rows of the Domains table, or those of `ids` if there are any; for browsers that answer queries by themselves.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list_all(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    ids: &[DomainSubscriptionId],
) -> Result<WholeList<DomainSubscriptionRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::DomainSubscription).await?;
    store::domain_subscription::all(backend.database(), &scope, ids, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}

/// One domain with what deleting it stops and what others have subscribed on it.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such domain in this enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: DomainSubscriptionId,
) -> Result<DomainSubscriptionDetails, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::DomainSubscription).await?;
    store::domain_subscription::details(backend.database(), &scope, id, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}
