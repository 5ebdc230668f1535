//! API tokens, under the hash of their secret. They belong to an account, so its id is what limits these queries.

use std::{collections::HashMap, net::IpAddr};

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    api_token::{ApiTokenRow, TokenEnterprise},
    enterprise::EnterpriseSlug,
    ids::{AccountId, ApiTokenId, EnterpriseId},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::unknown_value;
use crate::entities::{api_token, enterprise};

/// A token to add.
pub(crate) struct NewToken {
    pub(crate) id: ApiTokenId,
    pub(crate) account: AccountId,
    pub(crate) enterprise: Option<EnterpriseId>,
    pub(crate) name: String,
    pub(crate) secret_hash: Vec<u8>,
    pub(crate) hint: String,
    pub(crate) role: Role,
    pub(crate) expires_at: DateTime<Utc>,
}

/// A token as signing in with it needs it.
pub(crate) struct StoredToken {
    pub(crate) id: ApiTokenId,
    pub(crate) account: AccountId,
    pub(crate) enterprise: Option<EnterpriseId>,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) last_used_at: Option<DateTime<Utc>>,
}

/// Adds a token.
pub(crate) async fn insert(db: &impl ConnectionTrait, new: NewToken, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = api_token::ActiveModel {
        id: Set(new.id.0),
        account_id: Set(new.account.0),
        enterprise_id: Set(new.enterprise.map(|id| id.0)),
        name: Set(new.name),
        secret_hash: Set(new.secret_hash),
        hint: Set(new.hint),
        role: Set(new.role.as_str().to_owned()),
        created_at: Set(now),
        expires_at: Set(new.expires_at),
        last_used_at: Set(None),
        last_used_from: Set(None),
    };
    row.insert(db).await.map(drop)
}

/// How many tokens an account has.
pub(crate) async fn count(db: &impl ConnectionTrait, account: AccountId) -> Result<u64, DbErr> {
    api_token::Entity::find()
        .filter(api_token::Column::AccountId.eq(account.0))
        .count(db)
        .await
}

/// The tokens of an account, the latest first.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<ApiTokenRow>, DbErr> {
    let found = api_token::Entity::find()
        .filter(api_token::Column::AccountId.eq(account.0))
        .order_by_desc(api_token::Column::CreatedAt)
        .order_by_desc(api_token::Column::Id)
        .all(db)
        .await?;
    rows(db, found, now).await
}

/// One token of an account.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    account: AccountId,
    id: ApiTokenId,
    now: DateTime<Utc>,
) -> Result<Option<ApiTokenRow>, DbErr> {
    let found = api_token::Entity::find_by_id(id.0)
        .filter(api_token::Column::AccountId.eq(account.0))
        .all(db)
        .await?;
    Ok(rows(db, found, now).await?.pop())
}

async fn rows(
    db: &impl ConnectionTrait,
    found: Vec<api_token::Model>,
    now: DateTime<Utc>,
) -> Result<Vec<ApiTokenRow>, DbErr> {
    let ids: Vec<Uuid> = found.iter().filter_map(|row| row.enterprise_id).collect();
    let named: Vec<(Uuid, String, String)> = enterprise::Entity::find()
        .filter(enterprise::Column::Id.is_in(ids))
        .select_only()
        .column(enterprise::Column::Id)
        .column(enterprise::Column::Slug)
        .column(enterprise::Column::Name)
        .into_tuple()
        .all(db)
        .await?;
    let mut enterprises = HashMap::new();
    for (id, slug, name) in named {
        let slug = EnterpriseSlug::parse(&slug).map_err(|_| unknown_value("slug", &slug))?;
        enterprises.insert(id, TokenEnterprise { slug, name });
    }
    found
        .into_iter()
        .map(|row| {
            Ok(ApiTokenRow {
                id: ApiTokenId(row.id),
                role: role(&row.role)?,
                enterprise: row.enterprise_id.and_then(|id| enterprises.get(&id).cloned()),
                name: row.name,
                hint: row.hint,
                created_at: row.created_at,
                expires_at: row.expires_at,
                expired: row.expires_at <= now,
                last_used_at: row.last_used_at,
                last_used_from: row.last_used_from,
            })
        })
        .collect()
}

fn role(text: &str) -> Result<Role, DbErr> {
    Role::parse(text).ok_or_else(|| unknown_value("role", text))
}

/// Removes a token of an account; false when there is none of that id.
pub(crate) async fn delete(db: &impl ConnectionTrait, account: AccountId, id: ApiTokenId) -> Result<bool, DbErr> {
    let result = api_token::Entity::delete_many()
        .filter(api_token::Column::Id.eq(id.0))
        .filter(api_token::Column::AccountId.eq(account.0))
        .exec(db)
        .await?;
    Ok(result.rows_affected > 0)
}

/// Removes all tokens of an account.
pub(crate) async fn delete_of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<(), DbErr> {
    api_token::Entity::delete_many()
        .filter(api_token::Column::AccountId.eq(account.0))
        .exec(db)
        .await
        .map(drop)
}

/// The token whose secret has that hash, unless it has ended before `now`. For signing in only, which is why it needs no
/// account.
pub(crate) async fn by_hash(
    db: &impl ConnectionTrait,
    secret_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<StoredToken>, DbErr> {
    let found = api_token::Entity::find()
        .filter(api_token::Column::SecretHash.eq(secret_hash.to_vec()))
        .filter(api_token::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    let Some(row) = found else { return Ok(None) };
    Ok(Some(StoredToken {
        id: ApiTokenId(row.id),
        account: AccountId(row.account_id),
        enterprise: row.enterprise_id.map(EnterpriseId),
        role: role(&row.role)?,
        name: row.name,
        last_used_at: row.last_used_at,
    }))
}

/// Notes when and from where a token was used.
pub(crate) async fn used(
    db: &impl ConnectionTrait,
    id: ApiTokenId,
    now: DateTime<Utc>,
    from: Option<IpAddr>,
) -> Result<(), DbErr> {
    api_token::Entity::update_many()
        .col_expr(api_token::Column::LastUsedAt, Expr::value(now))
        .col_expr(
            api_token::Column::LastUsedFrom,
            Expr::value(from.map(|address| address.to_string())),
        )
        .filter(api_token::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}
