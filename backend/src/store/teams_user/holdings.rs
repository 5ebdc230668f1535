//! What people have: numbers of their own, and groups with theirs. Five queries, however many people.

use std::collections::HashMap;

use domain::{
    ids::{SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
    teams_user::{GroupPart, ListedUser, ListedUserGroup},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::license;
use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, phone_number, sms_group, sms_group_member, teams_user},
    store::number,
};

/// A person without what they have.
#[derive(FromQueryResult)]
pub(crate) struct BareUser {
    pub(super) id: Uuid,
    display_name: String,
    user_principal_name: String,
    license_state: String,
    enabled: bool,
}

/// The columns of a [`BareUser`].
pub(super) fn bare(select: Select<teams_user::Entity>) -> Select<teams_user::Entity> {
    select.select_only().columns([
        teams_user::Column::Id,
        teams_user::Column::DisplayName,
        teams_user::Column::UserPrincipalName,
        teams_user::Column::LicenseState,
        teams_user::Column::Enabled,
    ])
}

/// What some people have.
pub(super) struct Holdings {
    numbers: HashMap<Uuid, Vec<PhoneNumber>>,
    parts: HashMap<Uuid, Vec<(u32, GroupPart)>>,
    /// The groups of all of them, by name.
    pub(super) groups: Vec<ListedUserGroup>,
}

impl Holdings {
    /// What `users` have; what everybody has if there are none.
    pub(super) async fn read(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        users: Option<&[Uuid]>,
    ) -> Result<Self, DbErr> {
        let roles = parts(db, scope, users).await?;
        let known: Option<Vec<Uuid>> = users.map(|_| distinct(roles.keys().map(|(_, group)| *group)));
        let groups = groups(db, scope, known.as_deref()).await?;
        let places: HashMap<Uuid, u32> = groups.iter().map(|group| group.id.0).zip(0..).collect();
        let mut parts: HashMap<Uuid, Vec<(u32, GroupPart)>> = HashMap::new();
        for ((user, group), part) in roles {
            // A group that has come since its people were read is left out.
            if let Some(place) = places.get(&group) {
                parts.entry(user).or_default().push((*place, part));
            }
        }
        parts
            .values_mut()
            .for_each(|parts| parts.sort_unstable_by_key(|(place, _)| *place));
        Ok(Self {
            numbers: own_numbers(db, scope, users).await?,
            parts,
            groups,
        })
    }

    /// The person with what they have.
    pub(super) fn complete(&mut self, user: BareUser) -> Result<ListedUser, DbErr> {
        Ok(ListedUser {
            id: TeamsUserId(user.id),
            license: license(&user.license_state)?,
            display_name: user.display_name,
            user_principal_name: user.user_principal_name,
            enabled: user.enabled,
            numbers: self.numbers.remove(&user.id).unwrap_or_default(),
            groups: self.parts.remove(&user.id).unwrap_or_default(),
        })
    }
}

fn distinct(ids: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What people are in groups, by person and group.
pub(super) async fn parts(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    users: Option<&[Uuid]>,
) -> Result<HashMap<(Uuid, Uuid), GroupPart>, DbErr> {
    let owners: Vec<(Uuid, Uuid)> = sms_group::Entity::find()
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .apply_if(users, |select, users| {
            select.filter(sms_group::Column::OwnerId.is_in(users.iter().copied()))
        })
        .select_only()
        .columns([sms_group::Column::OwnerId, sms_group::Column::Id])
        .into_tuple()
        .all(db)
        .await?;
    let members: Vec<(Uuid, Uuid)> = sms_group_member::Entity::find()
        .filter(sms_group_member::Column::EnterpriseId.eq(scope.enterprise().0))
        .apply_if(users, |select, users| {
            select.filter(sms_group_member::Column::TeamsUserId.is_in(users.iter().copied()))
        })
        .select_only()
        .columns([
            sms_group_member::Column::TeamsUserId,
            sms_group_member::Column::SmsGroupId,
        ])
        .into_tuple()
        .all(db)
        .await?;
    let mut parts: HashMap<(Uuid, Uuid), GroupPart> = owners.into_iter().map(|key| (key, GroupPart::Owner)).collect();
    for key in members {
        parts
            .entry(key)
            .and_modify(|part| *part = part.and(GroupPart::Member))
            .or_insert(GroupPart::Member);
    }
    Ok(parts)
}

/// These groups, or all of them, by name.
async fn groups(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: Option<&[Uuid]>,
) -> Result<Vec<ListedUserGroup>, DbErr> {
    let rows: Vec<(Uuid, String)> = sms_group::Entity::find()
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .apply_if(ids, |select, ids| {
            select.filter(sms_group::Column::Id.is_in(ids.iter().copied()))
        })
        .select_only()
        .columns([sms_group::Column::Id, sms_group::Column::Name])
        .order_by_asc(sms_group::Column::NameSearch)
        .order_by_asc(sms_group::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut numbers = numbers_by(db, scope, number_assignment::Column::SmsGroupId, ids).await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| ListedUserGroup {
            id: SmsGroupId(id),
            name,
            numbers: numbers.remove(&id).unwrap_or_default(),
        })
        .collect())
}

async fn own_numbers(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    users: Option<&[Uuid]>,
) -> Result<HashMap<Uuid, Vec<PhoneNumber>>, DbErr> {
    numbers_by(db, scope, number_assignment::Column::TeamsUserId, users).await
}

/// The numbers of these holders, or of all, ascending; `holder` is the column that names them.
async fn numbers_by(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    holder: number_assignment::Column,
    ids: Option<&[Uuid]>,
) -> Result<HashMap<Uuid, Vec<PhoneNumber>>, DbErr> {
    let rows: Vec<(Uuid, String)> = number_assignment::Entity::find()
        .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(holder.is_not_null())
        .apply_if(ids, |select, ids| select.filter(holder.is_in(ids.iter().copied())))
        .join(
            JoinType::InnerJoin,
            number_assignment::Entity::belongs_to(phone_number::Entity)
                .from(number_assignment::Column::PhoneNumberId)
                .to(phone_number::Column::Id)
                .into(),
        )
        .select_only()
        .column(holder)
        .column(phone_number::Column::E164)
        .order_by_asc(phone_number::Column::E164)
        .into_tuple()
        .all(db)
        .await?;
    let mut numbers: HashMap<Uuid, Vec<PhoneNumber>> = HashMap::new();
    for (id, e164) in rows {
        numbers.entry(id).or_default().push(number::e164(&e164)?);
    }
    Ok(numbers)
}
