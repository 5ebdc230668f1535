//! What runners do with tasks: claim one, keep it, say how far it is, end it. Needs no scope: a runner serves all
//! enterprises, and each claim names the one it is for.
//!
//! A claim has a [`Lease`] of its own. Every write names it and hits nothing once somebody else has the task, so that
//! only the holder's word counts, whatever the clocks and connections of the others do.

mod claiming;
mod holding;
mod written;

use chrono::{DateTime, Utc};
use domain::{ids::TaskId, task::TaskState};
use sea_orm::{EntityTrait, UpdateMany, sea_query::Expr};

pub(crate) use self::{
    claiming::{Claim, claim, is_anything_to_do, recover},
    holding::{Ending, end, extend, progress},
    written::{Written, written_from},
};
use crate::entities::task;

/// The right to work on a task.
#[derive(Clone, Debug)]
pub(crate) struct Lease {
    pub(crate) task: TaskId,
    /// Given to one claim only.
    owner: String,
}

/// An update that takes the lease away.
fn without_lease(state: TaskState, now: DateTime<Utc>) -> UpdateMany<task::Entity> {
    task::Entity::update_many()
        .col_expr(task::Column::State, Expr::value(state.as_str()))
        .col_expr(task::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(task::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(task::Column::UpdatedAt, Expr::value(now))
}
