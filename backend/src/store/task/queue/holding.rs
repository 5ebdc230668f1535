//! What the holder of a lease writes: keeping the task, how far it is, how the try ended.

use chrono::{DateTime, Utc};
use domain::task::{TaskProgress, TaskState};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, UpdateMany,
    sea_query::{Expr, ExprTrait},
};

use super::{Lease, without_lease};
use crate::entities::task;

/// How a try ended.
pub(crate) enum Ending {
    /// Well, with this result as JSON.
    Done(String),
    /// For good, for this reason.
    Failed(String),
    /// With another try at that time, after this failure.
    Again(DateTime<Utc>, String),
    /// Before its time, through no fault of its own: it does not count as a try.
    GivenBack,
}

/// Keeps the task until `until`; false when somebody else has it.
pub(crate) async fn extend(db: &impl ConnectionTrait, lease: &Lease, until: DateTime<Utc>) -> Result<bool, DbErr> {
    let kept = held(lease, task::Entity::update_many())
        .col_expr(task::Column::LeaseUntil, Expr::value(until))
        .exec(db)
        .await?;
    Ok(kept.rows_affected == 1)
}

/// Writes how far the task is and keeps it until `until`; false when somebody else has it.
pub(crate) async fn progress(
    db: &impl ConnectionTrait,
    lease: &Lease,
    progress: TaskProgress,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let total = progress.total.map(stored);
    let kept = held(lease, task::Entity::update_many())
        .col_expr(task::Column::ProgressDone, Expr::value(stored(progress.done)))
        .col_expr(task::Column::ProgressTotal, Expr::value(total))
        .col_expr(task::Column::LeaseUntil, Expr::value(until))
        .col_expr(task::Column::UpdatedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(kept.rows_affected == 1)
}

/// Ends a try that began at `started_at`; false when somebody else has the task.
pub(crate) async fn end(
    db: &impl ConnectionTrait,
    lease: &Lease,
    ending: Ending,
    started_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let seconds = Ord::max((now - started_at).num_seconds(), 0);
    let finished = |state| {
        without_lease(state, now)
            .col_expr(task::Column::FinishedAt, Expr::value(now))
            .col_expr(task::Column::DurationSeconds, Expr::value(seconds))
    };
    let update = match ending {
        Ending::Done(result) => finished(TaskState::Done)
            .col_expr(task::Column::Result, Expr::value(result))
            .col_expr(task::Column::Failure, Expr::value(None::<String>)),
        Ending::Failed(reason) => finished(TaskState::Failed).col_expr(task::Column::Failure, Expr::value(reason)),
        Ending::Again(at, reason) => without_lease(TaskState::Waiting, now)
            .col_expr(task::Column::NextAttemptAt, Expr::value(at))
            .col_expr(task::Column::Failure, Expr::value(reason)),
        Ending::GivenBack => without_lease(TaskState::Waiting, now)
            .col_expr(task::Column::NextAttemptAt, Expr::value(now))
            .col_expr(task::Column::Attempts, Expr::col(task::Column::Attempts).sub(1_i32)),
    };
    let ended = held(lease, update).exec(db).await?;
    Ok(ended.rows_affected == 1)
}

/// Only while the lease stands.
fn held(lease: &Lease, update: UpdateMany<task::Entity>) -> UpdateMany<task::Entity> {
    update
        .filter(task::Column::Id.eq(lease.task.0))
        .filter(task::Column::LeaseOwner.eq(lease.owner.as_str()))
}

fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
