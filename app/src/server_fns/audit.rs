//! The audit log: the table, one entry, the history of one thing.

use domain::{
    access::Resource,
    audit::{AuditEntry, AuditEventRow, AuditHistory},
    enterprise::EnterpriseSlug,
    ids::AuditEventId,
    table::Page,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::{error::AppError, server_fns::wire::Binary};
#[cfg(feature = "ssr")]
use crate::{
    server_context::{respond, server_context},
    server_fns::table_query,
};

/// One page of the audit log; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "audit/list", input = GetUrl, output = Binary)]
pub async fn list_audit_events(enterprise: EnterpriseSlug, query: String) -> Result<Page<AuditEventRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::audit::TABLE);
    respond(backend::services::audit::list(&context.op, &context.backend, &enterprise, &query).await)
}

/// One entry with everything that changed.
///
/// # Errors
/// Signed out, not in reach, no such entry, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "audit/get", input = GetUrl, output = Binary)]
pub async fn get_audit_entry(enterprise: EnterpriseSlug, id: AuditEventId) -> Result<AuditEntry, AppError> {
    let context = server_context()?;
    respond(backend::services::audit::get(&context.op, &context.backend, &enterprise, id).await)
}

/// What was done to the thing of that kind and id.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "audit/history", input = GetUrl, output = Binary)]
pub async fn list_audit_history(
    enterprise: EnterpriseSlug,
    resource: Resource,
    id: Uuid,
) -> Result<AuditHistory, AppError> {
    let context = server_context()?;
    respond(backend::services::audit::history(&context.op, &context.backend, &enterprise, resource, id).await)
}
