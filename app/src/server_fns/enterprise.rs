//! The enterprise whose pages are open.

use domain::enterprise::{EnterpriseContext, EnterpriseSlug};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};

/// Everything the pages of `enterprise` need to know about it.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "enterprise/context", input = GetUrl)]
pub async fn load_enterprise(enterprise: EnterpriseSlug) -> Result<EnterpriseContext, AppError> {
    let context = server_context()?;
    respond(backend::services::enterprise::context(&context.op, &context.backend, &enterprise).await)
}
