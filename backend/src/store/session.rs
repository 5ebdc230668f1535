//! Sessions, under the hash of their id.

use chrono::{DateTime, Utc};
use domain::ids::AccountId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use crate::entities::session;

/// A session as it is written.
pub(crate) struct StoredSession {
    pub(crate) id_hash: Vec<u8>,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) data: String,
    pub(crate) now: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

impl StoredSession {
    fn row(&self) -> session::ActiveModel {
        session::ActiveModel {
            id_hash: Set(self.id_hash.clone()),
            account_id: Set(self.account_id),
            data: Set(self.data.clone()),
            created_at: Set(self.now),
            last_seen_at: Set(self.now),
            expires_at: Set(self.expires_at),
        }
    }
}

/// Adds a session; fails if the id is taken.
pub(crate) async fn insert(db: &impl ConnectionTrait, session: &StoredSession) -> Result<(), DbErr> {
    session.row().insert(db).await.map(drop)
}

/// Writes a session that is there. A request under way writes what it knows of a session that was ended while it ran: that
/// stays ended.
pub(crate) async fn update(db: &impl ConnectionTrait, session: &StoredSession) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::AccountId, Expr::value(session.account_id))
        .col_expr(session::Column::Data, Expr::value(session.data.clone()))
        .col_expr(session::Column::LastSeenAt, Expr::value(session.now))
        .col_expr(session::Column::ExpiresAt, Expr::value(session.expires_at))
        .filter(session::Column::IdHash.eq(session.id_hash.clone()))
        .exec(db)
        .await
        .map(drop)
}

/// The session of that hash, whether it has ended or not.
pub(crate) async fn find(db: &impl ConnectionTrait, id_hash: &[u8]) -> Result<Option<session::Model>, DbErr> {
    session::Entity::find_by_id(id_hash.to_vec()).one(db).await
}

/// Removes a session.
pub(crate) async fn delete(db: &impl ConnectionTrait, id_hash: &[u8]) -> Result<(), DbErr> {
    session::Entity::delete_by_id(id_hash.to_vec()).exec(db).await.map(drop)
}

/// Removes all sessions of an account.
pub(crate) async fn delete_of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account.0))
        .exec(db)
        .await
        .map(drop)
}

/// Removes sessions that ended before `now`, but those of these hashes; tells how many.
pub(crate) async fn delete_expired(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    except: Vec<Vec<u8>>,
) -> Result<u64, DbErr> {
    let result = session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lte(now))
        .filter(session::Column::IdHash.is_not_in(except))
        .exec(db)
        .await?;
    Ok(result.rows_affected)
}
