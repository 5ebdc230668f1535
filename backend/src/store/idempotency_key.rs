//! What was answered to requests that may be sent again, for each token by the key that the request carried.

use chrono::{DateTime, Utc};
use domain::ids::ApiTokenId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr,
};

use crate::entities::idempotency_key;

/// An answer as it is kept.
pub(crate) struct KeptAnswer {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: Vec<u8>,
}

/// A request that has used the key before.
pub(crate) struct Known {
    pub(crate) request_hash: Vec<u8>,
    /// None while it is being answered.
    pub(crate) answer: Option<KeptAnswer>,
    pub(crate) created_at: DateTime<Utc>,
}

/// Removes what was kept before `until`, of all tokens.
pub(crate) async fn forget(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<(), DbErr> {
    idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::CreatedAt.lte(until))
        .exec(db)
        .await
        .map(drop)
}

/// The request that has used the key before.
pub(crate) async fn find(db: &impl ConnectionTrait, token: ApiTokenId, key: &str) -> Result<Option<Known>, DbErr> {
    let found = idempotency_key::Entity::find_by_id((token.0, key.to_owned()))
        .one(db)
        .await?;
    let Some(row) = found else { return Ok(None) };
    let answer = match (row.status, row.headers, row.body) {
        (Some(status), Some(headers), Some(body)) => Some(KeptAnswer {
            status: u16::try_from(status).map_err(|_| DbErr::Type(format!("{status} is no status")))?,
            headers,
            body,
        }),
        _ => None,
    };
    Ok(Some(Known {
        request_hash: row.request_hash,
        answer,
        created_at: row.created_at,
    }))
}

/// Notes that a request is being answered; fails when the key is taken.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    token: ApiTokenId,
    key: &str,
    request_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = idempotency_key::ActiveModel {
        api_token_id: Set(token.0),
        key: Set(key.to_owned()),
        request_hash: Set(request_hash.to_vec()),
        status: Set(None),
        headers: Set(None),
        body: Set(None),
        created_at: Set(now),
    };
    row.insert(db).await.map(drop)
}

/// Keeps the answer.
pub(crate) async fn keep(
    db: &impl ConnectionTrait,
    token: ApiTokenId,
    key: &str,
    answer: KeptAnswer,
) -> Result<(), DbErr> {
    idempotency_key::Entity::update_many()
        .col_expr(idempotency_key::Column::Status, Expr::value(i32::from(answer.status)))
        .col_expr(idempotency_key::Column::Headers, Expr::value(answer.headers))
        .col_expr(idempotency_key::Column::Body, Expr::value(answer.body))
        .filter(idempotency_key::Column::ApiTokenId.eq(token.0))
        .filter(idempotency_key::Column::Key.eq(key))
        .exec(db)
        .await
        .map(drop)
}

/// Frees the key.
pub(crate) async fn delete(db: &impl ConnectionTrait, token: ApiTokenId, key: &str) -> Result<(), DbErr> {
    idempotency_key::Entity::delete_by_id((token.0, key.to_owned()))
        .exec(db)
        .await
        .map(drop)
}
