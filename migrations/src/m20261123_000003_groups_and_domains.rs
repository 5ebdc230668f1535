//! SMS groups, number assignments, domain subscriptions.

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
CREATE TABLE sms_group (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  name text NOT NULL,
  name_key TEXT_C NOT NULL,
  name_search TEXT_C NOT NULL,
  owner_id UUID NOT NULL,
  version bigint NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  updated_at TIMESTAMP_UTC NOT NULL,
  UNIQUE (enterprise_id, id),
  UNIQUE (enterprise_id, name_key),
  FOREIGN KEY (enterprise_id, owner_id) REFERENCES teams_user (enterprise_id, id)
)
;
CREATE INDEX sms_group_name ON sms_group (enterprise_id, name_search, id)
;
CREATE INDEX sms_group_owner ON sms_group (enterprise_id, owner_id)
;
CREATE TABLE sms_group_member (
  sms_group_id UUID NOT NULL,
  teams_user_id UUID NOT NULL,
  enterprise_id UUID NOT NULL,
  PRIMARY KEY (sms_group_id, teams_user_id),
  FOREIGN KEY (enterprise_id, sms_group_id) REFERENCES sms_group (enterprise_id, id) ON DELETE CASCADE,
  FOREIGN KEY (enterprise_id, teams_user_id) REFERENCES teams_user (enterprise_id, id)
)
;
CREATE INDEX sms_group_member_user ON sms_group_member (enterprise_id, teams_user_id)
;
CREATE TABLE number_assignment (
  phone_number_id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL,
  teams_user_id UUID,
  sms_group_id UUID,
  assigned_at TIMESTAMP_UTC NOT NULL,
  FOREIGN KEY (enterprise_id, phone_number_id) REFERENCES phone_number (enterprise_id, id),
  FOREIGN KEY (enterprise_id, teams_user_id) REFERENCES teams_user (enterprise_id, id),
  FOREIGN KEY (enterprise_id, sms_group_id) REFERENCES sms_group (enterprise_id, id) ON DELETE CASCADE,
  CHECK ((teams_user_id IS NULL) <> (sms_group_id IS NULL))
)
;
CREATE INDEX number_assignment_user ON number_assignment (enterprise_id, teams_user_id)
;
CREATE INDEX number_assignment_group ON number_assignment (enterprise_id, sms_group_id)
;
CREATE TABLE domain_subscription (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  carrier_profile_id UUID NOT NULL,
  domain TEXT_C NOT NULL CHECK (domain = lower(domain)),
  subscription_id TEXT_C,
  subscription_id_search TEXT_C,
  subscribed_at TIMESTAMP_UTC,
  expires_at TIMESTAMP_UTC,
  renewal_status text NOT NULL CHECK (renewal_status IN ('idle', 'renewing', 'failed', 'deleting')),
  failure text,
  last_renewed_at TIMESTAMP_UTC,
  next_attempt_at TIMESTAMP_UTC,
  version bigint NOT NULL,
  created_at TIMESTAMP_UTC NOT NULL,
  updated_at TIMESTAMP_UTC NOT NULL,
  UNIQUE (enterprise_id, id),
  UNIQUE (enterprise_id, domain),
  FOREIGN KEY (enterprise_id, carrier_profile_id) REFERENCES carrier_profile (enterprise_id, id)
)
;
CREATE INDEX domain_subscription_profile ON domain_subscription (enterprise_id, carrier_profile_id)
";
