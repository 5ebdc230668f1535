//! Whose turn it is to renew the subscriptions of a carrier profile, and when the next turn is.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
    Uuid,
};

/// A row of `carrier_renewal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carrier_renewal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub carrier_profile_id: Uuid,
    pub enterprise_id: Uuid,
    pub holder: Option<Uuid>,
    pub held_until: Option<DateTime<Utc>>,
    pub due_at: DateTime<Utc>,
    pub failures: i32,
}

/// None: joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
