//! The first rows of uploaded files as they are read, which show whether that is right. Files that came before have none
//! until they are read another way.

use sea_orm_migration::prelude::*;

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, STATEMENTS).await
    }
}

const STATEMENTS: &str = "
ALTER TABLE import_upload ADD COLUMN sample JSON_TEXT NOT NULL DEFAULT '[]'
";
