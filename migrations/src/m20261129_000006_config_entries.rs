//! What is in the published snapshots of the configuration.

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

/// An entry is a number or a group as it was published. It is in the snapshots from `since_number` up to the one before
/// `until_number`; without that it is in the last one. So a snapshot costs what it changes, and each can be read as a
/// whole. Nothing points at the number or the group itself, which may be gone.
const STATEMENTS: &str = "
CREATE TABLE config_entry (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL,
  kind text NOT NULL CHECK (kind IN ('number', 'group')),
  thing_id UUID NOT NULL,
  serves_id UUID,
  content JSON_TEXT NOT NULL,
  since_number bigint NOT NULL,
  until_number bigint,
  UNIQUE (enterprise_id, thing_id, since_number),
  FOREIGN KEY (enterprise_id, since_number) REFERENCES config_snapshot (enterprise_id, number),
  FOREIGN KEY (enterprise_id, until_number) REFERENCES config_snapshot (enterprise_id, number),
  CHECK ((kind = 'number') = (serves_id IS NOT NULL)),
  CHECK (until_number > since_number)
)
;
CREATE UNIQUE INDEX config_entry_live ON config_entry (enterprise_id, thing_id) WHERE until_number IS NULL
;
CREATE INDEX config_entry_serves ON config_entry (enterprise_id, serves_id) WHERE until_number IS NULL
";
