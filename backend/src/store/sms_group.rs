//! SMS groups: the table, one group, and its changes. Members and numbers change by what came and went.

use std::{collections::HashMap, sync::LazyLock};

use chrono::{DateTime, Utc};
use domain::{
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
    sms_group::{SmsGroup, SmsGroupDraft, SmsGroupRow, TABLE},
    table::{Page, TableQuery, fold},
    teams_user::{TeamsUserRef, Unreachable},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SubQueryStatement},
};
use uuid::Uuid;

use super::{
    number,
    table_sql::{SqlColumn, SqlList, SqlTable, TableSelect},
    teams_user::{license, reference},
};
use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, phone_number, sms_group, sms_group_member, teams_user},
};

/// How many rows one INSERT carries; keeps the number of bound values below the smallest limit of both databases
/// (SQLite: 32,766).
const INSERT_ROWS: usize = 1_000;

/// A row of the table before its members and numbers are added.
#[derive(FromQueryResult)]
struct TableRow {
    id: Uuid,
    version: i64,
    name: String,
    owner_name: String,
    owner_license: String,
    owner_enabled: bool,
}

/// Where the columns of the Groups table are found.
static SQL_TABLE: LazyLock<SqlTable> = LazyLock::new(|| {
    SqlTable::new(
        &TABLE,
        Expr::col((sms_group::Entity, sms_group::Column::Id)),
        [
            SqlColumn::Text(Expr::col((sms_group::Entity, sms_group::Column::NameSearch))),
            SqlColumn::Number(member_count()),
            SqlColumn::Phone(SqlList::new(
                numbers_of_outer_group(),
                Expr::col((phone_number::Entity, phone_number::Column::E164)),
            )),
            SqlColumn::Text(Expr::col((teams_user::Entity, teams_user::Column::DisplayNameSearch))),
        ],
    )
    .also_found_by(SqlList::new(
        members_of_outer_group(),
        Expr::col((teams_user::Entity, teams_user::Column::DisplayNameSearch)),
    ))
    .also_found_by(SqlList::new(
        members_of_outer_group(),
        Expr::col((teams_user::Entity, teams_user::Column::UserPrincipalNameSearch)),
    ))
    .also_found_by(SqlList::new(
        owner_of_outer_group(),
        Expr::col((teams_user::Entity, teams_user::Column::UserPrincipalNameSearch)),
    ))
});

fn member_count() -> Expr {
    let count = Query::select()
        .expr(Expr::cust("COUNT(*)"))
        .from(sms_group_member::Entity)
        .and_where(
            Expr::col((sms_group_member::Entity, sms_group_member::Column::SmsGroupId))
                .equals((sms_group::Entity, sms_group::Column::Id)),
        )
        .take();
    Expr::from(SubQueryStatement::from(count))
}

fn members_of_outer_group() -> SelectStatement {
    Query::select()
        .from(sms_group_member::Entity)
        .inner_join(
            teams_user::Entity,
            Expr::col((teams_user::Entity, teams_user::Column::Id))
                .equals((sms_group_member::Entity, sms_group_member::Column::TeamsUserId)),
        )
        .and_where(
            Expr::col((sms_group_member::Entity, sms_group_member::Column::SmsGroupId))
                .equals((sms_group::Entity, sms_group::Column::Id)),
        )
        .take()
}

fn owner_of_outer_group() -> SelectStatement {
    Query::select()
        .from(teams_user::Entity)
        .and_where(
            Expr::col((teams_user::Entity, teams_user::Column::Id))
                .equals((sms_group::Entity, sms_group::Column::OwnerId)),
        )
        .take()
}

fn numbers_of_outer_group() -> SelectStatement {
    Query::select()
        .from(number_assignment::Entity)
        .inner_join(
            phone_number::Entity,
            Expr::col((phone_number::Entity, phone_number::Column::Id))
                .equals((number_assignment::Entity, number_assignment::Column::PhoneNumberId)),
        )
        .and_where(
            Expr::col((number_assignment::Entity, number_assignment::Column::SmsGroupId))
                .equals((sms_group::Entity, sms_group::Column::Id)),
        )
        .take()
}

/// The tenant's groups.
fn of(scope: &EnterpriseScope) -> Select<sms_group::Entity> {
    sms_group::Entity::find().filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
}

