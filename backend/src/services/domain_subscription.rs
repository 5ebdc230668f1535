//! Domain subscriptions, as an enterprise sees them.

use domain::{
    access::{Action, Resource},
    domain_subscription::DomainSubscriptionRow,
    enterprise::EnterpriseSlug,
    error::Error,
    table::{Page, TableQuery},
};

use crate::{Backend, access::authorize, context::OpContext, error::internal, store};

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
