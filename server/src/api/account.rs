//! Who can sign in to an enterprise: roles and accounts. Inviting people is in `invitation`, their tokens in
//! `account_token`.

use axum::{Extension, Json};
use backend::services::membership as members;
use chrono::{DateTime, Utc};
use domain::{
    access,
    ids::MembershipId,
    membership::{self, MemberRow, TABLE},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Id, Input, Rows, TableParams},
    common::{Role, words},
    idempotent::ToldOnce,
    invitation::Link,
    problem::Problem,
    reply::{PageOf, Reply, page},
};

const TAG: &str = "Accounts";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_accounts))
        .routes(routes!(get_account, remove_account))
        .routes(routes!(set_account_role))
        .routes(routes!(disable_account))
        .routes(routes!(enable_account))
        .routes(routes!(reset_account_password))
}

words! {
    /// Whether somebody can sign in.
    AccountState from membership::MemberState {
        /// They can.
        Active,
        /// They have no password, and a link to set one.
        PasswordReset,
        /// The account is disabled.
        Disabled,
        /// They are invited and have not used the link yet.
        Invited,
        /// The link of their invitation has expired.
        InvitationExpired,
    }
}

/// A role that is given at an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GivenRole {
    /// Runs the enterprise's own pages.
    EnterpriseAdmin,
    /// Reads, and changes nothing.
    EnterpriseViewer,
}

impl From<GivenRole> for access::Role {
    fn from(role: GivenRole) -> Self {
        match role {
            GivenRole::EnterpriseAdmin => Self::EnterpriseAdmin,
            GivenRole::EnterpriseViewer => Self::EnterpriseViewer,
        }
    }
}

/// Somebody who can sign in to the enterprise, or is invited.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Account {
    /// The id of the role; of somebody who is invited, that of the invitation.
    pub id: Uuid,
    /// The person's name; null before they have told it.
    pub display_name: Option<String>,
    /// The sign-in name.
    pub email: String,
    /// What the person is at the enterprise.
    pub role: Role,
    /// Whether they can sign in.
    pub state: AccountState,
    /// When they last signed in.
    pub last_signed_in_at: Option<DateTime<Utc>>,
    /// Until when their invitation works; null of an account.
    pub invitation_expires_at: Option<DateTime<Utc>>,
    /// Whether the account also has a role that this provider does not give, so that only the role here can be changed.
    pub shared: bool,
}

impl From<MemberRow> for Account {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.id,
            display_name: row.display_name,
            email: row.email.to_string(),
            role: row.role.into(),
            state: row.state.into(),
            last_signed_in_at: row.last_signed_in_at,
            invitation_expires_at: row.expires_at,
            shared: row.shared,
        }
    }
}

/// A change of a role.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    /// The role as it was read.
    pub was: GivenRole,
    /// What it is to be.
    pub role: GivenRole,
}

/// Lists who can sign in, and who is invited.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/accounts",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<Account>))
)]
async fn list_accounts(asked: Asked, rows: Rows) -> Reply<PageOf<Account>> {
    let query = rows.of(&TABLE)?;
    let found = members::list(&asked.op, &asked.backend, &asked.enterprise, &query).await?;
    Ok(page(found))
}

/// Reads somebody who can sign in or is invited.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/accounts/{id}",
    tag = TAG,
    responses((status = 200, body = Account))
)]
async fn get_account(asked: Asked, Id(id): Id<Uuid>) -> Reply<Account> {
    let row = members::get(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(Json(row.into()))
}

/// Takes a role away; for the provider. The account stays, with the roles it has elsewhere.
#[utoipa::path(
    delete,
    path = "/enterprises/{enterprise}/accounts/{id}",
    tag = TAG,
    responses((status = 204))
)]
async fn remove_account(asked: Asked, Id(id): Id<MembershipId>) -> Result<StatusCode, Problem> {
    members::remove(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes a role; for the provider. It is refused when the role is not what it was.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/accounts/{id}/set-role",
    tag = TAG,
    request_body = RoleChange,
    responses((status = 200, body = Account))
)]
async fn set_account_role(asked: Asked, Id(id): Id<MembershipId>, Input(change): Input<RoleChange>) -> Reply<Account> {
    let (op, backend) = (&asked.op, &asked.backend);
    let (was, role) = (change.was.into(), change.role.into());
    let row = members::set_role(op, backend, &asked.enterprise, id, was, role).await?;
    Ok(Json(row.into()))
}

/// Disables an account, which ends its sessions, and its tokens for as long; for the provider.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/accounts/{id}/disable",
    tag = TAG,
    responses((status = 200, body = Account))
)]
async fn disable_account(asked: Asked, Id(id): Id<MembershipId>) -> Reply<Account> {
    let row = members::set_disabled(&asked.op, &asked.backend, &asked.enterprise, id, true).await?;
    Ok(Json(row.into()))
}

/// Enables an account again; for the provider.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/accounts/{id}/enable",
    tag = TAG,
    responses((status = 200, body = Account))
)]
async fn enable_account(asked: Asked, Id(id): Id<MembershipId>) -> Reply<Account> {
    let row = members::set_disabled(&asked.op, &asked.backend, &asked.enterprise, id, false).await?;
    Ok(Json(row.into()))
}

/// Takes the password of an account away, ends its sessions, and tells a link to set a new one, this once; for the provider.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/accounts/{id}/reset-password",
    tag = TAG,
    responses((status = 200, body = Link))
)]
async fn reset_account_password(
    asked: Asked,
    Id(id): Id<MembershipId>,
) -> Result<(Extension<ToldOnce>, Json<Link>), Problem> {
    let link = members::reset_password(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok((Extension(ToldOnce), Json(link.into())))
}
