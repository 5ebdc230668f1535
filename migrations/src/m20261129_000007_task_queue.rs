//! Tasks as the runner works them off.

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

/// The table is made anew, since SQLite cannot add rules to one that is there. No program so far has written a task, so
/// nothing is lost.
const STATEMENTS: &str = "
DROP TABLE task
;
CREATE TABLE task (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  kind TEXT_C NOT NULL,
  state TEXT_C NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  payload JSON_TEXT NOT NULL,
  progress_done bigint NOT NULL CHECK (progress_done >= 0),
  progress_total bigint CHECK (progress_total >= progress_done),
  result JSON_TEXT,
  failure text,
  idempotency_key TEXT_C,
  lease_owner TEXT_C,
  lease_until TIMESTAMP_UTC,
  attempts integer NOT NULL CHECK (attempts >= 0),
  next_attempt_at TIMESTAMP_UTC NOT NULL,
  started_by UUID REFERENCES account (id),
  started_by_name text NOT NULL,
  started_by_search TEXT_C NOT NULL,
  duration_seconds bigint CHECK (duration_seconds >= 0),
  created_at TIMESTAMP_UTC NOT NULL,
  started_at TIMESTAMP_UTC,
  finished_at TIMESTAMP_UTC,
  updated_at TIMESTAMP_UTC NOT NULL,
  UNIQUE (enterprise_id, id),
  CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
  CHECK ((state = 'running') = (lease_owner IS NOT NULL)),
  CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)),
  CHECK (state <> 'failed' OR failure IS NOT NULL),
  CHECK (state <> 'done' OR failure IS NULL),
  CHECK (result IS NULL OR state = 'done')
)
;
CREATE UNIQUE INDEX task_unfinished_once ON task (idempotency_key) WHERE state IN ('waiting', 'running')
;
CREATE INDEX task_enterprise ON task (enterprise_id, created_at)
;
CREATE INDEX task_queue ON task (state, next_attempt_at)
;
CREATE INDEX task_lease ON task (lease_until) WHERE state = 'running'
;
CREATE INDEX task_updated ON task (updated_at)
";
