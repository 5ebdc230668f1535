//! One person with everything that is theirs.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{Assignee, PhoneNumberRef},
    teams_user::{GroupOfUser, TeamsUser, TeamsUserRef},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{holdings::parts, of, reference};
use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, phone_number, sms_group, sms_group_member, teams_user},
    store::{number, small},
};

/// One person with everything that is theirs; seven queries, however many groups.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: TeamsUserId,
) -> Result<Option<TeamsUser>, DbErr> {
    let Some(row) = of(scope).filter(teams_user::Column::Id.eq(id.0)).one(db).await? else {
        return Ok(None);
    };
    let (object_id, version) = (row.entra_object_id, row.version);
    let person = reference(row)?;
    let of_user = number_assignment::Column::TeamsUserId;
    let assignee = Assignee::TeamsUser {
        id,
        name: person.display_name.clone(),
    };
    let mut numbers = numbers_of(db, scope, of_user, &[id.0]).await?;
    Ok(Some(TeamsUser {
        object_id,
        version,
        numbers: references(numbers.remove(&id.0).unwrap_or_default(), &assignee),
        groups: groups_of(db, scope, id).await?,
        person,
    }))
}

/// Those of `ids` who are people of this enterprise.
pub(crate) async fn references_of(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[TeamsUserId],
) -> Result<Vec<TeamsUserRef>, DbErr> {
    let rows = of(scope)
        .filter(teams_user::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(db)
        .await?;
    rows.into_iter().map(reference).collect()
}

/// Counts the person's version up and tells whether there is such a person. Whoever changes what is theirs does this
/// first, so that on PostgreSQL others who do the same wait until it is done.
pub(crate) async fn count_up(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: TeamsUserId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = teams_user::Entity::update_many()
        .col_expr(
            teams_user::Column::Version,
            Expr::col(teams_user::Column::Version).add(1),
        )
        .col_expr(teams_user::Column::UpdatedAt, Expr::value(now))
        .filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(teams_user::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

async fn groups_of(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: TeamsUserId,
) -> Result<Vec<GroupOfUser>, DbErr> {
    let parts = parts(db, scope, Some(&[id.0])).await?;
    let ids: Vec<Uuid> = parts.keys().map(|(_, group)| *group).collect();
    let rows = sms_group::Entity::find()
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(sms_group::Column::NameSearch)
        .order_by_asc(sms_group::Column::Id)
        .all(db)
        .await?;
    let others = other_members(db, scope, &ids, id).await?;
    let mut numbers = numbers_of(db, scope, number_assignment::Column::SmsGroupId, &ids).await?;
    let mut groups = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(part) = parts.get(&(id.0, row.id)) else {
            continue;
        };
        let assignee = Assignee::SmsGroup {
            id: SmsGroupId(row.id),
            name: row.name.clone(),
        };
        groups.push(GroupOfUser {
            id: SmsGroupId(row.id),
            version: row.version,
            name: row.name,
            owner_id: TeamsUserId(row.owner_id),
            part: *part,
            other_members: others.get(&row.id).copied().unwrap_or_default(),
            numbers: references(numbers.remove(&row.id).unwrap_or_default(), &assignee),
        });
    }
    Ok(groups)
}

/// How many members groups have besides the person.
async fn other_members(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: &[Uuid],
    id: TeamsUserId,
) -> Result<HashMap<Uuid, u32>, DbErr> {
    let counts: Vec<(Uuid, i64)> = sms_group_member::Entity::find()
        .filter(sms_group_member::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group_member::Column::SmsGroupId.is_in(groups.iter().copied()))
        .filter(sms_group_member::Column::TeamsUserId.ne(id.0))
        .select_only()
        .column(sms_group_member::Column::SmsGroupId)
        .expr(Expr::cust("COUNT(*)"))
        .group_by(sms_group_member::Column::SmsGroupId)
        .into_tuple()
        .all(db)
        .await?;
    counts
        .into_iter()
        .map(|(group, count)| Ok((group, small(count)?)))
        .collect()
}

/// The numbers of these holders, ascending; `holder` is the column that names them.
async fn numbers_of(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    holder: number_assignment::Column,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<PhoneNumberRef>>, DbErr> {
    let rows: Vec<(Uuid, Uuid, String)> = number_assignment::Entity::find()
        .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(holder.is_in(ids.iter().copied()))
        .join(
            JoinType::InnerJoin,
            number_assignment::Entity::belongs_to(phone_number::Entity)
                .from(number_assignment::Column::PhoneNumberId)
                .to(phone_number::Column::Id)
                .into(),
        )
        .select_only()
        .column(holder)
        .column(phone_number::Column::Id)
        .column(phone_number::Column::E164)
        .order_by_asc(phone_number::Column::E164)
        .into_tuple()
        .all(db)
        .await?;
    let mut numbers: HashMap<Uuid, Vec<PhoneNumberRef>> = HashMap::new();
    for (id, number_id, e164) in rows {
        numbers.entry(id).or_default().push(PhoneNumberRef {
            id: PhoneNumberId(number_id),
            e164: number::e164(&e164)?,
            assignee: None,
        });
    }
    Ok(numbers)
}

fn references(numbers: Vec<PhoneNumberRef>, assignee: &Assignee) -> Vec<PhoneNumberRef> {
    let with_assignee = |number: PhoneNumberRef| PhoneNumberRef {
        assignee: Some(assignee.clone()),
        ..number
    };
    numbers.into_iter().map(with_assignee).collect()
}
