//! Removing files whose time is over, or that make room for others.

use chrono::{DateTime, Utc};
use domain::task::TaskState;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Condition,
};
use uuid::Uuid;

use super::of;
use crate::{
    access::EnterpriseScope,
    entities::{import_upload, task},
};

/// Not of a task that is still to read it.
fn not_needed() -> Condition {
    let states = [TaskState::Waiting, TaskState::Running].map(TaskState::as_str);
    let unfinished = task::Entity::find()
        .select_only()
        .column(task::Column::Id)
        .filter(task::Column::State.is_in(states))
        .into_query();
    Condition::any()
        .add(import_upload::Column::TaskId.is_null())
        .add(import_upload::Column::TaskId.not_in_subquery(unfinished))
}

/// Which files make room for one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Among {
    /// Those that are all there.
    Whole,
    /// Those on their way.
    Arriving,
}

/// Removes the oldest of these files of the enterprise until `most` are left.
pub(crate) async fn make_room(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    among: Among,
    most: u64,
) -> Result<(), DbErr> {
    let is_among = import_upload::Column::Complete.eq(among == Among::Whole);
    let newest: Vec<Uuid> = of(scope)
        .filter(is_among.clone())
        .select_only()
        .column(import_upload::Column::Id)
        .order_by_desc(import_upload::Column::CreatedAt)
        .order_by_desc(import_upload::Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    import_upload::Entity::delete_many()
        .filter(import_upload::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(is_among)
        .filter(import_upload::Column::Id.is_not_in(newest))
        .filter(not_needed())
        .exec(db)
        .await
        .map(drop)
}

/// Removes the files of all enterprises whose time is over; tells how many.
pub(crate) async fn delete_expired(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let removed = import_upload::Entity::delete_many()
        .filter(import_upload::Column::ExpiresAt.lte(now))
        .filter(not_needed())
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}
