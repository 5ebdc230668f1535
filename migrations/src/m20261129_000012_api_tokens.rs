//! API tokens, and what was answered to requests that may be sent again.

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

/// A token belongs to an account, as a session does, and not to an enterprise; `enterprise_id` is only its limit.
const STATEMENTS: &str = "
CREATE TABLE api_token (
  id UUID NOT NULL PRIMARY KEY,
  account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  enterprise_id UUID REFERENCES enterprise (id),
  name text NOT NULL,
  secret_hash BYTES NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
  hint text NOT NULL CHECK (length(hint) = 4),
  role text NOT NULL CHECK (role IN ('provider_admin', 'enterprise_admin', 'enterprise_viewer')),
  created_at TIMESTAMP_UTC NOT NULL,
  expires_at TIMESTAMP_UTC NOT NULL CHECK (expires_at > created_at),
  last_used_at TIMESTAMP_UTC,
  last_used_from text,
  CHECK (last_used_at IS NOT NULL OR last_used_from IS NULL)
)
;
CREATE INDEX api_token_account ON api_token (account_id, created_at)
;
CREATE TABLE idempotency_key (
  api_token_id UUID NOT NULL REFERENCES api_token (id) ON DELETE CASCADE,
  key TEXT_C NOT NULL,
  request_hash BYTES NOT NULL CHECK (length(request_hash) = 32),
  status integer CHECK (status BETWEEN 100 AND 599),
  headers JSON_TEXT,
  body BYTES,
  created_at TIMESTAMP_UTC NOT NULL,
  PRIMARY KEY (api_token_id, key),
  CHECK ((status IS NULL) = (body IS NULL) AND (status IS NULL) = (headers IS NULL))
)
;
CREATE INDEX idempotency_key_age ON idempotency_key (created_at)
";
