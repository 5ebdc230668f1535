//! Adding, changing and deleting numbers.

use chrono::{DateTime, Utc};
use domain::{
    ids::PhoneNumberId,
    number::{NumberPatch, NumberSettings, ProfileChoice},
    phone::PhoneNumber,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, UpdateMany,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    access::EnterpriseScope,
    entities::{carrier_profile, phone_number},
};

/// Adds a free number. One that is there already breaks a uniqueness rule.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: PhoneNumberId,
    number: PhoneNumber,
    settings: &NumberSettings,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    free_number(scope, id.0, &number, settings, now)
        .insert(db)
        .await
        .map(drop)
}

/// A number that nobody has yet.
pub(super) fn free_number(
    scope: &EnterpriseScope,
    id: Uuid,
    number: &PhoneNumber,
    settings: &NumberSettings,
    now: DateTime<Utc>,
) -> phone_number::ActiveModel {
    phone_number::ActiveModel {
        id: Set(id),
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
    }
}

/// Changes numbers alike and counts their versions up.
pub(crate) async fn patch(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
    patch: &NumberPatch,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let flags = [patch.sms, patch.mms, patch.group_mms, patch.voice];
    let mut update = changing(scope, ids, flags, now);
    if let Some(choice) = patch.carrier_profile {
        let profile: Option<Uuid> = match choice {
            ProfileChoice::None => None,
            ProfileChoice::Profile(profile) => Some(profile.0),
        };
        update = update.col_expr(phone_number::Column::CarrierProfileId, Expr::value(profile));
    }
    update.exec(db).await.map(drop)
}

/// An update of these numbers that counts their versions up and says whether they can do SMS, MMS, group MMS and voice,
/// as far as that is to change.
pub(super) fn changing(
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
    flags: [Option<bool>; 4],
    now: DateTime<Utc>,
) -> UpdateMany<phone_number::Entity> {
    let columns = [
        phone_number::Column::SmsCapable,
        phone_number::Column::MmsCapable,
        phone_number::Column::GroupMmsCapable,
        phone_number::Column::VoiceCapable,
    ];
    let mut update = phone_number::Entity::update_many()
        .col_expr(
            phone_number::Column::Version,
            Expr::col(phone_number::Column::Version).add(1),
        )
        .col_expr(phone_number::Column::UpdatedAt, Expr::value(now))
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(phone_number::Column::Id.is_in(ids.iter().map(|id| id.0)));
    for (column, flag) in columns.into_iter().zip(flags) {
        if let Some(flag) = flag {
            update = update.col_expr(column, Expr::value(flag));
        }
    }
    update
}

/// Removes numbers. The database refuses to remove one that serves somebody.
pub(crate) async fn delete(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
) -> Result<(), DbErr> {
    phone_number::Entity::delete_many()
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(phone_number::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .exec(db)
        .await
        .map(drop)
}

/// Whether the enterprise has this carrier profile.
pub(crate) async fn has_profile(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    profile: Uuid,
) -> Result<bool, DbErr> {
    let found = carrier_profile::Entity::find()
        .filter(carrier_profile::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(carrier_profile::Column::Id.eq(profile))
        .count(db)
        .await?;
    Ok(found > 0)
}
