//! Inviting people to an enterprise; for the provider. The links are secrets that are told once.

use app::paths;
use axum::{Extension, Json};
use backend::services::membership as members;
use chrono::{DateTime, Utc};
use domain::{
    ids::InvitationId,
    invitation::{InviteInput, OneTimeLink},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    account::GivenRole,
    asked::{Asked, Id, Input},
    idempotent::ToldOnce,
    problem::Problem,
    reply::Created,
};

const TAG: &str = "Accounts";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(invite_account))
        .routes(routes!(renew_invitation))
        .routes(routes!(withdraw_invitation))
}

/// Whom to invite.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// The sign-in name.
    pub email: String,
    /// What the person is to be at the enterprise.
    pub role: GivenRole,
}

/// A one-time link, told this once: only a hash of it is kept.
#[derive(Clone, Serialize, ToSchema)]
pub struct Link {
    /// What it is known by afterwards; of an invitation, the id among the accounts.
    pub id: Uuid,
    /// Whom it is for.
    pub email: String,
    /// Its address below that of the portal. Whoever has it can use it.
    #[schema(example = "/invitation/…")]
    pub path: String,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

impl From<OneTimeLink> for Link {
    fn from(link: OneTimeLink) -> Self {
        Self {
            id: link.id.0,
            email: link.email.to_string(),
            path: paths::invitation(&link.token),
            expires_at: link.expires_at,
        }
    }
}

/// Invites somebody and tells the link, this once; an unused invitation of theirs is replaced.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/invitations",
    tag = TAG,
    request_body = Invitation,
    responses((status = 201, body = Link))
)]
async fn invite_account(
    asked: Asked,
    Input(invitation): Input<Invitation>,
) -> Result<(Extension<ToldOnce>, Created<Link>), Problem> {
    let input = InviteInput {
        email: invitation.email,
        role: invitation.role.into(),
    };
    let link = members::invite(&asked.op, &asked.backend, &asked.enterprise, &input).await?;
    let created = Created {
        location: format!("/api/v1/enterprises/{}/accounts/{}", asked.enterprise, link.id),
        version: None,
        body: link.into(),
    };
    Ok((Extension(ToldOnce), created))
}

/// Makes a new link for somebody who is invited, and tells it this once. The old one does not work any more, and the
/// invitation has a new id.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/invitations/{id}/renew",
    tag = TAG,
    responses((status = 200, body = Link))
)]
async fn renew_invitation(
    asked: Asked,
    Id(id): Id<InvitationId>,
) -> Result<(Extension<ToldOnce>, Json<Link>), Problem> {
    let link = members::renew_invitation(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok((Extension(ToldOnce), Json(link.into())))
}

/// Withdraws an invitation: its link does not work any more.
#[utoipa::path(
    delete,
    path = "/enterprises/{enterprise}/invitations/{id}",
    tag = TAG,
    responses((status = 204))
)]
async fn withdraw_invitation(asked: Asked, Id(id): Id<InvitationId>) -> Result<StatusCode, Problem> {
    members::withdraw_invitation(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
