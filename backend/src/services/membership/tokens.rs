//! The API tokens of people who can sign in, as the provider of their enterprise sees and revokes them.

use domain::{
    access::{Action, Resource},
    api_token::ApiTokenRow,
    audit::{AuditAction, AuditSubject},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{AccountId, ApiTokenId, MembershipId},
    membership::MemberRow,
};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Change, NOT_FOUND, not_oneself};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize, runs_provider},
    context::OpContext,
    error::internal,
    store,
};

const NO_TOKEN: Error = Error::NotFound {
    resource: Resource::ApiToken,
};

/// The tokens of somebody's account that reach the enterprise, the latest first. Those that also reach what is not the
/// asker's business are not among them: they are ended by taking the role away.
///
/// # Errors
/// As [`authorize`]; only the enterprise's provider may ask. [`Error::NotFound`] when there is no such role.
pub async fn list_tokens(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: MembershipId,
) -> Result<Vec<ApiTokenRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::Membership).await?;
    let (db, failed) = (backend.database(), |error| internal(ctx, error));
    let found = store::membership::find(db, &scope, id).await.map_err(failed)?;
    let member = found.ok_or(NOT_FOUND)?;
    let account = member.account.ok_or(NOT_FOUND)?;
    let whole = owns_all(db, ctx, &scope, &member, account).await.map_err(failed)?;
    let mut tokens = store::api_token::list(db, account, ctx.now).await.map_err(failed)?;
    tokens.retain(|token| is_of(token, enterprise, whole));
    Ok(tokens)
}

/// Ends a token of somebody's account at once.
///
/// # Errors
/// As [`list_tokens`]; [`Error::NotFound`] when there is no such token among those; [`Error::Conflict`] for one's own
/// account.
pub async fn revoke_token(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: MembershipId,
    token: ApiTokenId,
) -> Result<(), Error> {
    let change = Change::begin(ctx, backend, enterprise, Action::Update).await?;
    let (member, account) = change.find(id).await?;
    not_oneself(ctx, account)?;
    let Change { db, scope, .. } = &change;
    let failed = |error| internal(ctx, error);
    let whole = owns_all(db, ctx, scope, &member, account).await.map_err(failed)?;
    let found = store::api_token::find(db, account, token, ctx.now)
        .await
        .map_err(failed)?;
    let row = found.filter(|row| is_of(row, enterprise, whole)).ok_or(NO_TOKEN)?;
    if !store::api_token::delete(db, account, token).await.map_err(failed)? {
        return Err(NO_TOKEN);
    }
    let subject = AuditSubject {
        action: AuditAction::Delete,
        resource: Resource::ApiToken,
        id: Some(token.0),
    };
    store::audit::write(db, ctx, scope, subject, Some(&row), None::<&ApiTokenRow>)
        .await
        .map_err(failed)?;
    change.commit().await
}

/// Whether all that the account reaches is the asker's business, so that a token which reaches all of it is too.
async fn owns_all(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    member: &MemberRow,
    account: AccountId,
) -> Result<bool, DbErr> {
    if member.shared || runs_provider(ctx, scope) {
        return Ok(!member.shared);
    }
    Ok(!store::membership::is_elsewhere(db, scope, account).await?)
}

/// Whether a token reaches the enterprise and nothing that is not the asker's business.
fn is_of(token: &ApiTokenRow, enterprise: &EnterpriseSlug, whole: bool) -> bool {
    token.enterprise.as_ref().map_or(whole, |only| only.slug == *enterprise)
}
