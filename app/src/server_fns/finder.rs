//! Find anything.

use domain::{enterprise::EnterpriseSlug, finder::Found};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};
use crate::{error::AppError, server_fns::wire::Binary};

/// The best few groups, people and numbers for what is typed.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "finder/find", input = GetUrl, output = Binary)]
pub async fn find_anything(enterprise: EnterpriseSlug, search: String) -> Result<Found, AppError> {
    let context = server_context()?;
    respond(backend::services::finder::find(&context.op, &context.backend, &enterprise, &search).await)
}
