//! Who a number serves: giving it, taking it away, and writing down that it was released.
//!
//! Whoever changes assignments locks the numbers first ([`lock`]), in one order for all, and groups after that. So nobody
//! waits for somebody who waits for them.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{AssignTo, ReleaseCause},
    teams_user::LicenseState,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, LockType},
};
use uuid::Uuid;

use crate::{
    access::EnterpriseScope,
    entities::{enterprise, number_assignment, phone_number, sms_group, teams_user},
    store::teams_user::license,
};

/// Keeps others from assigning these numbers until the transaction ends. SQLite has one writer at a time anyway.
pub(crate) async fn lock(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let _locked: Vec<Uuid> = phone_number::Entity::find()
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(phone_number::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .select_only()
        .column(phone_number::Column::Id)
        .order_by_asc(phone_number::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(db)
        .await?;
    Ok(())
}

/// Gives a free number to somebody. One that somebody else got meanwhile breaks a uniqueness rule.
pub(crate) async fn assign(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: PhoneNumberId,
    to: AssignTo,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (user, group) = match to {
        AssignTo::TeamsUser(user) => (Some(user.0), None),
        AssignTo::SmsGroup(group) => (None, Some(group.0)),
    };
    let row = number_assignment::ActiveModel {
        phone_number_id: Set(id.0),
        enterprise_id: Set(scope.enterprise().0),
        teams_user_id: Set(user),
        sms_group_id: Set(group),
        assigned_at: Set(now),
    };
    row.insert(db).await.map(drop)
}

/// Takes a number away from whoever has it.
pub(crate) async fn unassign(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: PhoneNumberId,
) -> Result<(), DbErr> {
    number_assignment::Entity::delete_many()
        .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(number_assignment::Column::PhoneNumberId.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

/// Counts the versions of numbers up, whose assignment has changed.
pub(crate) async fn count_up(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    phone_number::Entity::update_many()
        .col_expr(
            phone_number::Column::Version,
            Expr::col(phone_number::Column::Version).add(1),
        )
        .col_expr(phone_number::Column::UpdatedAt, Expr::value(now))
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(phone_number::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .exec(db)
        .await
        .map(drop)
}

/// Writes down that numbers were taken from somebody called `from`. Their versions are counted up by [`count_up`].
pub(crate) async fn mark_released(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
    cause: ReleaseCause,
    from: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    phone_number::Entity::update_many()
        .col_expr(phone_number::Column::ReleasedAt, Expr::value(Some(now)))
        .col_expr(phone_number::Column::ReleasedBy, Expr::value(cause.as_str()))
        .col_expr(phone_number::Column::ReleasedFrom, Expr::value(from))
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(phone_number::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .exec(db)
        .await
        .map(drop)
}

/// Counts the versions of groups up, whose numbers have changed, so that a dialog that was open all the time overwrites
/// nothing unseen.
pub(crate) async fn count_groups_up(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: &[SmsGroupId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut groups: Vec<Uuid> = groups.iter().map(|group| group.0).collect();
    groups.sort_unstable();
    for group in groups {
        sms_group::Entity::update_many()
            .col_expr(sms_group::Column::Version, Expr::col(sms_group::Column::Version).add(1))
            .col_expr(sms_group::Column::UpdatedAt, Expr::value(now))
            .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
            .filter(sms_group::Column::Id.eq(group))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// For how long the enterprise waits before it gives a released number away again; none if it does not.
pub(crate) async fn cooling_off(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
) -> Result<Option<TimeDelta>, DbErr> {
    let days: Option<Option<i32>> = enterprise::Entity::find_by_id(scope.enterprise().0)
        .select_only()
        .column(enterprise::Column::NumberCoolingOffDays)
        .into_tuple()
        .one(db)
        .await?;
    Ok(days.flatten().map(|days| TimeDelta::days(days.into())))
}

/// What is known about a person's licence; none if there is no such person.
pub(crate) async fn license_of(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: TeamsUserId,
) -> Result<Option<LicenseState>, DbErr> {
    let state: Option<String> = teams_user::Entity::find()
        .filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(teams_user::Column::Id.eq(id.0))
        .select_only()
        .column(teams_user::Column::LicenseState)
        .into_tuple()
        .one(db)
        .await?;
    state.as_deref().map(license).transpose()
}

/// The name of a group; none if there is no such group.
pub(crate) async fn group_name(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
) -> Result<Option<String>, DbErr> {
    sms_group::Entity::find()
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group::Column::Id.eq(id.0))
        .select_only()
        .column(sms_group::Column::Name)
        .into_tuple()
        .one(db)
        .await
}
