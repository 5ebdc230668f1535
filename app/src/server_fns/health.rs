//! The health of an enterprise.

use domain::{enterprise::EnterpriseSlug, health::HealthSummary};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};
use crate::{error::AppError, server_fns::wire::Binary};

/// What needs attention in `enterprise` now.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "health/summary", input = GetUrl, output = Binary)]
pub async fn load_health(enterprise: EnterpriseSlug) -> Result<HealthSummary, AppError> {
    let context = server_context()?;
    respond(backend::services::health::summary(&context.op, &context.backend, &enterprise).await)
}
