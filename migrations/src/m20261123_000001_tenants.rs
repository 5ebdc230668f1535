//! Providers, enterprises, and the accounts that sign in.

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
CREATE TABLE provider (
  id UUID NOT NULL PRIMARY KEY,
  name text NOT NULL,
  contact_email text,
  contact_phone text,
  created_at TIMESTAMP_UTC NOT NULL
)
;
CREATE TABLE enterprise (
  id UUID NOT NULL PRIMARY KEY,
  provider_id UUID NOT NULL REFERENCES provider (id),
  slug TEXT_C NOT NULL UNIQUE,
  name text NOT NULL,
  name_search TEXT_C NOT NULL,
  sms boolean NOT NULL,
  group_texting boolean NOT NULL,
  secure_sms boolean NOT NULL,
  manages_own_numbers boolean NOT NULL,
  connector_app text NOT NULL CHECK (connector_app IN ('legacy', 'unified')),
  suspended boolean NOT NULL,
  version bigint NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  updated_at TIMESTAMP_UTC NOT NULL,
  UNIQUE (provider_id, id)
)
;
CREATE TABLE account (
  id UUID NOT NULL PRIMARY KEY,
  email TEXT_C NOT NULL UNIQUE CHECK (email = lower(email)),
  display_name text NOT NULL,
  password_hash text,
  disabled boolean NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  last_signed_in_at TIMESTAMP_UTC
)
;
CREATE TABLE membership (
  id UUID NOT NULL PRIMARY KEY,
  account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  provider_id UUID NOT NULL REFERENCES provider (id),
  enterprise_id UUID,
  role text NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  FOREIGN KEY (provider_id, enterprise_id) REFERENCES enterprise (provider_id, id),
  CHECK ((role = 'provider_admin' AND enterprise_id IS NULL)
      OR (role IN ('enterprise_admin', 'enterprise_viewer') AND enterprise_id IS NOT NULL))
)
;
CREATE UNIQUE INDEX membership_at_enterprise ON membership (account_id, enterprise_id) WHERE enterprise_id IS NOT NULL
;
CREATE UNIQUE INDEX membership_at_provider ON membership (account_id, provider_id) WHERE enterprise_id IS NULL
;
CREATE INDEX membership_enterprise ON membership (enterprise_id)
;
CREATE TABLE session (
  id_hash BYTES NOT NULL PRIMARY KEY,
  account_id UUID REFERENCES account (id) ON DELETE CASCADE,
  data JSON_TEXT NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  last_seen_at TIMESTAMP_UTC NOT NULL,
  expires_at TIMESTAMP_UTC NOT NULL
)
;
CREATE INDEX session_account ON session (account_id)
;
CREATE INDEX session_expiry ON session (expires_at)
";
