//! A provider's own details.

use domain::enterprise::{ContactInput, ProviderDetails};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};

/// The provider's own details.
///
/// # Errors
/// Signed out, no provider's admin, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "provider/get", input = GetUrl)]
pub async fn get_provider() -> Result<ProviderDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::provider::details(&context.op, &context.backend).await)
}

/// Changes the details that were read as `version`.
///
/// # Errors
/// Outdated when somebody changed them, a rule is broken, no provider's admin.
#[server(prefix = "/rpc", endpoint = "provider/update", input = Json)]
pub async fn update_provider(version: i64, input: ContactInput) -> Result<ProviderDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::provider::update(&context.op, &context.backend, version, &input).await)
}
