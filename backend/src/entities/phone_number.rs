//! A phone number of an enterprise.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
    Uuid,
};

/// A row of `phone_number`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_number")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub enterprise_id: Uuid,
    pub e164: String,
    pub digits: String,
    pub sms_capable: bool,
    pub mms_capable: bool,
    pub group_mms_capable: bool,
    pub voice_capable: bool,
    pub carrier_profile_id: Option<Uuid>,
    pub hosting_domain: Option<String>,
    pub released_at: Option<DateTime<Utc>>,
    pub released_by: Option<String>,
    pub released_from: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// None: joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
