//! Live updates: listening to what changes in an enterprise.

use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::ProviderId,
};

pub use crate::live::Subscription;
use crate::{
    Backend,
    access::{authorize, authorize_provider},
    context::OpContext,
    live::{Audience, Sources},
};

/// Listens to the changes in `enterprise`. An event names what was changed, never its content.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn subscribe(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<Subscription, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::Enterprise).await?;
    let audience = Audience::of_enterprise(&scope);
    Ok(listen(backend, audience))
}

/// Listens to the changes in all enterprises of the provider whom the asker runs.
///
/// # Errors
/// As [`authorize_provider`].
pub fn subscribe_provider(ctx: &OpContext, backend: &Backend) -> Result<Subscription, Error> {
    let scope = authorize_provider(ctx, Action::Read, Resource::Provider)?;
    let audience = Audience::of_provider(&scope);
    Ok(listen(backend, audience))
}

fn listen(backend: &Backend, audience: Audience) -> Subscription {
    let sources = Sources {
        database: backend.database().clone(),
        told_progress: backend.told_progress().clone(),
    };
    backend.changes().subscribe(audience, sources)
}

/// Whether the asker may still listen to all enterprises of `provider`, as [`Subscription::provider`] names it.
///
/// # Errors
/// As [`subscribe_provider`]; [`Error::NotFound`] also for somebody who runs another provider by now: what they listen to
/// is not theirs any more.
pub fn check_provider(ctx: &OpContext, provider: ProviderId) -> Result<(), Error> {
    let scope = authorize_provider(ctx, Action::Read, Resource::Provider)?;
    if scope.provider() == provider {
        return Ok(());
    }
    Err(Error::NotFound {
        resource: Resource::Provider,
    })
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