/// One page of the Groups table: three queries, however many rows.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    query: &TableQuery,
    now: DateTime<Utc>,
) -> Result<Page<SmsGroupRow>, DbErr> {
    let base = of(scope)
        .join(
            JoinType::InnerJoin,
            sms_group::Entity::belongs_to(teams_user::Entity)
                .from(sms_group::Column::OwnerId)
                .to(teams_user::Column::Id)
                .into(),
        )
        .select_only()
        .columns([sms_group::Column::Id, sms_group::Column::Version, sms_group::Column::Name])
        .column_as(teams_user::Column::DisplayName, "owner_name")
        .column_as(teams_user::Column::LicenseState, "owner_license")
        .column_as(teams_user::Column::Enabled, "owner_enabled");
    let page: Page<TableRow> = TableSelect::new(&SQL_TABLE, base, query, now).rows(db).await?;
    let ids: Vec<Uuid> = page.rows.iter().map(|row| row.id).collect();
    let mut members = members_by_group(db, scope, &ids).await?;
    let mut numbers = numbers_by_group(db, scope, &ids).await?;
    super::try_map(page, |row| {
        let members = members.remove(&row.id).unwrap_or_default();
        let numbers = numbers.remove(&row.id).unwrap_or_default();
        table_row(row, members, numbers)
    })
}

/// How many members a group has, and how many of them messages will not reach.
#[derive(Clone, Copy, Default)]
struct MemberCounts {
    all: u32,
    unreachable: u32,
}

fn table_row(row: TableRow, members: MemberCounts, numbers: Vec<PhoneNumber>) -> Result<SmsGroupRow, DbErr> {
    Ok(SmsGroupRow {
        id: SmsGroupId(row.id),
        version: row.version,
        name: row.name,
        member_count: members.all,
        unreachable_count: members.unreachable,
        numbers,
        owner_name: row.owner_name,
        owner_unreachable: Unreachable::of(row.owner_enabled, license(&row.owner_license)?),
    })
}

async fn members_by_group(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: &[Uuid],
) -> Result<HashMap<Uuid, MemberCounts>, DbErr> {
    let members: Vec<(Uuid, String, bool)> = sms_group_member::Entity::find()
        .filter(sms_group_member::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group_member::Column::SmsGroupId.is_in(groups.iter().copied()))
        .join(JoinType::InnerJoin, member_user())
        .select_only()
        .column(sms_group_member::Column::SmsGroupId)
        .column(teams_user::Column::LicenseState)
        .column(teams_user::Column::Enabled)
        .into_tuple()
        .all(db)
        .await?;
    let mut counts: HashMap<Uuid, MemberCounts> = HashMap::new();
    for (group, state, enabled) in members {
        let count = counts.entry(group).or_default();
        count.all += 1;
        count.unreachable += u32::from(Unreachable::of(enabled, license(&state)?).is_some());
    }
    Ok(counts)
}

fn member_user() -> sea_orm::RelationDef {
    sms_group_member::Entity::belongs_to(teams_user::Entity)
        .from(sms_group_member::Column::TeamsUserId)
        .to(teams_user::Column::Id)
        .into()
}

async fn numbers_by_group(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: &[Uuid],
) -> Result<HashMap<Uuid, Vec<PhoneNumber>>, DbErr> {
    let assigned: Vec<(Uuid, String)> = number_assignment::Entity::find()
        .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(number_assignment::Column::SmsGroupId.is_in(groups.iter().copied()))
        .join(
            JoinType::InnerJoin,
            number_assignment::Entity::belongs_to(phone_number::Entity)
                .from(number_assignment::Column::PhoneNumberId)
                .to(phone_number::Column::Id)
                .into(),
        )
        .select_only()
        .column(number_assignment::Column::SmsGroupId)
        .column(phone_number::Column::E164)
        .order_by_asc(phone_number::Column::E164)
        .into_tuple()
        .all(db)
        .await?;
    let mut numbers: HashMap<Uuid, Vec<PhoneNumber>> = HashMap::new();
    for (group, e164) in assigned {
        numbers.entry(group).or_default().push(number::e164(&e164)?);
    }
    Ok(numbers)
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

/// Adds the group itself; members and numbers follow.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
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
        version: Set(1),
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
        sms_group_member::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Assigns numbers to the group and frees others. A number that somebody else got meanwhile breaks a uniqueness rule.
pub(crate) async fn change_numbers(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    added: &[PhoneNumberId],
    removed: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
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
    let rows = added.iter().map(|number| number_assignment::ActiveModel {
        phone_number_id: Set(number.0),
        enterprise_id: Set(scope.enterprise().0),
        teams_user_id: Set(None),
        sms_group_id: Set(Some(id.0)),
        assigned_at: Set(now),
    });
    number_assignment::Entity::insert_many(rows).exec_without_returning(db).await.map(drop)
}
