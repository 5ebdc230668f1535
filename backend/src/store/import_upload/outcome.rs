//! What becomes of the rows of an uploaded file: the table, and the file with those that are rejected.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use domain::{
    ids::ImportUploadId,
    import::{OutcomeKind, OutcomeRow, TABLE},
    table::{Page, TableQuery, fold},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    access::EnterpriseScope,
    entities::{import_outcome, import_rejected},
    store::{
        small,
        table_sql::{SqlColumn, SqlTable, TableSelect},
        try_map, unknown_value,
    },
};

/// Where the columns of the table are found.
static SQL_TABLE: LazyLock<SqlTable> = LazyLock::new(|| {
    let column = |column: import_outcome::Column| Expr::col((import_outcome::Entity, column));
    SqlTable::new(
        &TABLE,
        column(import_outcome::Column::Place),
        [
            SqlColumn::Number(column(import_outcome::Column::Line)),
            SqlColumn::Text(column(import_outcome::Column::SubjectSearch)),
            SqlColumn::Choice(column(import_outcome::Column::Outcome)),
            SqlColumn::Text(column(import_outcome::Column::ReasonSearch)),
        ],
    )
    .numbered()
});

/// Adds outcomes of a run; a thousand at most, which keeps the bound values below SQLite's 32,766 a statement.
pub(crate) async fn add(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    upload: ImportUploadId,
    run: Uuid,
    rows: Vec<OutcomeRow>,
) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(|row| import_outcome::ActiveModel {
        upload_id: Set(upload.0),
        run: Set(run),
        place: Set(i32::try_from(row.position).unwrap_or(i32::MAX)),
        enterprise_id: Set(scope.enterprise().0),
        line: Set(row.line.map(i64::from)),
        subject_search: Set(fold(&row.subject)),
        subject: Set(row.subject),
        outcome: Set(row.outcome.as_str().to_owned()),
        reason_search: Set(fold(&row.reason)),
        reason: Set(row.reason),
    });
    import_outcome::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// One page of the outcomes of a run.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    upload: ImportUploadId,
    run: Option<Uuid>,
    query: &TableQuery,
    now: DateTime<Utc>,
) -> Result<Page<OutcomeRow>, DbErr> {
    let of_run = import_outcome::Entity::find()
        .filter(import_outcome::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(import_outcome::Column::UploadId.eq(upload.0))
        .filter(import_outcome::Column::Run.eq(run));
    let page: Page<import_outcome::Model> = TableSelect::new(&SQL_TABLE, of_run, query, now).rows(db).await?;
    try_map(page, row)
}

fn row(row: import_outcome::Model) -> Result<OutcomeRow, DbErr> {
    Ok(OutcomeRow {
        position: small(row.place.into())?,
        line: row.line.map(small).transpose()?,
        subject: row.subject,
        outcome: OutcomeKind::parse(&row.outcome).ok_or_else(|| unknown_value("outcome", &row.outcome))?,
        reason: row.reason,
    })
}

/// Adds a piece of the file with the rejected rows of a run.
pub(crate) async fn add_rejected(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    upload: ImportUploadId,
    run: Uuid,
    (number, content): (i32, Vec<u8>),
) -> Result<(), DbErr> {
    let row = import_rejected::ActiveModel {
        upload_id: Set(upload.0),
        run: Set(run),
        number: Set(number),
        enterprise_id: Set(scope.enterprise().0),
        content: Set(content),
    };
    import_rejected::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// A piece of the file with the rejected rows of a run; none after the last one.
pub(crate) async fn rejected(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    upload: ImportUploadId,
    run: Uuid,
    number: i32,
) -> Result<Option<Vec<u8>>, DbErr> {
    import_rejected::Entity::find()
        .filter(import_rejected::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(import_rejected::Column::UploadId.eq(upload.0))
        .filter(import_rejected::Column::Run.eq(run))
        .filter(import_rejected::Column::Number.eq(number))
        .select_only()
        .column(import_rejected::Column::Content)
        .into_tuple()
        .one(db)
        .await
}

/// Removes what belongs to other runs of the file than `run`.
pub(super) async fn remove_others(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    upload: ImportUploadId,
    run: Uuid,
) -> Result<(), DbErr> {
    import_outcome::Entity::delete_many()
        .filter(import_outcome::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(import_outcome::Column::UploadId.eq(upload.0))
        .filter(import_outcome::Column::Run.ne(run))
        .exec(db)
        .await?;
    import_rejected::Entity::delete_many()
        .filter(import_rejected::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(import_rejected::Column::UploadId.eq(upload.0))
        .filter(import_rejected::Column::Run.ne(run))
        .exec(db)
        .await
        .map(drop)
}
