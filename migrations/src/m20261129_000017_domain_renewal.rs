//! Renewals that somebody asked for, and what others have subscribed on a domain.

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

/// `renewal_asked`: the next renewal gives the subscription another end even if it is not about to end.
/// The index finds the enterprises that have the same domain.
const STATEMENTS: &str = "
ALTER TABLE domain_subscription ADD COLUMN renewal_asked boolean NOT NULL DEFAULT FALSE
;
ALTER TABLE domain_subscription ADD COLUMN foreign_subscriptions JSON_TEXT
;
CREATE INDEX domain_subscription_domain ON domain_subscription (domain)
";
