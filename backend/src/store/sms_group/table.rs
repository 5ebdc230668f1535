//! The Groups table, a page at a time.

use std::{borrow::Cow, collections::HashMap};

use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    ids::SmsGroupId,
    phone::PhoneNumber,
    sms_group::{SmsGroupRow, TABLE, first_unreachable},
    teams_user::{LicenseState, Unreachable},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SubQueryStatement},
};
use uuid::Uuid;

use super::{member_user, of};
use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, phone_number, sms_group, sms_group_member, teams_user},
    store::{
        number,
        table::Tabular,
        table_sql::{SqlColumn, SqlList, SqlSet, SqlTable},
        teams_user::license,
    },
};

/// A row of the table before its members and numbers are added.
#[derive(FromQueryResult)]
pub(crate) struct TableRow {
    id: Uuid,
    version: i64,
    name: String,
    owner_name: String,
    owner_license: String,
    owner_enabled: bool,
}

/// The place of the owner among the columns, which is read from a join.
const OWNER: usize = 3;

/// Where the columns of the tenant's Groups table are found. A group has several people, who are in many groups, so their
/// names are looked through once and not for each group.
fn sql_table(scope: &EnterpriseScope) -> SqlTable {
    let group = |column: sms_group::Column| Expr::col((sms_group::Entity, column));
    let owners = SqlSet::new(group(sms_group::Column::OwnerId), people(scope), texts_of_person());
    let members = SqlSet::new(group(sms_group::Column::Id), people(scope), texts_of_person()).through(
        memberships(scope),
        Expr::col((sms_group_member::Entity, sms_group_member::Column::TeamsUserId)),
    );
    SqlTable::new(
        &TABLE,
        group(sms_group::Column::Id),
        [
            SqlColumn::Text(group(sms_group::Column::NameSearch)),
            SqlColumn::Number(member_count()),
            SqlColumn::Phone(SqlList::new(numbers_of_outer_group(), e164()).found_among(groups_by_number(scope))),
            SqlColumn::TextAmong(
                Expr::col((teams_user::Entity, teams_user::Column::DisplayNameSearch)),
                vec![owners],
            ),
            SqlColumn::Number(reachable_count()),
        ],
    )
    .also_found_among(members)
    .joined_columns([OWNER])
    .counted_while_found()
}

/// The tenant's people.
fn people(scope: &EnterpriseScope) -> SelectStatement {
    Query::select()
        .column((teams_user::Entity, teams_user::Column::Id))
        .from(teams_user::Entity)
        .and_where(Expr::col((teams_user::Entity, teams_user::Column::EnterpriseId)).eq(scope.enterprise().0))
        .take()
}

/// What a person is found by: the name and the sign-in name.
fn texts_of_person() -> [Expr; 2] {
    [
        teams_user::Column::DisplayNameSearch,
        teams_user::Column::UserPrincipalNameSearch,
    ]
    .map(|column| Expr::col((teams_user::Entity, column)))
}

/// The groups that the tenant's people are in.
fn memberships(scope: &EnterpriseScope) -> SelectStatement {
    let member = |column: sms_group_member::Column| Expr::col((sms_group_member::Entity, column));
    Query::select()
        .column((sms_group_member::Entity, sms_group_member::Column::SmsGroupId))
        .from(sms_group_member::Entity)
        .and_where(member(sms_group_member::Column::EnterpriseId).eq(scope.enterprise().0))
        .take()
}

/// The groups of the outer query by the numbers they have.
fn groups_by_number(scope: &EnterpriseScope) -> SqlSet {
    let number = |column: phone_number::Column| Expr::col((phone_number::Entity, column));
    let assignment = |column: number_assignment::Column| Expr::col((number_assignment::Entity, column));
    let numbers = Query::select()
        .column((phone_number::Entity, phone_number::Column::Id))
        .from(phone_number::Entity)
        .and_where(number(phone_number::Column::EnterpriseId).eq(scope.enterprise().0))
        .take();
    let groups = Query::select()
        .column((number_assignment::Entity, number_assignment::Column::SmsGroupId))
        .from(number_assignment::Entity)
        .and_where(assignment(number_assignment::Column::EnterpriseId).eq(scope.enterprise().0))
        .and_where(assignment(number_assignment::Column::SmsGroupId).is_not_null())
        .take();
    let outer = Expr::col((sms_group::Entity, sms_group::Column::Id));
    SqlSet::new(outer, numbers, [e164()]).through(groups, assignment(number_assignment::Column::PhoneNumberId))
}

fn e164() -> Expr {
    Expr::col((phone_number::Entity, phone_number::Column::E164))
}

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

