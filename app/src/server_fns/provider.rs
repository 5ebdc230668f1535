//! A provider's own details.

use domain::enterprise::{ContactInput, ProviderDetails};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};
use crate::{error::AppError, server_fns::wire::Binary};

/// The provider's own details.
///
/// # Errors
/// Signed out, no provider's admin, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "provider/get", input = GetUrl, output = Binary)]
pub async fn get_provider() -> Result<ProviderDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::provider::details(&context.op, &context.backend).await)
}

/// Changes the details that were read as `version`.
///
/// # Errors
/// Outdated when somebody changed them, a rule is broken, no provider's admin.
#[server(prefix = "/rpc", endpoint = "provider/update", input = Binary, output = Binary)]
pub async fn update_provider(version: i64, input: ContactInput) -> Result<ProviderDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::provider::update(&context.op, &context.backend, version, &input).await)
}
