//! Where alerts go. Destinations belong to a provider, so its scope is what limits these queries.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    alert::{AlertDestinationRow, DestinationAddress, DestinationKind, LastDelivery},
    ids::AlertDestinationId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{alert_delivery, unknown_value};
use crate::{access::ProviderScope, crypto::Sealed, entities::alert_destination};

/// A destination to add.
pub(crate) struct NewDestination<'a> {
    pub(crate) id: AlertDestinationId,
    pub(crate) address: &'a DestinationAddress,
    /// What signs the requests of a webhook.
    pub(crate) sealed: Option<Sealed>,
}

/// The encrypted secret of a webhook.
#[derive(Clone, Debug)]
pub(crate) struct StoredSecret {
    pub(crate) provider: Uuid,
    pub(crate) destination: Uuid,
    pub(crate) sealed: Sealed,
}

/// Adds a destination. One that is there already breaks a uniqueness rule.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &ProviderScope,
    new: NewDestination<'_>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (key_id, sealed) = new.sealed.map(|sealed| (sealed.key_id, sealed.bytes)).unzip();
    let row = alert_destination::ActiveModel {
        id: Set(new.id.0),
        provider_id: Set(scope.provider().0),
        kind: Set(new.address.kind().as_str().to_owned()),
        address: Set(new.address.as_str().to_owned()),
        key_id: Set(key_id),
        sealed: Set(sealed),
        created_at: Set(now),
    };
    row.insert(db).await.map(drop)
}

/// How many destinations a provider has.
pub(crate) async fn count(db: &impl ConnectionTrait, scope: &ProviderScope) -> Result<u64, DbErr> {
    alert_destination::Entity::find()
        .filter(alert_destination::Column::ProviderId.eq(scope.provider().0))
        .count(db)
        .await
}

/// The destinations of a provider, the first that was added first.
pub(crate) async fn list(db: &impl ConnectionTrait, scope: &ProviderScope) -> Result<Vec<AlertDestinationRow>, DbErr> {
    let found = alert_destination::Entity::find()
        .filter(alert_destination::Column::ProviderId.eq(scope.provider().0))
        .order_by_asc(alert_destination::Column::CreatedAt)
        .order_by_asc(alert_destination::Column::Id)
        .all(db)
        .await?;
    rows(db, found).await
}

/// One destination of a provider.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &ProviderScope,
    id: AlertDestinationId,
) -> Result<Option<AlertDestinationRow>, DbErr> {
    let found = alert_destination::Entity::find_by_id(id.0)
        .filter(alert_destination::Column::ProviderId.eq(scope.provider().0))
        .all(db)
        .await?;
    Ok(rows(db, found).await?.pop())
}

async fn rows(
    db: &impl ConnectionTrait,
    found: Vec<alert_destination::Model>,
) -> Result<Vec<AlertDestinationRow>, DbErr> {
    let ids: Vec<Uuid> = found.iter().map(|row| row.id).collect();
    let mut last: HashMap<Uuid, LastDelivery> = alert_delivery::last(db, &ids).await?;
    found
        .into_iter()
        .map(|row| {
            Ok(AlertDestinationRow {
                id: AlertDestinationId(row.id),
                kind: kind(&row.kind)?,
                address: row.address,
                created_at: row.created_at,
                last: last.remove(&row.id),
            })
        })
        .collect()
}

fn kind(text: &str) -> Result<DestinationKind, DbErr> {
    DestinationKind::parse(text).ok_or_else(|| unknown_value("kind of destination", text))
}

/// Removes a destination of a provider with what was to be sent to it; false when there is none of that id.
pub(crate) async fn delete(
    db: &impl ConnectionTrait,
    scope: &ProviderScope,
    id: AlertDestinationId,
) -> Result<bool, DbErr> {
    let result = alert_destination::Entity::delete_many()
        .filter(alert_destination::Column::ProviderId.eq(scope.provider().0))
        .filter(alert_destination::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(result.rows_affected > 0)
}

/// Up to `limit` secrets, of all providers, that another key than `key_id` encrypts. Needs no scope: the values serve
/// nobody here, they only change the key.
pub(super) async fn under_other_keys(
    db: &impl ConnectionTrait,
    key_id: &str,
    limit: u64,
) -> Result<Vec<StoredSecret>, DbErr> {
    let rows = alert_destination::Entity::find()
        .filter(alert_destination::Column::KeyId.ne(key_id))
        .order_by_asc(alert_destination::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(stored_secret).collect())
}

fn stored_secret(row: alert_destination::Model) -> Option<StoredSecret> {
    Some(StoredSecret {
        provider: row.provider_id,
        destination: row.id,
        sealed: Sealed {
            key_id: row.key_id?,
            bytes: row.sealed?,
        },
    })
}

/// Puts the same secret under another key; tells whether it was still the same.
pub(super) async fn change_key(
    db: &impl ConnectionTrait,
    before: &StoredSecret,
    sealed: Sealed,
) -> Result<bool, DbErr> {
    let result = alert_destination::Entity::update_many()
        .col_expr(alert_destination::Column::KeyId, Expr::value(sealed.key_id))
        .col_expr(alert_destination::Column::Sealed, Expr::value(sealed.bytes))
        .filter(alert_destination::Column::Id.eq(before.destination))
        .filter(alert_destination::Column::Sealed.eq(before.sealed.bytes.clone()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// The names of all keys that some secret was encrypted with.
pub(super) async fn keys_in_use(db: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
    let ids: Vec<String> = alert_destination::Entity::find()
        .filter(alert_destination::Column::KeyId.is_not_null())
        .select_only()
        .column(alert_destination::Column::KeyId)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}
