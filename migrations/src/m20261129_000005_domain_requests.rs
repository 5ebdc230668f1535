//! Deletions of domains that fail, and requests to subscribe a domain again.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Postgres => execute(manager, NEW_STATUS_POSTGRES).await?,
            _ => execute(manager, NEW_STATUS_SQLITE).await?,
        }
        execute(manager, REQUESTS).await
    }
}

const NEW_STATUS_POSTGRES: &str = "
ALTER TABLE domain_subscription
  DROP CONSTRAINT domain_subscription_renewal_status_check,
  ADD CONSTRAINT domain_subscription_renewal_status_check
    CHECK (renewal_status IN ('idle', 'renewing', 'failed', 'deleting', 'deletion_failed'))
";

/// SQLite cannot change a constraint, so the table is made anew. Nothing points at it yet.
const NEW_STATUS_SQLITE: &str = "
CREATE TABLE new_domain_subscription (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  carrier_profile_id UUID NOT NULL,
  domain TEXT_C NOT NULL CHECK (domain = lower(domain)),
  subscription_id TEXT_C,
  subscription_id_search TEXT_C,
  subscribed_at TIMESTAMP_UTC,
  expires_at TIMESTAMP_UTC,
  renewal_status text NOT NULL CHECK (renewal_status IN ('idle', 'renewing', 'failed', 'deleting', 'deletion_failed')),
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
INSERT INTO new_domain_subscription
SELECT id, enterprise_id, carrier_profile_id, domain, subscription_id, subscription_id_search, subscribed_at, expires_at,
  renewal_status, failure, last_renewed_at, next_attempt_at, version, created_at, updated_at
FROM domain_subscription
;
DROP TABLE domain_subscription
;
ALTER TABLE new_domain_subscription RENAME TO domain_subscription
;
CREATE INDEX domain_subscription_profile ON domain_subscription (enterprise_id, carrier_profile_id)
";

const REQUESTS: &str = "
CREATE INDEX domain_subscription_status ON domain_subscription (renewal_status)
;
CREATE TABLE resubscription_request (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID NOT NULL REFERENCES enterprise (id),
  domain_subscription_id UUID NOT NULL,
  requested_by UUID REFERENCES account (id),
  requested_at TIMESTAMP_UTC NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'done', 'declined')),
  answer text,
  answered_by UUID REFERENCES account (id),
  answered_at TIMESTAMP_UTC,
  UNIQUE (enterprise_id, id),
  FOREIGN KEY (enterprise_id, domain_subscription_id) REFERENCES domain_subscription (enterprise_id, id)
    ON DELETE CASCADE,
  CHECK ((state = 'open') = (answered_at IS NULL)),
  CHECK (state <> 'open' OR (answer IS NULL AND answered_by IS NULL)),
  CHECK (state <> 'declined' OR answer IS NOT NULL)
)
;
CREATE UNIQUE INDEX resubscription_request_open ON resubscription_request (enterprise_id, domain_subscription_id)
WHERE state = 'open'
;
CREATE INDEX resubscription_request_domain
ON resubscription_request (enterprise_id, domain_subscription_id, requested_at)
";
