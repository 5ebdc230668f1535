//! Until when something that a carrier was asked for may still take effect.

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

/// `settles_at`: a subscription may appear at the carrier until then, although nothing shows it yet; null when nothing is
/// in doubt.
const STATEMENTS: &str = "
ALTER TABLE domain_subscription ADD COLUMN settles_at TIMESTAMP_UTC
";
