//! What has become of messages: the latest of each destination, and removing old ones.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::alert::{DeliveryState, LastDelivery};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    entities::alert_delivery,
    store::{small, unknown_value},
};

/// What a delivery is called in a subquery about those of the same destination.
const LATER: &str = "later";

/// The latest message to each of these destinations.
pub(in crate::store) async fn last(
    db: &impl ConnectionTrait,
    destinations: &[Uuid],
) -> Result<HashMap<Uuid, LastDelivery>, DbErr> {
    let rows = alert_delivery::Entity::find()
        .filter(alert_delivery::Column::AlertDestinationId.is_in(destinations.iter().copied()))
        .filter(Expr::not_exists(later()))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.alert_destination_id, last_delivery(row)?)))
        .collect()
}

fn last_delivery(row: alert_delivery::Model) -> Result<LastDelivery, DbErr> {
    let state = DeliveryState::parse(&row.state).ok_or_else(|| unknown_value("state of a delivery", &row.state))?;
    Ok(LastDelivery {
        at: row.finished_at.unwrap_or(row.created_at),
        state,
        test: row.test,
        attempts: small(row.attempts.into())?,
        next_attempt_at: (state == DeliveryState::Waiting && row.failure.is_some()).then_some(row.next_attempt_at),
        failure: row.failure,
    })
}

/// Later messages to the destination of the outer query's message; ids of later rows sort later.
fn later() -> SelectStatement {
    Query::select()
        .expr(Expr::cust("1"))
        .from_as(alert_delivery::Entity, LATER)
        .and_where(
            Expr::col((LATER, alert_delivery::Column::AlertDestinationId))
                .equals((alert_delivery::Entity, alert_delivery::Column::AlertDestinationId)),
        )
        .and_where(
            Expr::col((LATER, alert_delivery::Column::Id))
                .gt(Expr::col((alert_delivery::Entity, alert_delivery::Column::Id))),
        )
        .take()
}

/// Removes messages that were sent or given up before `before`, but the latest to each destination. Writes nothing where
/// there are none, so that it neither waits for anybody nor holds anybody up.
pub(crate) async fn sweep(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let old = || {
        Condition::all()
            .add(alert_delivery::Column::FinishedAt.lt(before))
            .add(Expr::exists(later()))
    };
    let found: Option<Uuid> = alert_delivery::Entity::find()
        .filter(old())
        .select_only()
        .column(alert_delivery::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    if found.is_none() {
        return Ok(0);
    }
    let result = alert_delivery::Entity::delete_many().filter(old()).exec(db).await?;
    Ok(result.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        store,
        testing::{Engine, TestPortal},
    };

    /// On SQLite an import writes for minutes, and nobody else does meanwhile.
    #[tokio::test]
    async fn with_nothing_to_remove_nobody_is_waited_for() {
        let portal = TestPortal::open(Engine::Sqlite).await;
        let db = portal.backend().database();
        let importing = store::begin_write(db).await.unwrap();
        assert_eq!(sweep(db, Utc::now()).await, Ok(0));
        importing.rollback().await.unwrap();
    }
}
