//! An encrypted credential of a carrier profile.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
    Uuid,
};

/// A row of `carrier_credential`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carrier_credential")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub carrier_profile_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    pub enterprise_id: Uuid,
    pub key_id: String,
    pub sealed: Vec<u8>,
    pub set_at: DateTime<Utc>,
}

/// None: joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
