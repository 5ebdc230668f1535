//! One entry of the audit log; never changed or removed.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
    Uuid,
};

/// A row of `audit_event`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub enterprise_id: Option<Uuid>,
    pub provider_id: Option<Uuid>,
    pub account_id: Option<Uuid>,
    pub actor: String,
    pub actor_search: String,
    pub action: String,
    pub resource: String,
    pub resource_id: Option<Uuid>,
    pub subject: Option<String>,
    pub subject_search: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub request_id: Uuid,
    pub peer: Option<String>,
    pub created_at: DateTime<Utc>,
    pub chain_id: Uuid,
    pub sequence: i64,
    pub hash: String,
}

/// None: joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
