//! The enterprise whose pages are open, and the enterprises of a provider.

use domain::{
    enterprise::{
        EnterpriseContext, EnterpriseRecord, EnterpriseRow, EnterpriseSettingsInput, EnterpriseSlug, NewEnterpriseInput,
    },
    ids::EnterpriseId,
    table::Page,
};
use leptos::{
    prelude::*,
    server_fn::codec::{ByteStream, GetUrl, Streaming},
};

use crate::{error::AppError, server_fns::wire::Binary};
#[cfg(feature = "ssr")]
use crate::{
    server_context::{respond, server_context},
    server_fns::{list::send, table_query},
};

/// Everything the pages of `enterprise` need to know about it.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "enterprise/context", input = GetUrl, output = Binary)]
pub async fn load_enterprise(enterprise: EnterpriseSlug) -> Result<EnterpriseContext, AppError> {
    let context = server_context()?;
    respond(backend::services::enterprise::context(&context.op, &context.backend, &enterprise).await)
}

/// One page of the provider's table of enterprises; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, no provider's admin, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "enterprise/list", input = GetUrl, output = Binary)]
pub async fn list_enterprises(query: String) -> Result<Page<EnterpriseRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::enterprise::TABLE);
    respond(backend::services::enterprise::list(&context.op, &context.backend, &query).await)
}

/// All rows of the provider's table of enterprises, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, no provider's admin, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "enterprise/list_all", input = Binary, output = Streaming)]
pub async fn list_all_enterprises(ids: Vec<EnterpriseId>) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::enterprise::list_all(&context.op, &context.backend, &ids).await;
    send(respond(list)?)
}

/// What is set for an enterprise; for its provider.
///
/// # Errors
/// Signed out, not in reach, the role does not allow it, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "enterprise/get", input = GetUrl, output = Binary)]
pub async fn get_enterprise(enterprise: EnterpriseSlug) -> Result<EnterpriseRecord, AppError> {
    let context = server_context()?;
    respond(backend::services::enterprise::get(&context.op, &context.backend, &enterprise).await)
}

/// Adds an enterprise.
///
/// # Errors
/// A rule is broken, the address is taken, no provider's admin.
#[server(prefix = "/rpc", endpoint = "enterprise/create", input = Binary, output = Binary)]
pub async fn create_enterprise(input: NewEnterpriseInput) -> Result<EnterpriseRecord, AppError> {
    let context = server_context()?;
    respond(backend::services::enterprise::create(&context.op, &context.backend, &input).await)
}

/// Changes name and switches of the enterprise that was read as `version`.
///
/// # Errors
/// Outdated when somebody changed it, a rule is broken, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "enterprise/update", input = Binary, output = Binary)]
pub async fn update_enterprise(
    enterprise: EnterpriseSlug,
    version: i64,
    input: EnterpriseSettingsInput,
) -> Result<EnterpriseRecord, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::enterprise::update(op, backend, &enterprise, version, &input).await)
}

/// Suspends or resumes the enterprise that was read as `version`.
///
/// # Errors
/// Outdated when somebody changed it, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "enterprise/set_suspended", input = Binary, output = Binary)]
pub async fn suspend_enterprise(
    enterprise: EnterpriseSlug,
    version: i64,
    suspended: bool,
) -> Result<EnterpriseRecord, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::enterprise::set_suspended(op, backend, &enterprise, version, suspended).await)
}
