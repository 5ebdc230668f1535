//! Encrypted credentials of carrier profiles, and whose turn it is to renew the subscriptions of a profile.

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

/// `sealed` is nonce, encrypted value and tag; the shortest value has one byte.
const STATEMENTS: &str = "
CREATE TABLE carrier_credential (
  carrier_profile_id UUID NOT NULL,
  field TEXT_C NOT NULL,
  enterprise_id UUID NOT NULL,
  key_id TEXT_C NOT NULL CHECK (length(key_id) > 0),
  sealed BYTES NOT NULL CHECK (length(sealed) > 40),
  set_at TIMESTAMP_UTC NOT NULL,
  PRIMARY KEY (carrier_profile_id, field),
  FOREIGN KEY (enterprise_id, carrier_profile_id) REFERENCES carrier_profile (enterprise_id, id) ON DELETE CASCADE
)
;
CREATE INDEX carrier_credential_key ON carrier_credential (key_id)
;
CREATE TABLE carrier_renewal (
  carrier_profile_id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL,
  holder UUID,
  held_until TIMESTAMP_UTC,
  due_at TIMESTAMP_UTC NOT NULL,
  failures integer NOT NULL CHECK (failures >= 0),
  FOREIGN KEY (enterprise_id, carrier_profile_id) REFERENCES carrier_profile (enterprise_id, id) ON DELETE CASCADE,
  CHECK ((holder IS NULL) = (held_until IS NULL))
)
;
CREATE INDEX carrier_renewal_due ON carrier_renewal (due_at)
";
