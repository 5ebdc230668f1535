//! Tasks: the table, starting a sync, trying a failed one again.

use domain::{enterprise::EnterpriseSlug, ids::TaskId, table::Page, task::TaskRow};
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

/// One page of the Tasks table; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "task/list", input = GetUrl, output = Binary)]
pub async fn list_tasks(enterprise: EnterpriseSlug, query: String) -> Result<Page<TaskRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::task::TABLE);
    respond(backend::services::task::list(&context.op, &context.backend, &enterprise, &query).await)
}

/// All rows of the Tasks table, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "task/list_all", input = Binary, output = Streaming)]
pub async fn list_all_tasks(enterprise: EnterpriseSlug, ids: Vec<TaskId>) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::task::list_all(&context.op, &context.backend, &enterprise, &ids).await;
    send(respond(list)?)
}

/// One task.
///
/// # Errors
/// Signed out, not in reach, no such task, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "task/get", input = GetUrl, output = Binary)]
pub async fn get_task(enterprise: EnterpriseSlug, id: TaskId) -> Result<TaskRow, AppError> {
    let context = server_context()?;
    respond(backend::services::task::get(&context.op, &context.backend, &enterprise, id).await)
}

/// Publishes the enterprise's configuration to its connectors, soon; answers with the sync that is under way if there is
/// one.
///
/// # Errors
/// The role does not allow it, or changes are live at once there.
#[server(prefix = "/rpc", endpoint = "task/start_sync", input = Binary, output = Binary)]
pub async fn start_sync(enterprise: EnterpriseSlug) -> Result<TaskRow, AppError> {
    let context = server_context()?;
    respond(backend::services::task::start_sync(&context.op, &context.backend, &enterprise).await)
}

/// Lets a failed task be tried again.
///
/// # Errors
/// No such task, it has not failed, another one about the same is unfinished, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "task/retry", input = Binary, output = Binary)]
pub async fn retry_task(enterprise: EnterpriseSlug, id: TaskId) -> Result<TaskRow, AppError> {
    let context = server_context()?;
    respond(backend::services::task::retry(&context.op, &context.backend, &enterprise, id).await)
}
