//! Lets the groups of many people be found without a look at the memberships themselves: the index holds the group too.

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
CREATE INDEX sms_group_member_groups ON sms_group_member (enterprise_id, teams_user_id, sms_group_id)
;
DROP INDEX sms_group_member_user
";
