//! Tasks, as an enterprise sees them: the table, asking for one, trying one again. What runners do with them is in
//! `queue`.

pub(crate) mod queue;

use std::{borrow::Cow, sync::LazyLock};

use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    ids::{AccountId, ImportUploadId, TaskId},
    table::fold,
    task::{TABLE, TaskFile, TaskKind, TaskProgress, TaskResult, TaskRow, TaskState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use super::{
    table::{Tabular, complete_as_read, whole_as_shown},
    table_sql::{SqlColumn, SqlList, SqlTable},
    unknown_value,
};
use crate::{
    access::EnterpriseScope,
    context::TokenInUse,
    entities::{import_upload, task},
};

/// What the table is called in a subquery about one of its rows.
const SAME: &str = "same";

/// The uploaded file that a task imports.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UploadToImport<'u> {
    pub(crate) id: ImportUploadId,
    pub(crate) file_name: &'u str,
}

/// A task to be done.
pub(crate) struct NewTask<'t> {
    pub(crate) id: TaskId,
    pub(crate) kind: TaskKind,
    /// What the job needs to know, as JSON.
    pub(crate) payload: String,
    /// At most one unfinished task has this key.
    pub(crate) idempotency_key: Option<String>,
    /// The file, if it is to import one.
    pub(crate) upload: Option<UploadToImport<'t>>,
    pub(crate) started_by: Option<AccountId>,
    /// The name of whoever starts it.
    pub(crate) started_by_name: &'t str,
    /// The token that a script starts it with in their name.
    pub(crate) token: Option<&'t TokenInUse>,
}

#[derive(FromQueryResult)]
pub(crate) struct StoredRow {
    id: Uuid,
    kind: String,
    state: String,
    progress_done: i64,
    progress_total: Option<i64>,
    result: Option<String>,
    failure: Option<String>,
    attempts: i32,
    next_attempt_at: DateTime<Utc>,
    started_by_name: String,
    file_name: Option<String>,
    kept_upload: Option<Uuid>,
    duration_seconds: Option<i64>,
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
}

/// Where the columns of the Tasks table are found.
static SQL_TABLE: LazyLock<SqlTable> = LazyLock::new(|| {
    let column = |column: task::Column| Expr::col((task::Entity, column));
    SqlTable::new(
        &TABLE,
        column(task::Column::Id),
        [
            SqlColumn::Choice(column(task::Column::Kind)),
            SqlColumn::Text(column(task::Column::StartedBySearch)),
            SqlColumn::Date(column(task::Column::CreatedAt)),
            SqlColumn::Choice(column(task::Column::State)),
            SqlColumn::Number(column(task::Column::DurationSeconds)),
        ],
    )
    .also_found_by(SqlList::new(
        outer_task_again(),
        Expr::col((SAME, task::Column::FileNameSearch)),
    ))
});

/// The task of the outer query once more, for a text of its own that no column shows.
fn outer_task_again() -> SelectStatement {
    Query::select()
        .from_as(task::Entity, SAME)
        .and_where(Expr::col((SAME, task::Column::Id)).equals((task::Entity, task::Column::Id)))
        .take()
}

/// The tenant's tasks without what only their jobs need, each with its upload if that is still kept.
fn of(scope: &EnterpriseScope) -> Select<task::Entity> {
    task::Entity::find()
        .filter(task::Column::EnterpriseId.eq(scope.enterprise().0))
        .join(
            JoinType::LeftJoin,
            task::Entity::belongs_to(import_upload::Entity)
                .from((task::Column::EnterpriseId, task::Column::UploadId))
                .to((import_upload::Column::EnterpriseId, import_upload::Column::Id))
                .into(),
        )
        .select_only()
        .column_as(import_upload::Column::Id, "kept_upload")
        .columns([
            task::Column::Id,
            task::Column::Kind,
            task::Column::State,
            task::Column::ProgressDone,
            task::Column::ProgressTotal,
            task::Column::Result,
            task::Column::Failure,
            task::Column::Attempts,
            task::Column::NextAttemptAt,
            task::Column::StartedByName,
            task::Column::FileName,
            task::Column::DurationSeconds,
            task::Column::CreatedAt,
            task::Column::StartedAt,
            task::Column::FinishedAt,
        ])
}

impl Tabular for TaskRow {
    const RESOURCE: Resource = Resource::Task;
    type Entity = task::Entity;
    type Stored = StoredRow;

    fn columns(_scope: &EnterpriseScope, _now: DateTime<Utc>) -> Cow<'static, SqlTable> {
        Cow::Borrowed(LazyLock::force(&SQL_TABLE))
    }

    fn select(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<task::Entity> {
        of(scope)
    }

    fn counted(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<task::Entity> {
        task::Entity::find().filter(task::Column::EnterpriseId.eq(scope.enterprise().0))
    }

    fn id_of(stored: &StoredRow) -> Uuid {
        stored.id
    }

    complete_as_read!(row);
}

whole_as_shown!(TaskRow, TaskId);

/// One task.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: TaskId,
) -> Result<Option<TaskRow>, DbErr> {
    let found: Option<StoredRow> = of(scope).filter(task::Column::Id.eq(id.0)).into_model().one(db).await?;
    found.map(row).transpose()
}

