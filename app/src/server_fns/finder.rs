//! Find anything.

use domain::{enterprise::EnterpriseSlug, finder::Found};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};

/// The best few groups, people and numbers for what is typed.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "finder/find", input = GetUrl)]
pub async fn find_anything(enterprise: EnterpriseSlug, search: String) -> Result<Found, AppError> {
    let context = server_context()?;
    respond(backend::services::finder::find(&context.op, &context.backend, &enterprise, &search).await)
}
