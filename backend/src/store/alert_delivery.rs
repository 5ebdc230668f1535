//! Messages to destinations of alerts: written in the transaction of the change, sent behind it.
//!
//! Whoever sends one takes it first: its number of tries goes up and it is not due again for a while. Every later write
//! names that number, so that only the word of the one who took it last counts. What has become of them is in
//! `history`.

mod history;

use chrono::{DateTime, Utc};
use domain::{
    alert::{DeliveryState, DestinationAddress, DestinationKind},
    ids::AlertDestinationId,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

pub(super) use self::history::last;
pub(crate) use self::history::sweep;
use super::{new_id, small};
use crate::{
    access::{EnterpriseScope, ProviderScope},
    crypto::Sealed,
    entities::{alert_delivery, alert_destination},
};

/// A message with where it goes, as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) id: Uuid,
    pub(crate) provider: Uuid,
    pub(crate) destination: Uuid,
    /// Nothing where what is stored is no address for this version of the program.
    pub(crate) address: Option<DestinationAddress>,
    pub(crate) sealed: Option<Sealed>,
    pub(crate) payload: String,
    pub(crate) test: bool,
    /// How often it was tried.
    pub(crate) attempts: u32,
}

/// How a try ended.
pub(crate) enum Ending {
    /// The message was taken in.
    Sent,
    /// It was not, and is tried again at that time.
    Again(DateTime<Utc>, String),
    /// It was not, and is given up.
    Failed(String),
}

#[derive(FromQueryResult)]
struct DeliveryRow {
    id: Uuid,
    provider_id: Uuid,
    alert_destination_id: Uuid,
    kind: String,
    address: String,
    key_id: Option<String>,
    sealed: Option<Vec<u8>>,
    payload: String,
    test: bool,
    attempts: i32,
}

