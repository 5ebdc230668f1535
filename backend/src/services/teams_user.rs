//! Teams users, as pickers offer them.

use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
    table::searchable,
    teams_user::TeamsUserRef,
};

use crate::{Backend, access::authorize, context::OpContext, error::internal, store};

/// The people whose name or sign-in name contains `search`, by name; at most `limit`.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn options(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    search: &str,
    limit: u64,
) -> Result<Vec<TeamsUserRef>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::TeamsUser).await?;
    store::teams_user::options(backend.database(), &scope, &searchable(search), limit)
        .await
        .map_err(|error| internal(ctx, error))
}
