//! Carrier profiles, as an enterprise sees them: never a secret. Changing them is in `edit`, trying them out in `check`.

mod access;
mod check;
mod edit;

use chrono::{DateTime, Utc};
use domain::{
    access::{Action, Resource},
    carrier_profile::CarrierProfileRow,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::CarrierProfileId,
    table::{Page, TableQuery, WholeList},
};
use uuid::Uuid;

pub(crate) use self::access::access_of;
pub use self::{
    check::check,
    edit::{create, delete, forms, get, update},
};
use super::export::{Export, Reading};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    store,
};

/// One page of the Carriers table.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Page<CarrierProfileRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::CarrierProfile).await?;
    store::carrier_profile::list(backend.database(), &scope, query, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}

/// The rows of the Carriers table that `query` finds, in its order, whatever the page; for files.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn export(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Export<CarrierProfileRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::CarrierProfile).await?;
    let ids = store::carrier_profile::matching(backend.database(), &scope, query, ctx.now).await;
    Export::new(ctx, backend, scope, ids, exported)
}

fn exported<'r>(
    backend: &'r Backend,
    scope: &'r EnterpriseScope,
    ids: &'r [Uuid],
    now: DateTime<Utc>,
) -> Reading<'r, CarrierProfileRow> {
    Box::pin(store::carrier_profile::rows(backend.database(), scope, ids, now))
}

/// All rows of the Carriers table, or those of `ids` if there are any; for browsers that answer queries by themselves.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list_all(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    ids: &[CarrierProfileId],
) -> Result<WholeList<CarrierProfileRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::CarrierProfile).await?;
    store::carrier_profile::all(backend.database(), &scope, ids, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}
