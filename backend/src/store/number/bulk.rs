//! Many numbers at once: what an import compares with and writes. One statement carries as many rows as it is given;
//! callers give at most a thousand, which keeps the bound values below SQLite's 32,766 a statement.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    domain_subscription::DomainName,
    ids::{CarrierProfileId, PhoneNumberId},
    number::{NumberChange, NumberSettings},
    phone::PhoneNumber,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::e164;
use crate::{
    access::EnterpriseScope,
    entities::phone_number,
    store::{new_id, unknown_value},
};

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
                settings: settings(row)?,
            };
            Ok((number, stored))
        })
        .collect()
}

fn settings(row: phone_number::Model) -> Result<NumberSettings, DbErr> {
    let domain = |name: String| DomainName::parse(&name).map_err(|_| unknown_value("domain", &name));
    Ok(NumberSettings {
        sms: row.sms_capable,
        mms: row.mms_capable,
        group_mms: row.group_mms_capable,
        voice: row.voice_capable,
        carrier_profile: row.carrier_profile_id.map(CarrierProfileId),
        domain: row.hosting_domain.map(domain).transpose()?,
    })
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
    let rows = numbers.iter().map(|(number, settings)| phone_number::ActiveModel {
        id: Set(new_id()),
        enterprise_id: Set(scope.enterprise().0),
        e164: Set(number.to_string()),
        digits: Set(number.digits()),
        sms_capable: Set(settings.sms),
        mms_capable: Set(settings.mms),
        group_mms_capable: Set(settings.group_mms),
        voice_capable: Set(settings.voice),
        carrier_profile_id: Set(settings.carrier_profile.map(|profile| profile.0)),
        hosting_domain: Set(settings.domain.as_ref().map(ToString::to_string)),
        released_at: Set(None),
        released_by: Set(None),
        released_from: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    });
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
    let mut update = phone_number::Entity::update_many()
        .col_expr(
            phone_number::Column::Version,
            Expr::col(phone_number::Column::Version).add(1),
        )
        .col_expr(phone_number::Column::UpdatedAt, Expr::value(now));
    let flags = [
        (phone_number::Column::SmsCapable, change.sms),
        (phone_number::Column::MmsCapable, change.mms),
        (phone_number::Column::GroupMmsCapable, change.group_mms),
        (phone_number::Column::VoiceCapable, change.voice),
    ];
    for (column, flag) in flags {
        if let Some(flag) = flag {
            update = update.col_expr(column, Expr::value(flag));
        }
    }
    if let Some(profile) = change.carrier_profile {
        update = update.col_expr(phone_number::Column::CarrierProfileId, Expr::value(profile.0));
    }
    if let Some(domain) = &change.domain {
        update = update.col_expr(phone_number::Column::HostingDomain, Expr::value(domain.as_str()));
    }
    update
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(phone_number::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .exec(db)
        .await
        .map(drop)
}
