//! Lets people be found by any part of their name or sign-in name without a look at their rows: the index holds both
//! texts, and is what a search reads from one end to the other.

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
CREATE INDEX teams_user_found ON teams_user (enterprise_id, display_name_search, user_principal_name_search, id)
";
