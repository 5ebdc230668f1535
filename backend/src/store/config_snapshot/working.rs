//! What the pages show and change, in the form in which it is published.

use std::collections::HashMap;

use domain::{
    config_snapshot::{ConfiguredGroup, ConfiguredNumber, ConfiguredPerson, Serves},
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, QueryTrait,
    Select,
};
use uuid::Uuid;

use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, phone_number, sms_group, sms_group_member, teams_user},
    store::number::e164,
};

/// The columns of [`with_person`].
#[derive(FromQueryResult)]
struct PersonRow {
    user_id: Uuid,
    display_name: String,
    user_principal_name: String,
    entra_object_id: Option<Uuid>,
}

impl From<PersonRow> for ConfiguredPerson {
    fn from(row: PersonRow) -> Self {
        Self {
            id: TeamsUserId(row.user_id),
            display_name: row.display_name,
            user_principal_name: row.user_principal_name,
            object_id: row.entra_object_id,
        }
    }
}

#[derive(FromQueryResult)]
struct NumberRow {
    id: Uuid,
    e164: String,
    sms_group_id: Option<Uuid>,
    #[sea_orm(nested)]
    user: Option<PersonRow>,
}

#[derive(FromQueryResult)]
struct GroupRow {
    id: Uuid,
    name: String,
    #[sea_orm(nested)]
    owner: PersonRow,
}

#[derive(FromQueryResult)]
struct MemberRow {
    sms_group_id: Uuid,
    #[sea_orm(nested)]
    member: PersonRow,
}

/// Adds what is published of the joined person.
fn with_person<E: EntityTrait>(select: Select<E>) -> Select<E> {
    select.column_as(teams_user::Column::Id, "user_id").columns([
        teams_user::Column::DisplayName,
        teams_user::Column::UserPrincipalName,
        teams_user::Column::EntraObjectId,
    ])
}

/// The numbers that serve somebody, or those of `ids`.
pub(super) async fn numbers(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: Option<&[Uuid]>,
) -> Result<Vec<ConfiguredNumber>, DbErr> {
    let select = number_assignment::Entity::find()
        .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
        .apply_if(ids, |select, ids| {
            select.filter(number_assignment::Column::PhoneNumberId.is_in(ids.iter().copied()))
        })
        .join(
            JoinType::InnerJoin,
            number_assignment::Entity::belongs_to(phone_number::Entity)
                .from(number_assignment::Column::PhoneNumberId)
                .to(phone_number::Column::Id)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            number_assignment::Entity::belongs_to(teams_user::Entity)
                .from(number_assignment::Column::TeamsUserId)
                .to(teams_user::Column::Id)
                .into(),
        )
        .select_only()
        .columns([phone_number::Column::Id, phone_number::Column::E164])
        .column(number_assignment::Column::SmsGroupId);
    let rows: Vec<NumberRow> = with_person(select).into_model().all(db).await?;
    rows.into_iter().map(number).collect()
}

fn number(row: NumberRow) -> Result<ConfiguredNumber, DbErr> {
    let user = row.user.map(|user| Serves::TeamsUser { user: user.into() });
    let group = row.sms_group_id.map(|id| Serves::SmsGroup { id: SmsGroupId(id) });
    let serves = user
        .or(group)
        .ok_or_else(|| DbErr::RecordNotFound(format!("whom number {} serves", row.id)))?;
    Ok(ConfiguredNumber {
        id: PhoneNumberId(row.id),
        number: e164(&row.e164)?,
        serves,
    })
}

/// The ids of the numbers of these groups.
pub(super) async fn numbers_of_groups(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: &[Uuid],
) -> Result<Vec<Uuid>, DbErr> {
    number_assignment::Entity::find()
        .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(number_assignment::Column::SmsGroupId.is_in(groups.iter().copied()))
        .select_only()
        .column(number_assignment::Column::PhoneNumberId)
        .into_tuple()
        .all(db)
        .await
}

/// All groups, or those of `ids`.
pub(super) async fn groups(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: Option<&[Uuid]>,
) -> Result<Vec<ConfiguredGroup>, DbErr> {
    let select = sms_group::Entity::find()
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .apply_if(ids, |select, ids| {
            select.filter(sms_group::Column::Id.is_in(ids.iter().copied()))
        })
        .join(
            JoinType::InnerJoin,
            sms_group::Entity::belongs_to(teams_user::Entity)
                .from(sms_group::Column::OwnerId)
                .to(teams_user::Column::Id)
                .into(),
        )
        .select_only()
        .columns([sms_group::Column::Id, sms_group::Column::Name]);
    let rows: Vec<GroupRow> = with_person(select).into_model().all(db).await?;
    let mut members = members(db, scope, ids).await?;
    let group = |row: GroupRow| {
        let members = members.remove(&row.id).unwrap_or_default();
        ConfiguredGroup::new(SmsGroupId(row.id), row.name, row.owner.into(), members)
    };
    Ok(rows.into_iter().map(group).collect())
}

async fn members(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: Option<&[Uuid]>,
) -> Result<HashMap<Uuid, Vec<ConfiguredPerson>>, DbErr> {
    let select = sms_group_member::Entity::find()
        .filter(sms_group_member::Column::EnterpriseId.eq(scope.enterprise().0))
        .apply_if(groups, |select, groups| {
            select.filter(sms_group_member::Column::SmsGroupId.is_in(groups.iter().copied()))
        })
        .join(
            JoinType::InnerJoin,
            sms_group_member::Entity::belongs_to(teams_user::Entity)
                .from(sms_group_member::Column::TeamsUserId)
                .to(teams_user::Column::Id)
                .into(),
        )
        .select_only()
        .column(sms_group_member::Column::SmsGroupId);
    let rows: Vec<MemberRow> = with_person(select).into_model().all(db).await?;
    let mut members: HashMap<Uuid, Vec<ConfiguredPerson>> = HashMap::new();
    for row in rows {
        members.entry(row.sms_group_id).or_default().push(row.member.into());
    }
    Ok(members)
}
