//! Folded copies of what providers answered to requests, so that the Domains table is searched by what it shows of them.

use domain::table::fold;
use sea_orm_migration::{prelude::*, sea_orm::prelude::Uuid};

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, COLUMN).await?;
        fold_answers(manager).await
    }
}

/// Older programs that still run write answers without it, so nothing demands it.
const COLUMN: &str = "
ALTER TABLE resubscription_request ADD COLUMN answer_search TEXT_C
";

async fn fold_answers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let [table, id, answer] = ["resubscription_request", "id", "answer"].map(Alias::new);
    let answered = Query::select()
        .columns([id.clone(), answer.clone()])
        .from(table.clone())
        .and_where(Expr::col(answer).is_not_null())
        .take();
    for row in connection.query_all(&answered).await? {
        let (request, answer): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "answer")?);
        let update = Query::update()
            .table(table.clone())
            .value(Alias::new("answer_search"), fold(&answer))
            .and_where(Expr::col(id.clone()).eq(request))
            .take();
        connection.execute(&update).await?;
    }
    Ok(())
}
