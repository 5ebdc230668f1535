//! SMS groups: one group and its changes. Members and numbers change by what came and went. The table is in `table`, the
//! whole list in `whole`.

mod table;
mod whole;

use chrono::{DateTime, Utc};
use domain::{
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    sms_group::{SmsGroup, SmsGroupDraft},
    table::fold,
    teams_user::TeamsUserRef,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, Select, sea_query::Expr,
};

pub(crate) use self::table::reachable_count;
use super::{number, teams_user::reference};
use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, sms_group, sms_group_member, teams_user},
};

/// How many rows one INSERT carries; keeps the number of bound values below the smallest limit of both databases
/// (SQLite: 32,766).
const INSERT_ROWS: usize = 1_000;

/// The tenant's groups.
fn of(scope: &EnterpriseScope) -> Select<sms_group::Entity> {
    sms_group::Entity::find().filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
}

/// One group with everything in it.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
) -> Result<Option<SmsGroup>, DbErr> {
    let Some(group) = of(scope).filter(sms_group::Column::Id.eq(id.0)).one(db).await? else {
        return Ok(None);
    };
    let owner = teams_user::Entity::find()
        .filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(teams_user::Column::Id.eq(group.owner_id))
        .one(db)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(format!("owner of group {id}")))?;
    Ok(Some(SmsGroup {
        id,
        version: group.version,
        name: group.name,
        owner: reference(owner)?,
        members: members(db, scope, id).await?,
        numbers: number::of_group(db, scope, id).await?,
    }))
}

fn member_user() -> sea_orm::RelationDef {
    sms_group_member::Entity::belongs_to(teams_user::Entity)
        .from(sms_group_member::Column::TeamsUserId)
        .to(teams_user::Column::Id)
        .into()
}

async fn members(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
) -> Result<Vec<TeamsUserRef>, DbErr> {
    let rows = teams_user::Entity::find()
        .filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
        .join_rev(JoinType::InnerJoin, member_user())
        .filter(sms_group_member::Column::SmsGroupId.eq(id.0))
        .order_by_asc(teams_user::Column::DisplayNameSearch)
        .order_by_asc(teams_user::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(reference).collect()
}

/// The version that is stored now; none if there is no such group.
pub(crate) async fn current_version(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
) -> Result<Option<i64>, DbErr> {
    of(scope)
        .filter(sms_group::Column::Id.eq(id.0))
        .select_only()
        .column(sms_group::Column::Version)
        .into_tuple()
        .one(db)
        .await
}

/// Adds the group itself as `version`; members and numbers follow.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    version: i64,
    draft: &SmsGroupDraft,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let group = sms_group::ActiveModel {
        id: Set(id.0),
        enterprise_id: Set(scope.enterprise().0),
        name: Set(draft.name.to_string()),
        name_key: Set(draft.name.key()),
        name_search: Set(fold(draft.name.as_str())),
        owner_id: Set(draft.owner_id.0),
        version: Set(version),
        created_at: Set(now),
        updated_at: Set(now),
    };
    group.insert(db).await.map(drop)
}

/// Changes name and owner and counts the version up, if it is still `version`; tells whether it was.
pub(crate) async fn update(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    version: i64,
    draft: &SmsGroupDraft,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = sms_group::Entity::update_many()
        .col_expr(sms_group::Column::Name, Expr::value(draft.name.to_string()))
        .col_expr(sms_group::Column::NameKey, Expr::value(draft.name.key()))
        .col_expr(sms_group::Column::NameSearch, Expr::value(fold(draft.name.as_str())))
        .col_expr(sms_group::Column::OwnerId, Expr::value(draft.owner_id.0))
        .col_expr(sms_group::Column::Version, Expr::value(version + 1))
        .col_expr(sms_group::Column::UpdatedAt, Expr::value(now))
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group::Column::Id.eq(id.0))
        .filter(sms_group::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Removes the group with its memberships and assignments, if it is still `version`; tells whether it was.
pub(crate) async fn delete(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    version: i64,
) -> Result<bool, DbErr> {
    let result = sms_group::Entity::delete_many()
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group::Column::Id.eq(id.0))
        .filter(sms_group::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Adds and removes members.
pub(crate) async fn change_members(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    added: &[TeamsUserId],
    removed: &[TeamsUserId],
) -> Result<(), DbErr> {
    if !removed.is_empty() {
        sms_group_member::Entity::delete_many()
            .filter(sms_group_member::Column::EnterpriseId.eq(scope.enterprise().0))
            .filter(sms_group_member::Column::SmsGroupId.eq(id.0))
            .filter(sms_group_member::Column::TeamsUserId.is_in(removed.iter().map(|member| member.0)))
            .exec(db)
            .await?;
    }
    for chunk in added.chunks(INSERT_ROWS) {
        let rows = chunk.iter().map(|member| sms_group_member::ActiveModel {
            sms_group_id: Set(id.0),
            teams_user_id: Set(member.0),
            enterprise_id: Set(scope.enterprise().0),
        });
        sms_group_member::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Assigns numbers to the group and frees others, and counts the versions of all of them up. They are locked already. A
/// number that somebody else got meanwhile breaks a uniqueness rule.
pub(crate) async fn change_numbers(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    added: &[PhoneNumberId],
    removed: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let changed: Vec<PhoneNumberId> = added.iter().chain(removed).copied().collect();
    number::count_up(db, scope, &changed, now).await?;
    if !removed.is_empty() {
        number_assignment::Entity::delete_many()
            .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
            .filter(number_assignment::Column::SmsGroupId.eq(id.0))
            .filter(number_assignment::Column::PhoneNumberId.is_in(removed.iter().map(|number| number.0)))
            .exec(db)
            .await?;
    }
    if added.is_empty() {
        return Ok(());
    }
    number_assignment::Entity::insert_many(assignments(scope, id, added, now))
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Assigns those of `numbers` to the group that nobody has. Waits for whoever is just taking one of them.
pub(crate) async fn take_free_numbers(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    numbers: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if numbers.is_empty() {
        return Ok(());
    }
    number::lock(db, scope, numbers).await?;
    number_assignment::Entity::insert_many(assignments(scope, id, numbers, now))
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await?;
    let taken: Vec<PhoneNumberId> = number::of_group(db, scope, id)
        .await?
        .iter()
        .map(|number| number.id)
        .collect();
    number::count_up(db, scope, &taken, now).await
}

fn assignments(
    scope: &EnterpriseScope,
    id: SmsGroupId,
    numbers: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Vec<number_assignment::ActiveModel> {
    let assignment = |number: &PhoneNumberId| number_assignment::ActiveModel {
        phone_number_id: Set(number.0),
        enterprise_id: Set(scope.enterprise().0),
        teams_user_id: Set(None),
        sms_group_id: Set(Some(id.0)),
        assigned_at: Set(now),
    };
    numbers.iter().map(assignment).collect()
}
