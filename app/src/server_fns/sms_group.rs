//! SMS groups: the table and the dialogs.

use domain::{
    enterprise::EnterpriseSlug,
    ids::SmsGroupId,
    sms_group::{RestoredGroup, SmsGroup, SmsGroupInput, SmsGroupRow},
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

/// One page of the Groups table; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "sms_group/list", input = GetUrl, output = Binary)]
pub async fn list_sms_groups(enterprise: EnterpriseSlug, query: String) -> Result<Page<SmsGroupRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::sms_group::TABLE);
    respond(backend::services::sms_group::list(&context.op, &context.backend, &enterprise, &query).await)
}

/// All rows of the Groups table, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "sms_group/list_all", input = Binary, output = Streaming)]
pub async fn list_all_sms_groups(
    enterprise: EnterpriseSlug,
    ids: Vec<SmsGroupId>,
) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::sms_group::list_all(&context.op, &context.backend, &enterprise, &ids).await;
    send(respond(list)?)
}

/// One group with everything in it.
///
/// # Errors
/// Signed out, not in reach, no such group, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "sms_group/get", input = GetUrl, output = Binary)]
pub async fn get_sms_group(enterprise: EnterpriseSlug, id: SmsGroupId) -> Result<SmsGroup, AppError> {
    let context = server_context()?;
    respond(backend::services::sms_group::get(&context.op, &context.backend, &enterprise, id).await)
}

/// Adds a group.
///
/// # Errors
/// A field breaks a rule, the name or a number is taken, a conflict at `domain::number::COOLING_OFF` while the cooling-off
/// time of a new number runs and nobody has confirmed, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "sms_group/create", input = Binary, output = Binary)]
pub async fn create_sms_group(enterprise: EnterpriseSlug, input: SmsGroupInput) -> Result<SmsGroup, AppError> {
    let context = server_context()?;
    respond(backend::services::sms_group::create(&context.op, &context.backend, &enterprise, &input).await)
}

/// Changes the group that was read as `version`.
///
/// # Errors
/// As for adding, and outdated when somebody saved a newer version.
#[server(prefix = "/rpc", endpoint = "sms_group/update", input = Binary, output = Binary)]
pub async fn update_sms_group(
    enterprise: EnterpriseSlug,
    id: SmsGroupId,
    version: i64,
    input: SmsGroupInput,
) -> Result<SmsGroup, AppError> {
    let context = server_context()?;
    respond(backend::services::sms_group::update(&context.op, &context.backend, &enterprise, id, version, &input).await)
}

/// Deletes the group that was read as `version` and frees its numbers.
///
/// # Errors
/// Outdated when somebody saved a newer version, no such group, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "sms_group/delete", input = Binary, output = Binary)]
pub async fn delete_sms_group(enterprise: EnterpriseSlug, id: SmsGroupId, version: i64) -> Result<(), AppError> {
    let context = server_context()?;
    respond(backend::services::sms_group::delete(&context.op, &context.backend, &enterprise, id, version).await)
}

/// Brings a deleted group back, as far as that is possible, for some minutes after its deletion.
///
/// # Errors
/// Too late, back already, its name is taken, its owner or all members are gone, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "sms_group/restore", input = Binary, output = Binary)]
pub async fn restore_sms_group(enterprise: EnterpriseSlug, id: SmsGroupId) -> Result<RestoredGroup, AppError> {
    let context = server_context()?;
    respond(backend::services::sms_group::restore(&context.op, &context.backend, &enterprise, id).await)
}
