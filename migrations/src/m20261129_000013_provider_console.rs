//! One-time links, and versions of a provider's own details.

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
ALTER TABLE provider ADD COLUMN version bigint NOT NULL DEFAULT 1
;
CREATE TABLE invitation (
  id UUID NOT NULL PRIMARY KEY,
  provider_id UUID NOT NULL,
  enterprise_id UUID NOT NULL,
  kind text NOT NULL CHECK (kind IN ('invitation', 'password_reset')),
  email TEXT_C NOT NULL CHECK (email = lower(email)),
  role text NOT NULL CHECK (role IN ('enterprise_admin', 'enterprise_viewer')),
  account_id UUID REFERENCES account (id) ON DELETE CASCADE,
  token_hash BYTES NOT NULL UNIQUE,
  created_at TIMESTAMP_UTC NOT NULL,
  expires_at TIMESTAMP_UTC NOT NULL,
  used_at TIMESTAMP_UTC,
  FOREIGN KEY (provider_id, enterprise_id) REFERENCES enterprise (provider_id, id),
  CHECK ((kind = 'password_reset') = (account_id IS NOT NULL)),
  CHECK (expires_at > created_at)
)
;
CREATE UNIQUE INDEX invitation_open ON invitation (enterprise_id, email)
WHERE kind = 'invitation' AND used_at IS NULL
;
CREATE UNIQUE INDEX invitation_reset ON invitation (account_id)
WHERE kind = 'password_reset' AND used_at IS NULL
";
