//! Encrypted credentials of carrier profiles. What they are made of is not known here.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::ids::CarrierProfileId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{access::EnterpriseScope, crypto::Sealed, entities::carrier_credential};

/// A stored credential.
#[derive(Clone, Debug)]
pub(crate) struct StoredCredential {
    pub(crate) enterprise: Uuid,
    pub(crate) profile: Uuid,
    pub(crate) field: String,
    pub(crate) sealed: Sealed,
    pub(crate) set_at: DateTime<Utc>,
}

impl From<carrier_credential::Model> for StoredCredential {
    fn from(row: carrier_credential::Model) -> Self {
        Self {
            enterprise: row.enterprise_id,
            profile: row.carrier_profile_id,
            field: row.field,
            sealed: Sealed {
                key_id: row.key_id,
                bytes: row.sealed,
            },
            set_at: row.set_at,
        }
    }
}

/// Everything that is set on a profile.
pub(crate) async fn of_profile(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    profile: CarrierProfileId,
) -> Result<Vec<StoredCredential>, DbErr> {
    let rows = carrier_credential::Entity::find()
        .filter(carrier_credential::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(carrier_credential::Column::CarrierProfileId.eq(profile.0))
        .order_by_asc(carrier_credential::Column::Field)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(StoredCredential::from).collect())
}

/// Sets a credential, in the place of the one before.
pub(crate) async fn set(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    profile: CarrierProfileId,
    field: &str,
    sealed: Sealed,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = carrier_credential::ActiveModel {
        carrier_profile_id: Set(profile.0),
        field: Set(field.to_owned()),
        enterprise_id: Set(scope.enterprise().0),
        key_id: Set(sealed.key_id),
        sealed: Set(sealed.bytes),
        set_at: Set(now),
    };
    let mut replacing = OnConflict::columns([
        carrier_credential::Column::CarrierProfileId,
        carrier_credential::Column::Field,
    ]);
    replacing.update_columns([
        carrier_credential::Column::KeyId,
        carrier_credential::Column::Sealed,
        carrier_credential::Column::SetAt,
    ]);
    carrier_credential::Entity::insert(row)
        .on_conflict(replacing)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Takes credentials away that the profile has no use for any more.
pub(crate) async fn keep_only(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    profile: CarrierProfileId,
    fields: &[&str],
) -> Result<(), DbErr> {
    carrier_credential::Entity::delete_many()
        .filter(carrier_credential::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(carrier_credential::Column::CarrierProfileId.eq(profile.0))
        .filter(carrier_credential::Column::Field.is_not_in(fields.iter().copied()))
        .exec(db)
        .await
        .map(drop)
}

/// Up to `limit` credentials, of all enterprises, that another key than `key_id` encrypts. Needs no scope: the values
/// serve nobody here, they only change the key.
pub(super) async fn under_other_keys(
    db: &impl ConnectionTrait,
    key_id: &str,
    limit: u64,
) -> Result<Vec<StoredCredential>, DbErr> {
    let rows = carrier_credential::Entity::find()
        .filter(carrier_credential::Column::KeyId.ne(key_id))
        .order_by_asc(carrier_credential::Column::CarrierProfileId)
        .order_by_asc(carrier_credential::Column::Field)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(StoredCredential::from).collect())
}

/// Puts the same secret under another key, unless it was set anew in the meantime; tells whether it was still the same.
pub(super) async fn change_key(
    db: &impl ConnectionTrait,
    before: &StoredCredential,
    sealed: Sealed,
) -> Result<bool, DbErr> {
    let result = carrier_credential::Entity::update_many()
        .col_expr(carrier_credential::Column::KeyId, Expr::value(sealed.key_id))
        .col_expr(carrier_credential::Column::Sealed, Expr::value(sealed.bytes))
        .filter(carrier_credential::Column::CarrierProfileId.eq(before.profile))
        .filter(carrier_credential::Column::Field.eq(before.field.as_str()))
        .filter(carrier_credential::Column::Sealed.eq(before.sealed.bytes.clone()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// The names of all keys that some credential was encrypted with.
pub(super) async fn keys_in_use(db: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
    let ids: Vec<String> = carrier_credential::Entity::find()
        .select_only()
        .column(carrier_credential::Column::KeyId)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}
