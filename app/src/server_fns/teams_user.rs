//! Teams users, as pickers offer them.

use domain::{enterprise::EnterpriseSlug, teams_user::TeamsUserRef};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};

/// The people whose name or sign-in name contains `search`, by name; at most [`super::PICKER_LIMIT`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "teams_user/options", input = GetUrl)]
pub async fn teams_user_options(enterprise: EnterpriseSlug, search: String) -> Result<Vec<TeamsUserRef>, AppError> {
    let context = server_context()?;
    let limit = super::PICKER_LIMIT;
    respond(backend::services::teams_user::options(&context.op, &context.backend, &enterprise, &search, limit).await)
}
