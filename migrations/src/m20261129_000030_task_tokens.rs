//! The token that a task was started with, so that what it does is written down with the token's name. The token itself may
//! be gone by then.

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
ALTER TABLE task ADD COLUMN started_by_token UUID
;
ALTER TABLE task ADD COLUMN started_by_token_name text
  CHECK ((started_by_token IS NULL) = (started_by_token_name IS NULL))
";
