//! When and by what numbers were released, and how long an enterprise waits before it gives one away again.

use sea_orm_migration::prelude::*;

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, STATEMENTS).await?;
        match manager.get_database_backend() {
            sea_orm_migration::sea_orm::DbBackend::Postgres => execute(manager, ORDER_POSTGRES).await,
            // The index of the uniqueness rule does: SQLite puts what is missing first anyway.
            _ => Ok(()),
        }
    }
}

const STATEMENTS: &str = "
ALTER TABLE enterprise ADD COLUMN number_cooling_off_days integer
  CHECK (number_cooling_off_days BETWEEN 1 AND 3650)
;
ALTER TABLE phone_number ADD COLUMN released_at TIMESTAMP_UTC
;
ALTER TABLE phone_number ADD COLUMN released_by text
  CHECK (released_by IN ('unassigned', 'reassigned', 'group_updated', 'group_deleted', 'offboarded'))
;
ALTER TABLE phone_number ADD COLUMN released_from text
  CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (released_from IS NULL))
";

/// The order of the Numbers table, so that its first page is read without sorting.
const ORDER_POSTGRES: &str = "
CREATE INDEX phone_number_order ON phone_number (enterprise_id, e164 NULLS FIRST, id NULLS FIRST)
";