/// How many members messages reach: [`Unreachable::of`] in SQL.
pub(crate) fn reachable_count() -> Expr {
    let member = |column: teams_user::Column| Expr::col((teams_user::Entity, column));
    let count = members_of_outer_group()
        .expr(Expr::cust("COUNT(*)"))
        .and_where(member(teams_user::Column::Enabled).eq(true))
        .and_where(member(teams_user::Column::LicenseState).ne(LicenseState::Unlicensed.as_str()))
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

fn numbers_of_outer_group() -> SelectStatement {
    Query::select()
        .from(number_assignment::Entity)
        .inner_join(
            phone_number::Entity,
            Expr::col((phone_number::Entity, phone_number::Column::Id))
                .equals((number_assignment::Entity, number_assignment::Column::PhoneNumberId)),
        )
        // The index of the groups' numbers begins with the enterprise.
        .and_where(
            Expr::col((number_assignment::Entity, number_assignment::Column::EnterpriseId))
                .equals((sms_group::Entity, sms_group::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col((number_assignment::Entity, number_assignment::Column::SmsGroupId))
                .equals((sms_group::Entity, sms_group::Column::Id)),
        )
        .take()
}

impl Tabular for SmsGroupRow {
    const RESOURCE: Resource = Resource::SmsGroup;
    type Entity = sms_group::Entity;
    type Stored = TableRow;

    fn columns(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Cow<'static, SqlTable> {
        Cow::Owned(sql_table(scope))
    }

    fn select(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<sms_group::Entity> {
        of(scope)
            .join(
                JoinType::InnerJoin,
                sms_group::Entity::belongs_to(teams_user::Entity)
                    .from(sms_group::Column::OwnerId)
                    .to(teams_user::Column::Id)
                    .into(),
            )
            .select_only()
            .columns([
                sms_group::Column::Id,
                sms_group::Column::Version,
                sms_group::Column::Name,
            ])
            .column_as(teams_user::Column::DisplayName, "owner_name")
            .column_as(teams_user::Column::LicenseState, "owner_license")
            .column_as(teams_user::Column::Enabled, "owner_enabled")
    }

    fn counted(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<sms_group::Entity> {
        of(scope)
    }

    fn id_of(stored: &TableRow) -> Uuid {
        stored.id
    }

    /// Adds members and numbers.
    async fn complete(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        stored: Vec<TableRow>,
        _now: DateTime<Utc>,
    ) -> Result<Vec<Self>, DbErr> {
        let ids: Vec<Uuid> = stored.iter().map(|row| row.id).collect();
        let mut members = members_by_group(db, scope, &ids).await?;
        let mut numbers = numbers_by_group(db, scope, Some(&ids)).await?;
        stored
            .into_iter()
            .map(|row| {
                let members = members.remove(&row.id).unwrap_or_default();
                let numbers = numbers.remove(&row.id).unwrap_or_default();
                table_row(row, members, numbers)
            })
            .collect()
    }
}

/// How many members a group has, and which of them messages will not reach.
#[derive(Default)]
struct Members {
    count: u32,
    unreachable: Vec<(String, Unreachable)>,
}

fn table_row(row: TableRow, members: Members, numbers: Vec<PhoneNumber>) -> Result<SmsGroupRow, DbErr> {
    Ok(SmsGroupRow {
        id: SmsGroupId(row.id),
        version: row.version,
        name: row.name,
        member_count: members.count,
        unreachable_count: u32::try_from(members.unreachable.len()).unwrap_or(u32::MAX),
        unreachable: first_unreachable(members.unreachable),
        numbers,
        owner_name: row.owner_name,
        owner_unreachable: Unreachable::of(row.owner_enabled, license(&row.owner_license)?),
    })
}

async fn members_by_group(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: &[Uuid],
) -> Result<HashMap<Uuid, Members>, DbErr> {
    let rows: Vec<(Uuid, String, String, bool)> = sms_group_member::Entity::find()
        .filter(sms_group_member::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group_member::Column::SmsGroupId.is_in(groups.iter().copied()))
        .join(JoinType::InnerJoin, member_user())
        .select_only()
        .column(sms_group_member::Column::SmsGroupId)
        .column(teams_user::Column::DisplayName)
        .column(teams_user::Column::LicenseState)
        .column(teams_user::Column::Enabled)
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Members> = HashMap::new();
    for (group, name, state, enabled) in rows {
        let members = found.entry(group).or_default();
        members.count += 1;
        members
            .unreachable
            .extend(Unreachable::of(enabled, license(&state)?).map(|why| (name, why)));
    }
    Ok(found)
}

/// The numbers of these groups, or of all.
pub(super) async fn numbers_by_group(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: Option<&[Uuid]>,
) -> Result<HashMap<Uuid, Vec<PhoneNumber>>, DbErr> {
    let assigned: Vec<(Uuid, String)> = number_assignment::Entity::find()
        .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(number_assignment::Column::SmsGroupId.is_not_null())
        .apply_if(groups, |select, groups| {
            select.filter(number_assignment::Column::SmsGroupId.is_in(groups.iter().copied()))
        })
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
