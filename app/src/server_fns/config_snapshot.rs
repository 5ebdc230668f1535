//! The effective configuration: what is live, what is not, and the snapshots.

use domain::{
    config_snapshot::{ConfiguredRow, PendingChanges, SnapshotHistory},
    enterprise::EnterpriseSlug,
    ids::PhoneNumberId,
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

/// The changes that are not live yet, who made them, and since when.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "config_snapshot/pending", input = GetUrl, output = Binary)]
pub async fn get_pending_changes(enterprise: EnterpriseSlug) -> Result<PendingChanges, AppError> {
    let context = server_context()?;
    respond(backend::services::config_snapshot::pending(&context.op, &context.backend, &enterprise).await)
}

/// How many changes are not live yet.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "config_snapshot/pending_count", input = GetUrl, output = Binary)]
pub async fn count_pending_changes(enterprise: EnterpriseSlug) -> Result<u64, AppError> {
    let context = server_context()?;
    respond(backend::services::config_snapshot::pending_count(&context.op, &context.backend, &enterprise).await)
}

/// The snapshot that is live, and those before.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "config_snapshot/history", input = GetUrl, output = Binary)]
pub async fn get_snapshot_history(enterprise: EnterpriseSlug) -> Result<SnapshotHistory, AppError> {
    let context = server_context()?;
    respond(backend::services::config_snapshot::history(&context.op, &context.backend, &enterprise).await)
}

/// One page of the table of what is live; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "config_snapshot/list", input = GetUrl, output = Binary)]
pub async fn list_configured_numbers(
    enterprise: EnterpriseSlug,
    query: String,
) -> Result<Page<ConfiguredRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::config_snapshot::TABLE);
    respond(backend::services::config_snapshot::list(&context.op, &context.backend, &enterprise, &query).await)
}

/// All rows of the table of what is live, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "config_snapshot/list_all", input = Binary, output = Streaming)]
pub async fn list_all_configured_numbers(
    enterprise: EnterpriseSlug,
    ids: Vec<PhoneNumberId>,
) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::config_snapshot::list_all(&context.op, &context.backend, &enterprise, &ids).await;
    send(respond(list)?)
}
