//! Phone numbers: the table, the dialogs, and what pickers offer.

use domain::{
    enterprise::EnterpriseSlug,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{
        AssignTo, BulkAnswer, CoolingOff, NumberDetail, NumberInput, NumberOption, NumberPatch, PhoneNumberRow,
        Selection,
    },
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

/// One page of the Numbers table; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "number/list", input = GetUrl, output = Binary)]
pub async fn list_numbers(enterprise: EnterpriseSlug, query: String) -> Result<Page<PhoneNumberRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::number::TABLE);
    respond(backend::services::number::list(&context.op, &context.backend, &enterprise, &query).await)
}

/// All rows of the Numbers table, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "number/list_all", input = Binary, output = Streaming)]
pub async fn list_all_numbers(
    enterprise: EnterpriseSlug,
    ids: Vec<PhoneNumberId>,
) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::number::list_all(&context.op, &context.backend, &enterprise, &ids).await;
    send(respond(list)?)
}

/// One number with everything about it.
///
/// # Errors
/// Signed out, not in reach, no such number, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "number/get", input = GetUrl, output = Binary)]
pub async fn get_number(enterprise: EnterpriseSlug, id: PhoneNumberId) -> Result<NumberDetail, AppError> {
    let context = server_context()?;
    respond(backend::services::number::get(&context.op, &context.backend, &enterprise, id).await)
}

/// Gives the number that was read as `version` to a person or a group, whoever has it now, or to nobody.
///
/// # Errors
/// Outdated when somebody changed it; it cannot be given to them; a conflict at `domain::number::COOLING_OFF` while its
/// cooling-off time runs and nobody has confirmed; the role does not allow it.
#[server(prefix = "/rpc", endpoint = "number/assign", input = Binary, output = Binary)]
pub async fn assign_number(
    enterprise: EnterpriseSlug,
    id: PhoneNumberId,
    version: i64,
    to: Option<AssignTo>,
    cooling_off: CoolingOff,
) -> Result<PhoneNumberRow, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::number::assign(op, backend, &enterprise, id, version, to, cooling_off).await)
}

/// Adds a number.
///
/// # Errors
/// It is no number, or there already; no such carrier profile; the provider manages the numbers; the role does not allow
/// it.
#[server(prefix = "/rpc", endpoint = "number/create", input = Binary, output = Binary)]
pub async fn create_number(enterprise: EnterpriseSlug, input: NumberInput) -> Result<PhoneNumberRow, AppError> {
    let context = server_context()?;
    respond(backend::services::number::create(&context.op, &context.backend, &enterprise, &input).await)
}

/// Changes the number that was read as `version`.
///
/// # Errors
/// Outdated when somebody changed it; otherwise as for adding.
#[server(prefix = "/rpc", endpoint = "number/update", input = Binary, output = Binary)]
pub async fn update_number(
    enterprise: EnterpriseSlug,
    id: PhoneNumberId,
    version: i64,
    patch: NumberPatch,
) -> Result<PhoneNumberRow, AppError> {
    let context = server_context()?;
    respond(backend::services::number::update(&context.op, &context.backend, &enterprise, id, version, &patch).await)
}

/// Changes many numbers alike.
///
/// # Errors
/// There are too many; otherwise as for adding.
#[server(prefix = "/rpc", endpoint = "number/update_many", input = Binary, output = Binary)]
pub async fn update_numbers(
    enterprise: EnterpriseSlug,
    selection: Selection,
    patch: NumberPatch,
) -> Result<BulkAnswer, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::number::update_many(op, backend, &enterprise, &selection, &patch).await)
}

/// Deletes the number that was read as `version`.
///
/// # Errors
/// Outdated when somebody changed it; it serves somebody; the provider manages the numbers; the role does not allow it.
#[server(prefix = "/rpc", endpoint = "number/delete", input = Binary, output = Binary)]
pub async fn delete_number(enterprise: EnterpriseSlug, id: PhoneNumberId, version: i64) -> Result<(), AppError> {
    let context = server_context()?;
    respond(backend::services::number::delete(&context.op, &context.backend, &enterprise, id, version).await)
}

/// Deletes many numbers, except those that serve somebody.
///
/// # Errors
/// There are too many; the provider manages the numbers; the role does not allow it.
#[server(prefix = "/rpc", endpoint = "number/delete_many", input = Binary, output = Binary)]
pub async fn delete_numbers(enterprise: EnterpriseSlug, selection: Selection) -> Result<BulkAnswer, AppError> {
    let context = server_context()?;
    respond(backend::services::number::delete_many(&context.op, &context.backend, &enterprise, &selection).await)
}

/// The SMS-capable numbers that contain `search` and are free or already in `group`; at most
/// [`super::PICKER_LIMIT`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "number/options_for_group", input = GetUrl, output = Binary)]
pub async fn number_options(
    enterprise: EnterpriseSlug,
    group: Option<SmsGroupId>,
    search: String,
) -> Result<Vec<NumberOption>, AppError> {
    let context = server_context()?;
    let limit = super::PICKER_LIMIT;
    respond(
        backend::services::number::options_for_group(&context.op, &context.backend, &enterprise, group, &search, limit)
            .await,
    )
}

/// The SMS-capable numbers that contain `search` and that `user` could be given; at most [`super::PICKER_LIMIT`].
///
/// # Errors
/// Signed out, not in reach, no such person, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "number/options_for_user", input = GetUrl, output = Binary)]
pub async fn number_options_for_user(
    enterprise: EnterpriseSlug,
    user: TeamsUserId,
    search: String,
) -> Result<Vec<NumberOption>, AppError> {
    let context = server_context()?;
    let limit = super::PICKER_LIMIT;
    respond(
        backend::services::number::options_for_user(&context.op, &context.backend, &enterprise, user, &search, limit)
            .await,
    )
}
