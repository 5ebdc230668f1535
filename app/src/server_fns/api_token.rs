//! API tokens of the signed-in person.

use domain::{
    api_token::{ApiTokenInput, ApiTokenRow, NewApiToken},
    ids::ApiTokenId,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};
use crate::{error::AppError, server_fns::wire::Binary};

/// The person's tokens, the latest first.
///
/// # Errors
/// Signed out, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "api_token/list", input = GetUrl, output = Binary)]
pub async fn list_api_tokens() -> Result<Vec<ApiTokenRow>, AppError> {
    let context = server_context()?;
    respond(backend::services::api_token::list(&context.op, &context.backend).await)
}

/// Makes a token, and tells it this once.
///
/// # Errors
/// A field breaks a rule, the enterprise is not in reach, the role does not allow it, there are too many.
#[server(prefix = "/rpc", endpoint = "api_token/create", input = Binary, output = Binary)]
pub async fn create_api_token(input: ApiTokenInput) -> Result<NewApiToken, AppError> {
    let context = server_context()?;
    respond(backend::services::api_token::create(&context.op, &context.backend, &input).await)
}

/// Ends a token at once.
///
/// # Errors
/// Signed out, or no such token.
#[server(prefix = "/rpc", endpoint = "api_token/revoke", input = Binary, output = Binary)]
pub async fn revoke_api_token(id: ApiTokenId) -> Result<(), AppError> {
    let context = server_context()?;
    respond(backend::services::api_token::revoke(&context.op, &context.backend, id).await)
}
