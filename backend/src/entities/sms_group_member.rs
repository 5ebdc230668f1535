//! Who is in which group.

use sea_orm::entity::prelude::*;

/// A row of `sms_group_member`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_group_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sms_group_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub teams_user_id: Uuid,
    pub enterprise_id: Uuid,
}

/// None: joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
