//! The API tokens of people who can sign in to an enterprise, as its provider sees and revokes them.

use axum::{Json, extract::FromRequestParts};
use backend::services::membership as members;
use chrono::{DateTime, Utc};
use domain::{
    api_token::ApiTokenRow,
    ids::{ApiTokenId, MembershipId},
};
use http::{StatusCode, request::Parts};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Id, parameter},
    common::{Role, all},
    problem::Problem,
    reply::Reply,
};

const TAG: &str = "Accounts";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_account_tokens))
        .routes(routes!(revoke_account_token))
}

/// The token that the address names.
struct Token(ApiTokenId);

impl<S: Send + Sync> FromRequestParts<S> for Token {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let id = parameter(parts, state, "token").await;
        id.map(Self).ok_or_else(Problem::no_such_path)
    }
}

/// A token of somebody's account; never the token itself.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountToken {
    /// The token's id.
    pub id: Uuid,
    /// What it is for, in its owner's words.
    pub name: String,
    /// Its last characters.
    pub hint: String,
    /// The name in addresses of the only enterprise it reaches; null for all that its account reaches.
    pub enterprise: Option<String>,
    /// The most it may be anywhere.
    pub role: Role,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends, or ended.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// The address it was last used from.
    pub last_used_from: Option<String>,
}

impl From<ApiTokenRow> for AccountToken {
    fn from(row: ApiTokenRow) -> Self {
        Self {
            id: row.id.0,
            name: row.name,
            hint: row.hint,
            enterprise: row.enterprise.map(|only| only.slug.to_string()),
            role: row.role.into(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            last_used_from: row.last_used_from,
        }
    }
}

/// The tokens of an account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountTokens {
    /// Those that reach the enterprise and that its provider may revoke, the latest first.
    pub rows: Vec<AccountToken>,
}

/// Lists the tokens of somebody's account that reach the enterprise; for the provider.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/accounts/{id}/tokens",
    tag = TAG,
    responses((status = 200, body = AccountTokens))
)]
async fn list_account_tokens(asked: Asked, Id(id): Id<MembershipId>) -> Reply<AccountTokens> {
    let tokens = members::list_tokens(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(Json(AccountTokens { rows: all(tokens) }))
}

/// Ends a token of somebody's account at once; for the provider.
#[utoipa::path(
    delete,
    path = "/enterprises/{enterprise}/accounts/{id}/tokens/{token}",
    tag = TAG,
    responses((status = 204))
)]
async fn revoke_account_token(
    asked: Asked,
    Id(id): Id<MembershipId>,
    Token(token): Token,
) -> Result<StatusCode, Problem> {
    members::revoke_token(&asked.op, &asked.backend, &asked.enterprise, id, token).await?;
    Ok(StatusCode::NO_CONTENT)
}
