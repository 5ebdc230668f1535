//! Domain subscriptions, as an enterprise sees them. Adding one and renewing one at once are in `subscribe`, deleting one
//! is in `deletion`.

mod deletion;
mod rows;
mod subscribe;

use domain::{
    access::{Action, Resource},
    domain_subscription::{DomainSubscriptionDetails, DomainSubscriptionRow},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::DomainSubscriptionId,
};

pub use self::{
    deletion::{delete, resume_deletions},
    subscribe::{renew, subscribe},
};
use super::table::table_services;
use crate::{Backend, access::authorize, context::OpContext, error::internal, store};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::DomainSubscription,
};

table_services!(
    "Domains",
    DomainSubscriptionRow,
    DomainSubscriptionRow,
    DomainSubscriptionId
);

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