/// The task of that kind that was asked for last.
pub(crate) async fn latest(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    kind: TaskKind,
) -> Result<Option<TaskRow>, DbErr> {
    let found: Option<StoredRow> = of(scope)
        .filter(task::Column::Kind.eq(kind.as_str()))
        .order_by_desc(task::Column::CreatedAt)
        .order_by_desc(task::Column::Id)
        .into_model()
        .one(db)
        .await?;
    found.map(row).transpose()
}

/// Adds a task, unless an unfinished one has its key; tells which task there is now, and none if that one has just ended.
/// Waits for whoever is just adding one with the same key.
pub(crate) async fn enqueue(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    new: NewTask<'_>,
    now: DateTime<Utc>,
) -> Result<Option<TaskRow>, DbErr> {
    let (id, key) = (new.id, new.idempotency_key.clone());
    let row = task::ActiveModel {
        id: Set(id.0),
        enterprise_id: Set(scope.enterprise().0),
        kind: Set(new.kind.as_str().to_owned()),
        state: Set(TaskState::Waiting.as_str().to_owned()),
        payload: Set(new.payload),
        progress_done: Set(0),
        progress_total: Set(None),
        result: Set(None),
        failure: Set(None),
        idempotency_key: Set(new.idempotency_key),
        lease_owner: Set(None),
        lease_until: Set(None),
        attempts: Set(0),
        next_attempt_at: Set(now),
        started_by: Set(new.started_by.map(|account| account.0)),
        started_by_name: Set(new.started_by_name.to_owned()),
        started_by_search: Set(fold(new.started_by_name)),
        started_by_token: Set(new.token.map(|token| token.id.0)),
        started_by_token_name: Set(new.token.map(|token| token.name.clone())),
        upload_id: Set(new.upload.map(|upload| upload.id.0)),
        file_name: Set(new.upload.map(|upload| upload.file_name.to_owned())),
        file_name_search: Set(new.upload.map(|upload| fold(upload.file_name))),
        duration_seconds: Set(None),
        created_at: Set(now),
        started_at: Set(None),
        finished_at: Set(None),
        updated_at: Set(now),
    };
    // Without a target: the rule that one unfinished task has a key is an index over some of the rows.
    let added = task::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    match key {
        Some(key) if added == 0 => unfinished(db, scope, &key).await,
        _ => find(db, scope, id).await,
    }
}

/// The unfinished task with that key.
async fn unfinished(db: &impl ConnectionTrait, scope: &EnterpriseScope, key: &str) -> Result<Option<TaskRow>, DbErr> {
    let states = [TaskState::Waiting, TaskState::Running].map(TaskState::as_str);
    let found: Option<StoredRow> = of(scope)
        .filter(task::Column::IdempotencyKey.eq(key))
        .filter(task::Column::State.is_in(states))
        .into_model()
        .one(db)
        .await?;
    found.map(row).transpose()
}

/// Lets a failed task wait for another round of tries; tells whether there was a failed one of that id. Breaks a
/// uniqueness rule if an unfinished task has its key.
pub(crate) async fn retry(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: TaskId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = task::Entity::update_many()
        .col_expr(task::Column::State, Expr::value(TaskState::Waiting.as_str()))
        .col_expr(task::Column::ProgressDone, Expr::value(0_i64))
        .col_expr(task::Column::ProgressTotal, Expr::value(None::<i64>))
        .col_expr(task::Column::Failure, Expr::value(None::<String>))
        .col_expr(task::Column::Attempts, Expr::value(0_i32))
        .col_expr(task::Column::NextAttemptAt, Expr::value(now))
        .col_expr(task::Column::DurationSeconds, Expr::value(None::<i64>))
        .col_expr(task::Column::StartedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(task::Column::FinishedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(task::Column::UpdatedAt, Expr::value(now))
        .filter(task::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(task::Column::Id.eq(id.0))
        .filter(task::Column::State.eq(TaskState::Failed.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

fn row(row: StoredRow) -> Result<TaskRow, DbErr> {
    let state = TaskState::parse(&row.state).ok_or_else(|| unknown_value("task state", &row.state))?;
    let result: Result<Option<Option<TaskResult>>, _> = row.result.as_deref().map(serde_json::from_str).transpose();
    let waits_again = state == TaskState::Waiting && row.failure.is_some();
    Ok(TaskRow {
        id: TaskId(row.id),
        kind: TaskKind::parse(&row.kind).ok_or_else(|| unknown_value("kind of task", &row.kind))?,
        state,
        progress: TaskProgress {
            done: count(row.progress_done)?,
            total: row.progress_total.map(count).transpose()?,
        },
        started_by: row.started_by_name,
        created_at: row.created_at,
        started_at: row.started_at,
        finished_at: row.finished_at,
        duration_seconds: row.duration_seconds.map(super::small).transpose()?,
        attempts: super::small(row.attempts.into())?,
        next_attempt_at: waits_again.then_some(row.next_attempt_at),
        failure: row.failure,
        result: result.map_err(|error| DbErr::Json(error.to_string()))?.flatten(),
        file: row.file_name.map(|name| TaskFile {
            name,
            upload: row.kept_upload.map(ImportUploadId),
        }),
    })
}

fn count(stored: i64) -> Result<u64, DbErr> {
    u64::try_from(stored).map_err(|_| DbErr::Type(format!("{stored} is no count")))
}
