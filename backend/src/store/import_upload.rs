//! Uploaded files: their pieces, how they are read, what an import of them came to. Outcomes of rows are in `outcome`,
//! removing files that have had their time in `room`.

pub(crate) mod outcome;
mod room;

use chrono::{DateTime, Utc};
use domain::{
    ids::{ImportUploadId, TaskId},
    import::{FileShape, ImportKind, UserImportSummary},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Select, UpdateMany,
    sea_query::Expr,
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

pub(crate) use self::room::{Among, delete_expired, make_room};
use super::unknown_value;
use crate::{
    access::EnterpriseScope,
    entities::{import_chunk, import_upload},
};

/// The names of columns or the rows of a sample where there are none.
const NOTHING: &str = "[]";

/// A file that is all there.
#[derive(Clone, Debug)]
pub(crate) struct StoredUpload {
    pub(crate) id: ImportUploadId,
    pub(crate) kind: ImportKind,
    pub(crate) file_name: String,
    pub(crate) size: u64,
    pub(crate) header: Vec<String>,
    pub(crate) sample: Vec<Vec<String>>,
    pub(crate) shape: FileShape,
    pub(crate) run: Option<Uuid>,
    pub(crate) summary: Option<UserImportSummary>,
    pub(crate) task: Option<TaskId>,
    pub(crate) applied_at: Option<DateTime<Utc>>,
    pub(crate) expires_at: DateTime<Utc>,
}

fn json(value: &impl Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Json(error.to_string()))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Json(error.to_string()))
}

fn of(scope: &EnterpriseScope) -> Select<import_upload::Entity> {
    import_upload::Entity::find().filter(import_upload::Column::EnterpriseId.eq(scope.enterprise().0))
}

