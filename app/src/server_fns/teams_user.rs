//! Teams users: the table, pickers, and the dialogs of one person.

use domain::{
    enterprise::EnterpriseSlug,
    ids::{PhoneNumberId, TeamsUserId},
    number::CoolingOff,
    table::Page,
    teams_user::{
        OffboardInput, Offboarding, TeamsUser, TeamsUserDetails, TeamsUserRef, TeamsUserRow, UndoneOffboarding,
    },
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

/// The people whose name or sign-in name contains `search`, by name; at most [`super::PICKER_LIMIT`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "teams_user/options", input = GetUrl, output = Binary)]
pub async fn teams_user_options(enterprise: EnterpriseSlug, search: String) -> Result<Vec<TeamsUserRef>, AppError> {
    let context = server_context()?;
    let limit = super::PICKER_LIMIT;
    respond(backend::services::teams_user::options(&context.op, &context.backend, &enterprise, &search, limit).await)
}

/// One page of the Users table; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "teams_user/list", input = GetUrl, output = Binary)]
pub async fn list_teams_users(enterprise: EnterpriseSlug, query: String) -> Result<Page<TeamsUserRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::teams_user::TABLE);
    respond(backend::services::teams_user::list(&context.op, &context.backend, &enterprise, &query).await)
}

/// All rows of the Users table, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "teams_user/list_all", input = Binary, output = Streaming)]
pub async fn list_all_teams_users(
    enterprise: EnterpriseSlug,
    ids: Vec<TeamsUserId>,
) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::teams_user::list_all(&context.op, &context.backend, &enterprise, &ids).await;
    send(respond(list)?)
}

/// One person with everything that is theirs, and their offboarding while it can be undone.
///
/// # Errors
/// Signed out, not in reach, no such person, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "teams_user/get", input = GetUrl, output = Binary)]
pub async fn get_teams_user(enterprise: EnterpriseSlug, id: TeamsUserId) -> Result<TeamsUserDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::teams_user::details(&context.op, &context.backend, &enterprise, id).await)
}

/// Gives a person exactly these numbers of their own; `had` are those that the person was shown to have.
///
/// # Errors
/// A number cannot be had, the person has no licence, outdated when the person has other numbers by now, a conflict at
/// `domain::number::COOLING_OFF` while the cooling-off time of a new one runs and nobody has confirmed, the role does not
/// allow it.
#[server(prefix = "/rpc", endpoint = "teams_user/set_numbers", input = Binary, output = Binary)]
pub async fn set_user_numbers(
    enterprise: EnterpriseSlug,
    id: TeamsUserId,
    had: Vec<PhoneNumberId>,
    number_ids: Vec<PhoneNumberId>,
    cooling_off: CoolingOff,
) -> Result<TeamsUser, AppError> {
    let context = server_context()?;
    let (op, core) = (&context.op, &context.backend);
    respond(backend::services::teams_user::set_numbers(op, core, &enterprise, id, &had, &number_ids, cooling_off).await)
}

/// Everything that these decisions about a person who leaves would do; changes nothing.
///
/// # Errors
/// Something is still to be decided, outdated when the person has something else by now, no such person.
#[server(prefix = "/rpc", endpoint = "teams_user/offboard_preview", input = Binary, output = Binary)]
pub async fn preview_offboarding(
    enterprise: EnterpriseSlug,
    id: TeamsUserId,
    input: OffboardInput,
) -> Result<Offboarding, AppError> {
    let context = server_context()?;
    let (op, core) = (&context.op, &context.backend);
    respond(backend::services::teams_user::offboard_preview(op, core, &enterprise, id, &input).await)
}

/// Carries these decisions about a person who leaves out.
///
/// # Errors
/// As for the preview, and the role does not allow it.
#[server(prefix = "/rpc", endpoint = "teams_user/offboard", input = Binary, output = Binary)]
pub async fn offboard_user(
    enterprise: EnterpriseSlug,
    id: TeamsUserId,
    input: OffboardInput,
) -> Result<Offboarding, AppError> {
    let context = server_context()?;
    respond(backend::services::teams_user::offboard(&context.op, &context.backend, &enterprise, id, &input).await)
}

/// Gives a person back what offboarding took away, as far as that is possible, for some minutes afterwards.
///
/// # Errors
/// Too late, undone already, never offboarded, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "teams_user/undo_offboard", input = Binary, output = Binary)]
pub async fn undo_offboarding(enterprise: EnterpriseSlug, id: TeamsUserId) -> Result<UndoneOffboarding, AppError> {
    let context = server_context()?;
    respond(backend::services::teams_user::undo_offboard(&context.op, &context.backend, &enterprise, id).await)
}
