//! Phone numbers: what pickers offer, and whom the chosen ones serve. The table is in `table`, assignments are in
//! `assign`, changes of the numbers themselves in `edit` and, for imports, in `bulk`.

mod assign;
pub(crate) mod bulk;
mod edit;
mod table;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    domain_subscription::DomainName,
    ids::{CarrierProfileId, PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{Assignee, NumberSettings, PhoneNumberRef},
    phone::PhoneNumber,
    table::phone_needles,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    Select, sea_query::Condition,
};
use uuid::Uuid;

pub(crate) use self::{
    assign::{assign, cooling_off, count_groups_up, count_up, group_name, license_of, lock, mark_released, unassign},
    edit::{delete, has_profile, insert, patch},
    table::{find, settings},
};
use super::{teams_user::contains, unknown_value};
use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, phone_number, sms_group, teams_user},
};

/// A number with whom it serves.
#[derive(FromQueryResult)]
struct AssignedNumber {
    id: Uuid,
    e164: String,
    sms_capable: bool,
    released_at: Option<DateTime<Utc>>,
    teams_user_id: Option<Uuid>,
    teams_user_name: Option<String>,
    sms_group_id: Option<Uuid>,
    sms_group_name: Option<String>,
}

/// A number that somebody chose or can choose, as far as choosing it needs to be judged.
pub(crate) struct ChosenNumber {
    pub(crate) number: PhoneNumberRef,
    pub(crate) sms_capable: bool,
    /// When somebody last lost it.
    pub(crate) released_at: Option<DateTime<Utc>>,
}

/// The tenant's numbers with whom they serve.
pub(super) fn of(scope: &EnterpriseScope) -> Select<phone_number::Entity> {
    phone_number::Entity::find()
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .join(
            JoinType::LeftJoin,
            phone_number::Entity::belongs_to(number_assignment::Entity)
                .from(phone_number::Column::Id)
                .to(number_assignment::Column::PhoneNumberId)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            number_assignment::Entity::belongs_to(teams_user::Entity)
                .from(number_assignment::Column::TeamsUserId)
                .to(teams_user::Column::Id)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            number_assignment::Entity::belongs_to(sms_group::Entity)
                .from(number_assignment::Column::SmsGroupId)
                .to(sms_group::Column::Id)
                .into(),
        )
        .select_only()
        .columns([
            phone_number::Column::Id,
            phone_number::Column::E164,
            phone_number::Column::SmsCapable,
            phone_number::Column::ReleasedAt,
        ])
        .column(number_assignment::Column::TeamsUserId)
        .column_as(teams_user::Column::DisplayName, "teams_user_name")
        .column(number_assignment::Column::SmsGroupId)
        .column_as(sms_group::Column::Name, "sms_group_name")
}

/// The SMS-capable numbers that are free or already in `group` and that contain `search` in any usual form, ascending.
pub(crate) async fn options_for_group(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    group: Option<SmsGroupId>,
    search: &str,
    limit: u64,
) -> Result<Vec<ChosenNumber>, DbErr> {
    let mut reachable = Condition::any().add(number_assignment::Column::PhoneNumberId.is_null());
    if let Some(group) = group {
        reachable = reachable.add(number_assignment::Column::SmsGroupId.eq(group.0));
    }
    let mut select = of(scope)
        .filter(phone_number::Column::SmsCapable.eq(true))
        .filter(reachable);
    if !search.trim().is_empty() {
        let found = digit_runs(search).iter().fold(Condition::any(), |any, digits| {
            any.add(phone_number::Column::Digits.like(contains(digits)))
        });
        select = select.filter(found);
    }
    let rows: Vec<AssignedNumber> = select
        .order_by_asc(phone_number::Column::E164)
        .limit(limit)
        .into_model()
        .all(db)
        .await?;
    rows.into_iter().map(chosen).collect()
}

/// What to look for in the digits of numbers; what is no part of a number finds none.
fn digit_runs(search: &str) -> Vec<String> {
    let needles = phone_needles(search);
    if !needles.is_empty() {
        return needles;
    }
    vec![search.trim().trim_start_matches('+').to_owned()]
}

/// Those of `ids` that are numbers of this enterprise.
pub(crate) async fn chosen_of(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
) -> Result<HashMap<PhoneNumberId, ChosenNumber>, DbErr> {
    let rows: Vec<AssignedNumber> = of(scope)
        .filter(phone_number::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .into_model()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| chosen(row).map(|chosen| (chosen.number.id, chosen)))
        .collect()
}

/// The numbers of a group, ascending.
pub(super) async fn of_group(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    group: SmsGroupId,
) -> Result<Vec<PhoneNumberRef>, DbErr> {
    let select = of(scope).filter(number_assignment::Column::SmsGroupId.eq(group.0));
    references(db, select.order_by_asc(phone_number::Column::E164)).await
}

/// The numbers that read like one of `e164`, ascending.
pub(super) async fn reading(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    e164: &[String],
) -> Result<Vec<PhoneNumberRef>, DbErr> {
    let select = of(scope).filter(phone_number::Column::E164.is_in(e164.iter().map(String::as_str)));
    references(db, select.order_by_asc(phone_number::Column::E164)).await
}

/// The numbers that a narrower form of [`of`] finds.
pub(super) async fn references(
    db: &impl ConnectionTrait,
    select: Select<phone_number::Entity>,
) -> Result<Vec<PhoneNumberRef>, DbErr> {
    let rows: Vec<AssignedNumber> = select.into_model().all(db).await?;
    rows.into_iter().map(|row| Ok(chosen(row)?.number)).collect()
}

fn chosen(row: AssignedNumber) -> Result<ChosenNumber, DbErr> {
    Ok(ChosenNumber {
        number: PhoneNumberRef {
            id: PhoneNumberId(row.id),
            e164: e164(&row.e164)?,
            assignee: assignee(
                row.teams_user_id.zip(row.teams_user_name),
                row.sms_group_id.zip(row.sms_group_name),
            ),
        },
        sms_capable: row.sms_capable,
        released_at: row.released_at,
    })
}

/// Whom a number serves: a person or a group, by its id and name.
fn assignee(user: Option<(Uuid, String)>, group: Option<(Uuid, String)>) -> Option<Assignee> {
    let user = user.map(|(id, name)| Assignee::TeamsUser {
        id: TeamsUserId(id),
        name,
    });
    user.or_else(|| {
        group.map(|(id, name)| Assignee::SmsGroup {
            id: SmsGroupId(id),
            name,
        })
    })
}

/// What a number can do and where it is at home.
fn settings_of(row: phone_number::Model) -> Result<NumberSettings, DbErr> {
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

/// Reads a stored number.
pub(super) fn e164(text: &str) -> Result<PhoneNumber, DbErr> {
    PhoneNumber::parse(text).map_err(|_| unknown_value("phone number", text))
}
