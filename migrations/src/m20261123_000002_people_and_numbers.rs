//! Teams users, carrier profiles, phone numbers.

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
CREATE TABLE teams_user (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  entra_object_id UUID,
  user_principal_name text NOT NULL,
  user_principal_name_key TEXT_C NOT NULL,
  user_principal_name_search TEXT_C NOT NULL,
  display_name text NOT NULL,
  display_name_search TEXT_C NOT NULL,
  license_state text NOT NULL CHECK (license_state IN ('licensed', 'unlicensed', 'unknown')),
  enabled boolean NOT NULL,
  version bigint NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  updated_at TIMESTAMP_UTC NOT NULL,
  UNIQUE (enterprise_id, id),
  UNIQUE (enterprise_id, user_principal_name_key)
)
;
CREATE UNIQUE INDEX teams_user_object_id ON teams_user (enterprise_id, entra_object_id) WHERE entra_object_id IS NOT NULL
;
CREATE INDEX teams_user_name ON teams_user (enterprise_id, display_name_search)
;
CREATE TABLE carrier_profile (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  carrier_kind text NOT NULL CHECK (carrier_kind IN ('netsapiens', 'skyswitch', 'united_cloud', 'ringlogix', 'viirtue',
    'bandwidth', 'twilio', 'telnyx', 'sinch', 'vonage', 'plivo', 'signalwire', 'voipms', 'inteliquent')),
  name text NOT NULL,
  name_key TEXT_C NOT NULL,
  name_search TEXT_C NOT NULL,
  carrier_search TEXT_C NOT NULL,
  host text,
  checked_at TIMESTAMP_UTC,
  check_passed boolean,
  check_message text,
  version bigint NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  updated_at TIMESTAMP_UTC NOT NULL,
  UNIQUE (enterprise_id, id),
  UNIQUE (enterprise_id, name_key),
  CHECK ((checked_at IS NULL) = (check_passed IS NULL))
)
;
CREATE TABLE phone_number (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  e164 TEXT_C NOT NULL CHECK (e164 LIKE '+%' AND length(e164) BETWEEN 8 AND 16),
  digits TEXT_C NOT NULL,
  sms_capable boolean NOT NULL,
  mms_capable boolean NOT NULL,
  group_mms_capable boolean NOT NULL,
  voice_capable boolean NOT NULL,
  carrier_profile_id UUID,
  hosting_domain TEXT_C CHECK (hosting_domain = lower(hosting_domain)),
  version bigint NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  updated_at TIMESTAMP_UTC NOT NULL,
  UNIQUE (enterprise_id, id),
  UNIQUE (enterprise_id, e164),
  FOREIGN KEY (enterprise_id, carrier_profile_id) REFERENCES carrier_profile (enterprise_id, id)
)
;
CREATE INDEX phone_number_profile ON phone_number (enterprise_id, carrier_profile_id)
;
CREATE INDEX phone_number_domain ON phone_number (enterprise_id, hosting_domain)
";
