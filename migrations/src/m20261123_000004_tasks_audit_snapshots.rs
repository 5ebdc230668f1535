//! Tasks, the audit log, published configuration.

use sea_orm_migration::prelude::*;

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, STATEMENTS).await?;
        match manager.get_database_backend() {
            sea_orm_migration::sea_orm::DbBackend::Postgres => execute(manager, APPEND_ONLY_POSTGRES).await,
            _ => execute(manager, APPEND_ONLY_SQLITE).await,
        }
    }
}

const STATEMENTS: &str = "
CREATE TABLE task (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID REFERENCES enterprise (id),
  kind text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  payload JSON_TEXT NOT NULL,
  progress_done bigint NOT NULL,
  progress_total bigint,
  result JSON_TEXT,
  failure text,
  idempotency_key TEXT_C UNIQUE,
  lease_owner text,
  lease_until TIMESTAMP_UTC,
  attempts integer NOT NULL,
  next_attempt_at TIMESTAMP_UTC,
  started_by UUID REFERENCES account (id),
  created_at TIMESTAMP_UTC NOT NULL,
  started_at TIMESTAMP_UTC,
  finished_at TIMESTAMP_UTC,
  CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
)
;
CREATE INDEX task_enterprise ON task (enterprise_id, created_at)
;
CREATE INDEX task_waiting ON task (state, next_attempt_at)
;
CREATE TABLE audit_event (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID REFERENCES enterprise (id),
  provider_id UUID REFERENCES provider (id),
  account_id UUID,
  actor text NOT NULL,
  action text NOT NULL,
  resource text NOT NULL,
  resource_id UUID,
  before JSON_TEXT,
  after JSON_TEXT,
  request_id UUID NOT NULL,
  peer text,
  created_at TIMESTAMP_UTC NOT NULL
)
;
CREATE INDEX audit_event_enterprise ON audit_event (enterprise_id, created_at)
;
CREATE INDEX audit_event_resource ON audit_event (resource_id, created_at)
;
CREATE TABLE config_snapshot (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  number bigint NOT NULL CHECK (number > 0),
  content JSON_TEXT NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  published_by text NOT NULL,
  UNIQUE (enterprise_id, number)
)
";

/// What was done stays written: entries of the audit log can be neither changed nor removed. SQLite's REPLACE removes
/// rows without asking the trigger for deletions, so an entry that is there cannot be added again either.
const APPEND_ONLY_SQLITE: &str = "
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
;
CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
";

/// See [`APPEND_ONLY_SQLITE`].
const APPEND_ONLY_POSTGRES: &str = "
CREATE FUNCTION audit_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_event is append-only'; END $$
;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_append_only()
";
