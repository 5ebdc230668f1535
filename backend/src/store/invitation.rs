//! One-time links, under the hash of their token.

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    account::EmailAddress,
    enterprise::EnterpriseSlug,
    ids::{AccountId, EnterpriseId, InvitationId, ProviderId},
    invitation::InvitationKind,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};

use super::unknown_value;
use crate::{
    access::EnterpriseScope,
    entities::{enterprise, invitation},
};

/// A link that is about to be kept.
pub(crate) struct NewLink<'a> {
    pub(crate) id: InvitationId,
    pub(crate) kind: InvitationKind,
    pub(crate) email: &'a EmailAddress,
    pub(crate) role: Role,
    /// Of a way to a new password.
    pub(crate) account: Option<AccountId>,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) now: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

/// A link as it is kept.
pub(crate) struct Link {
    pub(crate) id: InvitationId,
    pub(crate) kind: InvitationKind,
    pub(crate) email: EmailAddress,
    pub(crate) role: Role,
    pub(crate) account: Option<AccountId>,
    pub(crate) provider: ProviderId,
    pub(crate) enterprise: EnterpriseId,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) used: bool,
}

fn link(row: invitation::Model) -> Result<Link, DbErr> {
    Ok(Link {
        id: InvitationId(row.id),
        kind: InvitationKind::parse(&row.kind).ok_or_else(|| unknown_value("kind of link", &row.kind))?,
        email: EmailAddress::parse(&row.email).map_err(|_| unknown_value("e-mail address", &row.email))?,
        role: Role::parse(&row.role).ok_or_else(|| unknown_value("role", &row.role))?,
        account: row.account_id.map(AccountId),
        provider: ProviderId(row.provider_id),
        enterprise: EnterpriseId(row.enterprise_id),
        expires_at: row.expires_at,
        used: row.used_at.is_some(),
    })
}

/// Keeps a link. A second invitation of the same person to the enterprise, or a second way to a new password of the same
/// account, breaks a uniqueness rule while the first is unused.
pub(crate) async fn insert(db: &impl ConnectionTrait, scope: &EnterpriseScope, new: NewLink<'_>) -> Result<(), DbErr> {
    let row = invitation::ActiveModel {
        id: Set(new.id.0),
        provider_id: Set(scope.provider().0),
        enterprise_id: Set(scope.enterprise().0),
        kind: Set(new.kind.as_str().to_owned()),
        email: Set(new.email.to_string()),
        role: Set(new.role.as_str().to_owned()),
        account_id: Set(new.account.map(|account| account.0)),
        token_hash: Set(new.token_hash),
        created_at: Set(new.now),
        expires_at: Set(new.expires_at),
        used_at: Set(None),
    };
    row.insert(db).await.map(drop)
}

/// The unused invitations to the enterprise, expired ones included.
pub(crate) async fn open(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<Vec<Link>, DbErr> {
    let rows = invitation::Entity::find()
        .filter(invitation::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(invitation::Column::Kind.eq(InvitationKind::Invitation.as_str()))
        .filter(invitation::Column::UsedAt.is_null())
        .order_by_asc(invitation::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(link).collect()
}

/// Removes the unused invitation of that sign-in name to the enterprise, if there is one.
pub(crate) async fn delete_open_of(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    email: &EmailAddress,
) -> Result<(), DbErr> {
    invitation::Entity::delete_many()
        .filter(invitation::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(invitation::Column::Kind.eq(InvitationKind::Invitation.as_str()))
        .filter(invitation::Column::Email.eq(email.as_str()))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Removes an unused invitation to the enterprise; tells whether there was one.
pub(crate) async fn delete_open(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: InvitationId,
) -> Result<bool, DbErr> {
    let result = invitation::Entity::delete_many()
        .filter(invitation::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(invitation::Column::Id.eq(id.0))
        .filter(invitation::Column::Kind.eq(InvitationKind::Invitation.as_str()))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Removes the unused ways to a new password of an account; whoever asks has made sure that the account is in reach.
pub(crate) async fn delete_resets(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    account: AccountId,
) -> Result<(), DbErr> {
    invitation::Entity::delete_many()
        .filter(invitation::Column::ProviderId.eq(scope.provider().0))
        .filter(invitation::Column::AccountId.eq(account.0))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// The same whichever provider made them; for the command line.
pub(crate) async fn delete_all_resets(db: &impl ConnectionTrait, account: AccountId) -> Result<(), DbErr> {
    invitation::Entity::delete_many()
        .filter(invitation::Column::AccountId.eq(account.0))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// The link of that hash. Needs no scope: whoever knows the token may use the link.
pub(crate) async fn by_hash(db: &impl ConnectionTrait, token_hash: &[u8]) -> Result<Option<Link>, DbErr> {
    let row = invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(token_hash.to_vec()))
        .one(db)
        .await?;
    row.map(link).transpose()
}

/// The name in addresses and the name for people of the enterprise that a link is of.
pub(crate) async fn enterprise_of(
    db: &impl ConnectionTrait,
    link: &Link,
) -> Result<Option<(EnterpriseSlug, String)>, DbErr> {
    let row = enterprise::Entity::find_by_id(link.enterprise.0).one(db).await?;
    row.map(|row| {
        let slug = EnterpriseSlug::parse(&row.slug).map_err(|_| unknown_value("slug", &row.slug))?;
        Ok((slug, row.name))
    })
    .transpose()
}

/// Uses a link up; tells whether it was still unused. Of two who do so at once, one is told so.
pub(crate) async fn use_up(db: &impl ConnectionTrait, link: &Link, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let result = invitation::Entity::update_many()
        .col_expr(invitation::Column::UsedAt, Expr::value(now))
        .filter(invitation::Column::Id.eq(link.id.0))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}
