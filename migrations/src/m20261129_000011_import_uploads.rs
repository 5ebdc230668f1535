//! Files that were uploaded to be imported, and what becomes of their rows.

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

/// A file is kept in pieces of equal size, the last one smaller, so that any server can read it from any place without
/// holding it. A run is one dry run or import; the outcomes of the one that counts are those of `import_upload.run`.
const STATEMENTS: &str = "
CREATE TABLE import_upload (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  kind TEXT_C NOT NULL CHECK (kind IN ('numbers', 'users')),
  file_name text NOT NULL,
  size bigint NOT NULL CHECK (size >= 0),
  complete boolean NOT NULL,
  header JSON_TEXT NOT NULL,
  shape JSON_TEXT NOT NULL,
  run UUID,
  summary JSON_TEXT,
  task_id UUID,
  applied_at TIMESTAMP_UTC,
  created_at TIMESTAMP_UTC NOT NULL,
  expires_at TIMESTAMP_UTC NOT NULL,
  UNIQUE (enterprise_id, id),
  FOREIGN KEY (enterprise_id, task_id) REFERENCES task (enterprise_id, id),
  CHECK ((run IS NULL) = (summary IS NULL)),
  CHECK (applied_at IS NULL OR (task_id IS NOT NULL AND run IS NOT NULL)),
  CHECK (run IS NULL OR complete)
)
;
CREATE INDEX import_upload_expiry ON import_upload (expires_at)
;
CREATE TABLE import_chunk (
  upload_id UUID NOT NULL,
  number integer NOT NULL CHECK (number >= 0),
  enterprise_id UUID NOT NULL,
  content BYTES NOT NULL,
  PRIMARY KEY (upload_id, number),
  FOREIGN KEY (enterprise_id, upload_id) REFERENCES import_upload (enterprise_id, id) ON DELETE CASCADE
)
;
CREATE TABLE import_outcome (
  upload_id UUID NOT NULL,
  run UUID NOT NULL,
  place integer NOT NULL CHECK (place > 0),
  enterprise_id UUID NOT NULL,
  line bigint CHECK (line > 0),
  subject text NOT NULL,
  subject_search TEXT_C NOT NULL,
  outcome TEXT_C NOT NULL CHECK (outcome IN ('added', 'updated', 'unchanged', 'rejected', 'missing')),
  reason text NOT NULL,
  reason_search TEXT_C NOT NULL,
  PRIMARY KEY (upload_id, run, place),
  FOREIGN KEY (enterprise_id, upload_id) REFERENCES import_upload (enterprise_id, id) ON DELETE CASCADE,
  CHECK ((outcome = 'missing') = (line IS NULL)),
  CHECK (outcome <> 'rejected' OR reason <> '')
)
;
CREATE TABLE import_rejected (
  upload_id UUID NOT NULL,
  run UUID NOT NULL,
  number integer NOT NULL CHECK (number >= 0),
  enterprise_id UUID NOT NULL,
  content BYTES NOT NULL,
  PRIMARY KEY (upload_id, run, number),
  FOREIGN KEY (enterprise_id, upload_id) REFERENCES import_upload (enterprise_id, id) ON DELETE CASCADE
)
";