/// Writes a message to every destination of the enterprise's provider; tells how many there are.
pub(crate) async fn add_to_all(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    payload: &str,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let provider = scope.provider().0;
    let ids: Vec<Uuid> = alert_destination::Entity::find()
        .filter(alert_destination::Column::ProviderId.eq(provider))
        .order_by_asc(alert_destination::Column::Id)
        .select_only()
        .column(alert_destination::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let rows = ids.into_iter().map(|id| row(provider, id, payload, false, now));
    alert_delivery::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await
}

/// Writes a test message to one destination, which is due at `due`: until then whoever wrote it sends it.
pub(crate) async fn add_test(
    db: &impl ConnectionTrait,
    scope: &ProviderScope,
    destination: AlertDestinationId,
    payload: &str,
    (now, due): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<Delivery>, DbErr> {
    let mut row = row(scope.provider().0, destination.0, payload, true, now);
    let id = new_id();
    row.id = Set(id);
    row.attempts = Set(1);
    row.next_attempt_at = Set(due);
    alert_delivery::Entity::insert(row).exec_without_returning(db).await?;
    let found: Option<DeliveryRow> = deliveries()
        .filter(alert_delivery::Column::Id.eq(id))
        .into_model()
        .one(db)
        .await?;
    found.map(delivery).transpose()
}

fn row(
    provider: Uuid,
    destination: Uuid,
    payload: &str,
    test: bool,
    now: DateTime<Utc>,
) -> alert_delivery::ActiveModel {
    alert_delivery::ActiveModel {
        id: Set(new_id()),
        provider_id: Set(provider),
        alert_destination_id: Set(destination),
        test: Set(test),
        payload: Set(payload.to_owned()),
        state: Set(DeliveryState::Waiting.as_str().to_owned()),
        attempts: Set(0),
        next_attempt_at: Set(now),
        failure: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
    }
}

/// Messages with where they go.
fn deliveries() -> sea_orm::Select<alert_delivery::Entity> {
    alert_delivery::Entity::find()
        .join(
            JoinType::InnerJoin,
            alert_delivery::Entity::belongs_to(alert_destination::Entity)
                .from(alert_delivery::Column::AlertDestinationId)
                .to(alert_destination::Column::Id)
                .into(),
        )
        .select_only()
        .columns([
            alert_delivery::Column::Id,
            alert_delivery::Column::ProviderId,
            alert_delivery::Column::AlertDestinationId,
            alert_delivery::Column::Payload,
            alert_delivery::Column::Test,
            alert_delivery::Column::Attempts,
        ])
        .columns([
            alert_destination::Column::Kind,
            alert_destination::Column::Address,
            alert_destination::Column::KeyId,
            alert_destination::Column::Sealed,
        ])
}

fn delivery(row: DeliveryRow) -> Result<Delivery, DbErr> {
    let kind = DestinationKind::parse(&row.kind);
    let address = kind.and_then(|kind| DestinationAddress::parse(kind, &row.address).ok());
    let sealed = row.key_id.zip(row.sealed);
    Ok(Delivery {
        id: row.id,
        provider: row.provider_id,
        destination: row.alert_destination_id,
        address,
        sealed: sealed.map(|(key_id, bytes)| Sealed { key_id, bytes }),
        payload: row.payload,
        test: row.test,
        attempts: small(row.attempts.into())?,
    })
}

/// Up to `limit` messages that are due, of all providers but those, the one that has waited longest first. Needs no
/// scope: they go where their provider said, and nowhere else.
pub(crate) async fn due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    but_of: &[Uuid],
    limit: u64,
) -> Result<Vec<Delivery>, DbErr> {
    let rows: Vec<DeliveryRow> = deliveries()
        .filter(alert_delivery::Column::State.eq(DeliveryState::Waiting.as_str()))
        .filter(alert_delivery::Column::NextAttemptAt.lte(now))
        .filter(alert_delivery::Column::ProviderId.is_not_in(but_of.iter().copied()))
        .order_by_asc(alert_delivery::Column::NextAttemptAt)
        .order_by_asc(alert_delivery::Column::Id)
        .limit(limit)
        .into_model()
        .all(db)
        .await?;
    rows.into_iter().map(delivery).collect()
}

/// A message that nobody has written about since it was read so.
fn still(delivery: &Delivery) -> sea_orm::UpdateMany<alert_delivery::Entity> {
    alert_delivery::Entity::update_many()
        .filter(alert_delivery::Column::Id.eq(delivery.id))
        .filter(alert_delivery::Column::State.eq(DeliveryState::Waiting.as_str()))
        .filter(alert_delivery::Column::Attempts.eq(i64::from(delivery.attempts)))
}

/// Takes a message until `until`, which counts as a try; false when somebody else has it by now.
pub(crate) async fn take(
    db: &impl ConnectionTrait,
    delivery: &mut Delivery,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let taken = still(delivery)
        .col_expr(
            alert_delivery::Column::Attempts,
            Expr::col(alert_delivery::Column::Attempts).add(1_i32),
        )
        .col_expr(alert_delivery::Column::NextAttemptAt, Expr::value(until))
        .exec(db)
        .await?;
    delivery.attempts += 1;
    Ok(taken.rows_affected == 1)
}

/// Writes how a try ended; false when somebody else has taken the message since.
pub(crate) async fn end(
    db: &impl ConnectionTrait,
    delivery: &Delivery,
    ending: Ending,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let finished = |state: DeliveryState, failure: Option<String>| {
        still(delivery)
            .col_expr(alert_delivery::Column::State, Expr::value(state.as_str()))
            .col_expr(alert_delivery::Column::Failure, Expr::value(failure))
            .col_expr(alert_delivery::Column::FinishedAt, Expr::value(now))
    };
    let written = match ending {
        Ending::Sent => finished(DeliveryState::Sent, None),
        Ending::Failed(reason) => finished(DeliveryState::Failed, Some(reason)),
        Ending::Again(at, reason) => still(delivery)
            .col_expr(alert_delivery::Column::Failure, Expr::value(reason))
            .col_expr(alert_delivery::Column::NextAttemptAt, Expr::value(at)),
    };
    Ok(written.exec(db).await?.rows_affected == 1)
}
