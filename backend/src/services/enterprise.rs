//! Enterprises: which ones are in reach, and what their pages need to know.

mod console;

use domain::{
    access::{Action, Resource, Role},
    enterprise::{EnterpriseContext, EnterpriseSlug, EnterpriseSummary},
    error::Error,
};

pub use self::console::{create, export, get, list, list_all, set_suspended, update};
use crate::{
    Backend,
    access::authorize,
    context::{Actor, OpContext},
    error::internal,
    store,
};

/// Every enterprise in reach of the signed-in person, by name, each once with the strongest role.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list_mine(ctx: &OpContext, backend: &Backend) -> Result<Vec<EnterpriseSummary>, Error> {
    let Actor::Account(signed_in) = &ctx.actor else {
        return Err(Error::SignedOut);
    };
    let grants = &signed_in.grants;
    let listed = store::enterprise::list_for(backend.database(), grants)
        .await
        .map_err(|error| internal(ctx, error))?;
    let summary = |row: store::enterprise::Listed| {
        let role = grants
            .iter()
            .filter_map(|grant| grant.role_at(row.id, row.provider))
            .min()?;
        let reachable = !row.suspended || role == Role::ProviderAdmin;
        reachable.then_some(EnterpriseSummary {
            slug: row.slug,
            name: row.name,
            role,
        })
    };
    Ok(listed.into_iter().filter_map(summary).collect())
}

/// What the pages of `enterprise` need to know about it.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn context(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
) -> Result<EnterpriseContext, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::Enterprise).await?;
    store::enterprise::context(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(Error::NotFound {
            resource: Resource::Enterprise,
        })
}
