//! Many numbers at once: what an import compares with and writes. One statement carries as many rows as it is given;
//! callers give at most a thousand, which keeps the bound values below SQLite's 32,766 a statement.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::PhoneNumberId,
    number::{NumberChange, NumberSettings},
    phone::PhoneNumber,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    e164,
    edit::{changing, free_number},
    settings_of,
};
use crate::{access::EnterpriseScope, entities::phone_number, store::new_id};

/// A number that is there.
pub(crate) struct StoredNumber {
    pub(crate) id: PhoneNumberId,
    pub(crate) settings: NumberSettings,
}

/// Those of `numbers` that the enterprise has.
pub(crate) async fn stored(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    numbers: &[PhoneNumber],
) -> Result<HashMap<PhoneNumber, StoredNumber>, DbErr> {
    let rows = phone_number::Entity::find()
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(phone_number::Column::E164.is_in(numbers.iter().map(ToString::to_string)))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let number = e164(&row.e164)?;
            let stored = StoredNumber {
                id: PhoneNumberId(row.id),
                settings: settings_of(row)?,
            };
            Ok((number, stored))
        })
        .collect()
}

/// Adds free numbers.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    numbers: &[(PhoneNumber, NumberSettings)],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if numbers.is_empty() {
        return Ok(());
    }
    let rows = numbers
        .iter()
        .map(|(number, settings)| free_number(scope, new_id(), number, settings, now));
    phone_number::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Changes numbers alike and counts their versions up.
pub(crate) async fn change(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
    change: &NumberChange,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let flags = [change.sms, change.mms, change.group_mms, change.voice];
    let mut update = changing(scope, ids, flags, now);
    if let Some(profile) = change.carrier_profile {
        update = update.col_expr(phone_number::Column::CarrierProfileId, Expr::value(profile.0));
    }
    if let Some(domain) = &change.domain {
        update = update.col_expr(phone_number::Column::HostingDomain, Expr::value(domain.as_str()));
    }
    update.exec(db).await.map(drop)
}
