//! Live updates: listening to what changes in an enterprise.

use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
};

pub use crate::live::Subscription;
use crate::{Backend, access::authorize, context::OpContext};

/// Listens to the changes in `enterprise`. An event names what was changed, never its content.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn subscribe(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<Subscription, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::Enterprise).await?;
    Ok(backend.changes().subscribe(scope.enterprise(), backend.database()))
}

/// Whether the asker may still listen.
///
/// # Errors
/// As [`subscribe`].
pub async fn check(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<(), Error> {
    authorize(ctx, backend, enterprise, Action::Read, Resource::Enterprise)
        .await
        .map(drop)
}
