//! All groups with the names of their people, as a browser takes them over: four queries, however many groups.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::SmsGroupId,
    sms_group::{ListedGroup, ListedPerson, SmsGroupRow},
    table::WholeList,
    teams_user::Unreachable,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{of, table::numbers_by_group};
use crate::{
    access::EnterpriseScope,
    entities::{sms_group, sms_group_member, teams_user},
    store::{at_most_whole_list, table::Whole, teams_user::license, whole_list},
};

impl Whole for SmsGroupRow {
    type Id = SmsGroupId;
    type Listed = ListedGroup;

    async fn all(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        ids: &[SmsGroupId],
        _now: DateTime<Utc>,
    ) -> Result<WholeList<ListedGroup>, DbErr> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let wanted = (!ids.is_empty()).then_some(ids.as_slice());
        let select = of(scope).apply_if(wanted, |select, ids| {
            select.filter(sms_group::Column::Id.is_in(ids.iter().copied()))
        });
        let rows: Vec<(Uuid, i64, String, Uuid)> = at_most_whole_list(select)
            .select_only()
            .columns([
                sms_group::Column::Id,
                sms_group::Column::Version,
                sms_group::Column::Name,
            ])
            .column(sms_group::Column::OwnerId)
            .order_by_asc(sms_group::Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        if rows.len() as u64 > domain::table::WHOLE_LIST_ROWS {
            return Ok(WholeList::TooLong);
        }
        let mut people = People::read(db, scope).await?;
        let mut members = members(db, scope, wanted).await?;
        let mut numbers = numbers_by_group(db, scope, wanted).await?;
        let groups = rows
            .into_iter()
            .map(|(id, version, name, owner)| ListedGroup {
                id: SmsGroupId(id),
                version,
                name,
                owner: people.place(owner),
                members: members
                    .remove(&id)
                    .unwrap_or_default()
                    .into_iter()
                    .map(|id| people.place(id))
                    .collect(),
                numbers: numbers.remove(&id).unwrap_or_default(),
            })
            .collect();
        Ok(whole_list(people.listed, groups))
    }
}

/// Everybody in the enterprise, and those of them who are in the list so far.
struct People {
    all: HashMap<Uuid, ListedPerson>,
    places: HashMap<Uuid, u32>,
    listed: Vec<ListedPerson>,
}

impl People {
    async fn read(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<Self, DbErr> {
        let rows: Vec<(Uuid, String, String, String, bool)> = teams_user::Entity::find()
            .filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
            .select_only()
            .columns([teams_user::Column::Id, teams_user::Column::DisplayName])
            .columns([teams_user::Column::UserPrincipalName, teams_user::Column::LicenseState])
            .column(teams_user::Column::Enabled)
            .into_tuple()
            .all(db)
            .await?;
        let mut all = HashMap::with_capacity(rows.len());
        for (id, display_name, user_principal_name, state, enabled) in rows {
            let person = ListedPerson {
                display_name,
                user_principal_name,
                unreachable: Unreachable::of(enabled, license(&state)?),
            };
            all.insert(id, person);
        }
        Ok(Self {
            all,
            places: HashMap::new(),
            listed: Vec::new(),
        })
    }

    /// Where a person stands in the list; adds them if need be. The foreign keys rule out anybody who is not there.
    fn place(&mut self, id: Uuid) -> u32 {
        let Self { all, places, listed } = self;
        *places.entry(id).or_insert_with(|| {
            let place = u32::try_from(listed.len()).unwrap_or(u32::MAX);
            listed.extend(all.remove(&id));
            place
        })
    }
}

async fn members(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: Option<&[Uuid]>,
) -> Result<HashMap<Uuid, Vec<Uuid>>, DbErr> {
    let rows: Vec<(Uuid, Uuid)> = sms_group_member::Entity::find()
        .filter(sms_group_member::Column::EnterpriseId.eq(scope.enterprise().0))
        .apply_if(groups, |select, groups| {
            select.filter(sms_group_member::Column::SmsGroupId.is_in(groups.iter().copied()))
        })
        .select_only()
        .columns([
            sms_group_member::Column::SmsGroupId,
            sms_group_member::Column::TeamsUserId,
        ])
        .into_tuple()
        .all(db)
        .await?;
    let mut members: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (group, member) in rows {
        members.entry(group).or_default().push(member);
    }
    Ok(members)
}
