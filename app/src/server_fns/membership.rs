//! Who can sign in to an enterprise: the table and the dialogs.

use domain::{
    access::Role,
    api_token::ApiTokenRow,
    enterprise::EnterpriseSlug,
    ids::{ApiTokenId, InvitationId, MembershipId},
    invitation::{InviteInput, OneTimeLink},
    membership::MemberRow,
    table::Page,
};
use leptos::{
    prelude::*,
    server_fn::codec::{ByteStream, GetUrl, Streaming},
};
use uuid::Uuid;

use crate::{error::AppError, server_fns::wire::Binary};
#[cfg(feature = "ssr")]
use crate::{
    server_context::{respond, server_context},
    server_fns::{list::send, table_query},
};

/// One page of the table of who can sign in; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "membership/list", input = GetUrl, output = Binary)]
pub async fn list_members(enterprise: EnterpriseSlug, query: String) -> Result<Page<MemberRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::membership::TABLE);
    respond(backend::services::membership::list(&context.op, &context.backend, &enterprise, &query).await)
}

/// All rows of the table, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "membership/list_all", input = Binary, output = Streaming)]
pub async fn list_all_members(enterprise: EnterpriseSlug, ids: Vec<Uuid>) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::membership::list_all(&context.op, &context.backend, &enterprise, &ids).await;
    send(respond(list)?)
}

/// One row of the table: a role or an invitation.
///
/// # Errors
/// Signed out, not in reach, neither of that id, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "membership/get", input = GetUrl, output = Binary)]
pub async fn get_member(enterprise: EnterpriseSlug, id: Uuid) -> Result<MemberRow, AppError> {
    let context = server_context()?;
    respond(backend::services::membership::get(&context.op, &context.backend, &enterprise, id).await)
}

/// Invites somebody. The answer holds the link, which is told this once.
///
/// # Errors
/// A rule is broken, the person has a role here already, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "membership/invite", input = Binary, output = Binary)]
pub async fn invite_member(enterprise: EnterpriseSlug, input: InviteInput) -> Result<OneTimeLink, AppError> {
    let context = server_context()?;
    respond(backend::services::membership::invite(&context.op, &context.backend, &enterprise, &input).await)
}

/// Makes a new link for somebody who is invited.
///
/// # Errors
/// No such invitation, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "membership/renew_invitation", input = Binary, output = Binary)]
pub async fn renew_invitation(enterprise: EnterpriseSlug, id: InvitationId) -> Result<OneTimeLink, AppError> {
    let context = server_context()?;
    respond(backend::services::membership::renew_invitation(&context.op, &context.backend, &enterprise, id).await)
}

/// Withdraws an invitation.
///
/// # Errors
/// No such invitation, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "membership/withdraw_invitation", input = Binary, output = Binary)]
pub async fn withdraw_invitation(enterprise: EnterpriseSlug, id: InvitationId) -> Result<(), AppError> {
    let context = server_context()?;
    respond(backend::services::membership::withdraw_invitation(&context.op, &context.backend, &enterprise, id).await)
}

/// Changes the role that was `was`.
///
/// # Errors
/// Somebody else has changed it, the last admin, one's own account, no such role, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "membership/set_role", input = Binary, output = Binary)]
pub async fn set_member_role(
    enterprise: EnterpriseSlug,
    id: MembershipId,
    was: Role,
    role: Role,
) -> Result<MemberRow, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::membership::set_role(op, backend, &enterprise, id, was, role).await)
}

/// Takes a role away.
///
/// # Errors
/// The last admin, one's own account, no such role, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "membership/remove", input = Binary, output = Binary)]
pub async fn remove_member(enterprise: EnterpriseSlug, id: MembershipId) -> Result<(), AppError> {
    let context = server_context()?;
    respond(backend::services::membership::remove(&context.op, &context.backend, &enterprise, id).await)
}

/// Disables an account or enables it again.
///
/// # Errors
/// The last admin, one's own account, a role beyond the provider, no such role, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "membership/set_disabled", input = Binary, output = Binary)]
pub async fn set_member_disabled(
    enterprise: EnterpriseSlug,
    id: MembershipId,
    disabled: bool,
) -> Result<MemberRow, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::membership::set_disabled(op, backend, &enterprise, id, disabled).await)
}

/// Takes the password of an account away. The answer holds a link to set a new one, which is told this once.
///
/// # Errors
/// Disabled, one's own account, a role beyond the provider, no such role, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "membership/reset_password", input = Binary, output = Binary)]
pub async fn reset_member_password(enterprise: EnterpriseSlug, id: MembershipId) -> Result<OneTimeLink, AppError> {
    let context = server_context()?;
    respond(backend::services::membership::reset_password(&context.op, &context.backend, &enterprise, id).await)
}

/// The API tokens of an account that reach the enterprise, the latest first.
///
/// # Errors
/// No such role, the role does not allow it, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "membership/tokens", input = GetUrl, output = Binary)]
pub async fn list_member_tokens(enterprise: EnterpriseSlug, id: MembershipId) -> Result<Vec<ApiTokenRow>, AppError> {
    let context = server_context()?;
    respond(backend::services::membership::list_tokens(&context.op, &context.backend, &enterprise, id).await)
}

/// Ends an API token of an account at once.
///
/// # Errors
/// No such token, one's own account, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "membership/revoke_token", input = Binary, output = Binary)]
pub async fn revoke_member_token(
    enterprise: EnterpriseSlug,
    id: MembershipId,
    token: ApiTokenId,
) -> Result<(), AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::membership::revoke_token(op, backend, &enterprise, id, token).await)
}
