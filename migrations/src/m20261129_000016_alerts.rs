//! Alerts that are open, where they are sent, and what has become of each message.

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

/// `thing_id` is a domain subscription or a carrier profile. It is no reference: an alert outlives its thing until people
/// have been told that it is over. Destinations belong to a provider; `sealed` is as in `carrier_credential`.
const STATEMENTS: &str = "
CREATE TABLE alert (
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  thing_id UUID NOT NULL,
  kind TEXT_C NOT NULL CHECK (kind IN ('domain_expiring', 'domain_expired', 'profile_failing')),
  name text NOT NULL,
  since TIMESTAMP_UTC NOT NULL,
  told_at TIMESTAMP_UTC NOT NULL CHECK (told_at >= since),
  PRIMARY KEY (enterprise_id, thing_id)
)
;
CREATE TABLE alert_destination (
  id UUID NOT NULL PRIMARY KEY,
  provider_id UUID NOT NULL REFERENCES provider (id),
  kind TEXT_C NOT NULL CHECK (kind IN ('email', 'webhook')),
  address TEXT_C NOT NULL,
  key_id TEXT_C CHECK (length(key_id) > 0),
  sealed BYTES CHECK (length(sealed) > 40),
  created_at TIMESTAMP_UTC NOT NULL,
  UNIQUE (provider_id, id),
  UNIQUE (provider_id, kind, address),
  CHECK ((kind = 'webhook') = (sealed IS NOT NULL)),
  CHECK ((key_id IS NULL) = (sealed IS NULL))
)
;
CREATE INDEX alert_destination_key ON alert_destination (key_id)
;
CREATE TABLE alert_delivery (
  id UUID NOT NULL PRIMARY KEY,
  provider_id UUID NOT NULL,
  alert_destination_id UUID NOT NULL,
  test boolean NOT NULL,
  payload JSON_TEXT NOT NULL,
  state TEXT_C NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts integer NOT NULL CHECK (attempts >= 0),
  next_attempt_at TIMESTAMP_UTC NOT NULL,
  failure text,
  created_at TIMESTAMP_UTC NOT NULL,
  finished_at TIMESTAMP_UTC,
  FOREIGN KEY (provider_id, alert_destination_id) REFERENCES alert_destination (provider_id, id) ON DELETE CASCADE,
  CHECK ((state = 'waiting') = (finished_at IS NULL)),
  CHECK (state <> 'sent' OR failure IS NULL),
  CHECK (state <> 'failed' OR failure IS NOT NULL)
)
;
CREATE INDEX alert_delivery_queue ON alert_delivery (next_attempt_at) WHERE state = 'waiting'
;
CREATE INDEX alert_delivery_destination ON alert_delivery (alert_destination_id, id)
";
