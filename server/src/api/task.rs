//! Tasks.

use axum::Json;
use backend::services::task as tasks;
use chrono::{DateTime, Utc};
use domain::{
    ids::TaskId,
    task::{self, TABLE, TaskRow},
};
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Id, Rows, TableParams},
    common::words,
    problem::Problem,
    reply::{PageOf, Reply, page},
};

const TAG: &str = "Tasks";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_tasks))
        .routes(routes!(get_task))
        .routes(routes!(retry_task))
        .routes(routes!(start_sync))
}

words! {
    /// How far a task is.
    TaskState from task::TaskState {
        /// Nobody has taken it up yet.
        Waiting,
        /// It is under way.
        Running,
        /// It ended well.
        Done,
        /// It ended with a reason.
        Failed,
    }
}

/// A task.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Task {
    /// The task's id.
    pub id: Uuid,
    /// What it does, such as `sync`. New words may come.
    pub kind: String,
    /// How far it is.
    pub state: TaskState,
    /// Steps that are done.
    pub steps_done: u64,
    /// All steps, as soon as their number is known.
    pub steps_total: Option<u64>,
    /// The name of the file that it imports.
    pub file_name: Option<String>,
    /// The import of that file, below `imports/numbers` or `imports/users`, as long as it is kept.
    pub import_id: Option<Uuid>,
    /// The name of whoever started it.
    pub started_by: String,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When the last try began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// How long the last try took, in seconds.
    pub duration_seconds: Option<u32>,
    /// How often it was tried.
    pub attempts: u32,
    /// Before when it is not tried again.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// Why the last try failed.
    pub failure: Option<String>,
    /// What it came to: an object with one field, which is called as the kind is.
    #[schema(value_type = Option<Object>)]
    pub result: Option<serde_json::Value>,
}

impl From<TaskRow> for Task {
    fn from(row: TaskRow) -> Self {
        let (file_name, upload) = row.file.map(|file| (file.name, file.upload)).unzip();
        Self {
            id: row.id.0,
            kind: row.kind.as_str().to_owned(),
            state: row.state.into(),
            steps_done: row.progress.done,
            steps_total: row.progress.total,
            file_name,
            import_id: upload.flatten().map(Into::into),
            started_by: row.started_by,
            created_at: row.created_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
            duration_seconds: row.duration_seconds,
            attempts: row.attempts,
            next_attempt_at: row.next_attempt_at,
            failure: row.failure,
            result: row.result.and_then(|result| serde_json::to_value(result).ok()),
        }
    }
}

/// Lists tasks.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/tasks",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<Task>))
)]
async fn list_tasks(asked: Asked, rows: Rows) -> Reply<PageOf<Task>> {
    let query = rows.of(&TABLE)?;
    let found = tasks::list(&asked.op, &asked.backend, &asked.enterprise, &query).await?;
    Ok(page(found))
}

/// Reads a task.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/tasks/{id}",
    tag = TAG,
    responses((status = 200, body = Task))
)]
async fn get_task(asked: Asked, Id(id): Id<TaskId>) -> Reply<Task> {
    let row = tasks::get(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(Json(row.into()))
}

/// Lets a failed task be tried again.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/tasks/{id}/retry",
    tag = TAG,
    responses((status = 202, body = Task))
)]
async fn retry_task(asked: Asked, Id(id): Id<TaskId>) -> Result<(StatusCode, Json<Task>), Problem> {
    let row = tasks::retry(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok((StatusCode::ACCEPTED, Json(row.into())))
}

/// Publishes the configuration to the connectors of an enterprise with the legacy app. While a sync has not ended, asking
/// again starts no other.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/sync",
    tag = TAG,
    responses((status = 202, body = Task))
)]
async fn start_sync(asked: Asked) -> Result<(StatusCode, Json<Task>), Problem> {
    let row = tasks::start_sync(&asked.op, &asked.backend, &asked.enterprise).await?;
    Ok((StatusCode::ACCEPTED, Json(row.into())))
}
