//! The tasks that were written lately, for those who follow them.

use chrono::{DateTime, Utc};
use domain::ids::{EnterpriseId, TaskId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entities::task;

/// A task that was written lately.
pub(crate) struct Written {
    pub(crate) task: TaskId,
    pub(crate) enterprise: EnterpriseId,
    pub(crate) at: DateTime<Utc>,
}

/// The tasks of all enterprises that were written at `from` or later. Whoever asks hands each to those who may see its
/// enterprise.
pub(crate) async fn written_from(db: &impl ConnectionTrait, from: DateTime<Utc>) -> Result<Vec<Written>, DbErr> {
    let rows: Vec<(Uuid, Uuid, DateTime<Utc>)> = task::Entity::find()
        .filter(task::Column::UpdatedAt.gte(from))
        .order_by_asc(task::Column::UpdatedAt)
        .select_only()
        .column(task::Column::Id)
        .column(task::Column::EnterpriseId)
        .column(task::Column::UpdatedAt)
        .into_tuple()
        .all(db)
        .await?;
    let written = |(task, enterprise, at)| Written {
        task: TaskId(task),
        enterprise: EnterpriseId(enterprise),
        at,
    };
    Ok(rows.into_iter().map(written).collect())
}
