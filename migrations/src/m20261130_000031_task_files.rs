//! The file that a task imports, so that imports can be told apart and lead to their pages. The upload itself may be gone by
//! then; tasks that were asked for before name none.

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
ALTER TABLE task ADD COLUMN upload_id UUID
;
ALTER TABLE task ADD COLUMN file_name text
;
ALTER TABLE task ADD COLUMN file_name_search TEXT_C
  CHECK ((upload_id IS NULL) = (file_name IS NULL) AND (upload_id IS NULL) = (file_name_search IS NULL))
";