fn update(scope: &EnterpriseScope, id: ImportUploadId) -> UpdateMany<import_upload::Entity> {
    import_upload::Entity::update_many()
        .filter(import_upload::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(import_upload::Column::Id.eq(id.0))
}

/// Adds a file of which nothing is there yet.
pub(crate) async fn begin(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
    (kind, file_name): (ImportKind, &str),
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = import_upload::ActiveModel {
        id: Set(id.0),
        enterprise_id: Set(scope.enterprise().0),
        kind: Set(kind.as_str().to_owned()),
        file_name: Set(file_name.to_owned()),
        size: Set(0),
        complete: Set(false),
        header: Set(NOTHING.to_owned()),
        sample: Set(NOTHING.to_owned()),
        shape: Set("null".to_owned()),
        run: Set(None),
        summary: Set(None),
        task_id: Set(None),
        applied_at: Set(None),
        created_at: Set(now),
        expires_at: Set(expires_at),
    };
    import_upload::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Adds a piece of a file.
pub(crate) async fn add_chunk(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
    number: i32,
    content: Vec<u8>,
) -> Result<(), DbErr> {
    let row = import_chunk::ActiveModel {
        upload_id: Set(id.0),
        number: Set(number),
        enterprise_id: Set(scope.enterprise().0),
        content: Set(content),
    };
    import_chunk::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// A piece of a file, if it is there.
pub(crate) async fn chunk(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
    number: i32,
) -> Result<Option<Vec<u8>>, DbErr> {
    import_chunk::Entity::find()
        .filter(import_chunk::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(import_chunk::Column::UploadId.eq(id.0))
        .filter(import_chunk::Column::Number.eq(number))
        .select_only()
        .column(import_chunk::Column::Content)
        .into_tuple()
        .one(db)
        .await
}

/// Says that a file is all there.
pub(crate) async fn complete(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
    size: u64,
    expires_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    update(scope, id)
        .col_expr(import_upload::Column::Complete, Expr::value(true))
        .col_expr(
            import_upload::Column::Size,
            Expr::value(i64::try_from(size).unwrap_or(i64::MAX)),
        )
        .col_expr(import_upload::Column::ExpiresAt, Expr::value(expires_at))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps how a file is read, and the names of its columns and its first rows as they are read so; what a dry run told
/// under another reading is forgotten.
pub(crate) async fn set_look(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
    (header, sample): (&[String], &[Vec<String>]),
    shape: &FileShape,
) -> Result<(), DbErr> {
    read_as(scope, id, shape)?
        .col_expr(import_upload::Column::Header, Expr::value(json(&header)?))
        .col_expr(import_upload::Column::Sample, Expr::value(json(&sample)?))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps what the columns of a file hold; what a dry run told when they held other things is forgotten.
pub(crate) async fn set_shape(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
    shape: &FileShape,
) -> Result<(), DbErr> {
    read_as(scope, id, shape)?.exec(db).await.map(drop)
}

fn read_as(
    scope: &EnterpriseScope,
    id: ImportUploadId,
    shape: &FileShape,
) -> Result<UpdateMany<import_upload::Entity>, DbErr> {
    Ok(update(scope, id)
        .col_expr(import_upload::Column::Shape, Expr::value(json(shape)?))
        .col_expr(import_upload::Column::Run, Expr::value(None::<Uuid>))
        .col_expr(import_upload::Column::Summary, Expr::value(None::<String>)))
}

/// Keeps what a run came to; the outcomes of other runs are removed.
pub(crate) async fn set_run(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
    run: Uuid,
    summary: &UserImportSummary,
) -> Result<(), DbErr> {
    update(scope, id)
        .col_expr(import_upload::Column::Run, Expr::value(Some(run)))
        .col_expr(import_upload::Column::Summary, Expr::value(Some(json(summary)?)))
        .exec(db)
        .await?;
    outcome::remove_others(db, scope, id, run).await
}

/// Keeps which task imports a file.
pub(crate) async fn set_task(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
    task: TaskId,
) -> Result<(), DbErr> {
    update(scope, id)
        .col_expr(import_upload::Column::TaskId, Expr::value(Some(task.0)))
        .exec(db)
        .await
        .map(drop)
}

/// Says that a file was imported, and removes its content, the sample of it included.
pub(crate) async fn set_applied(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    update(scope, id)
        .col_expr(import_upload::Column::AppliedAt, Expr::value(Some(now)))
        .col_expr(import_upload::Column::Sample, Expr::value(NOTHING))
        .col_expr(import_upload::Column::ExpiresAt, Expr::value(expires_at))
        .exec(db)
        .await?;
    import_chunk::Entity::delete_many()
        .filter(import_chunk::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(import_chunk::Column::UploadId.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

/// A file of that kind, if it is all there.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    kind: ImportKind,
    id: ImportUploadId,
) -> Result<Option<StoredUpload>, DbErr> {
    let found = of(scope)
        .filter(import_upload::Column::Id.eq(id.0))
        .filter(import_upload::Column::Kind.eq(kind.as_str()))
        .filter(import_upload::Column::Complete.eq(true))
        .one(db)
        .await?;
    found.map(stored).transpose()
}

fn stored(row: import_upload::Model) -> Result<StoredUpload, DbErr> {
    Ok(StoredUpload {
        id: ImportUploadId(row.id),
        kind: ImportKind::parse(&row.kind).ok_or_else(|| unknown_value("kind of import", &row.kind))?,
        file_name: row.file_name,
        size: u64::try_from(row.size).unwrap_or_default(),
        header: read(&row.header)?,
        sample: read(&row.sample)?,
        shape: read(&row.shape)?,
        run: row.run,
        summary: row.summary.as_deref().map(read).transpose()?,
        task: row.task_id.map(TaskId),
        applied_at: row.applied_at,
        expires_at: row.expires_at,
    })
}

/// Removes a file with all that belongs to it.
pub(crate) async fn remove(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ImportUploadId,
) -> Result<(), DbErr> {
    import_upload::Entity::delete_many()
        .filter(import_upload::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(import_upload::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}
