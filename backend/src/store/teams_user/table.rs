//! The Users table, a page at a time, and all people as a browser takes them over.

use std::{borrow::Cow, sync::LazyLock};

use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    ids::TeamsUserId,
    table::{Listed, WHOLE_LIST_ROWS, WholeList},
    teams_user::{LicenseState, ListedUser, SmsService, TABLE, TeamsUserRow, sign_in_state},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QueryOrder, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{
    holdings::{BareUser, Holdings, bare},
    of,
};
use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, phone_number, sms_group, sms_group_member, teams_user},
    store::{
        at_most_whole_list,
        table::{Tabular, Whole},
        table_sql::{SqlColumn, SqlList, SqlTable},
        whole_list,
    },
};

/// What the parts of subqueries are called.
const HELD: &str = "held";
const SAME: &str = "same";

/// Where the columns of the Users table are found.
static SQL_TABLE: LazyLock<SqlTable> = LazyLock::new(|| {
    SqlTable::new(
        &TABLE,
        outer(teams_user::Column::Id),
        [
            SqlColumn::Text(outer(teams_user::Column::DisplayNameSearch)),
            SqlColumn::Phone(SqlList::new(numbers_of_outer_user(), Expr::col((HELD, "e164")))),
            SqlColumn::Choice(outer(teams_user::Column::LicenseState)),
            SqlColumn::Choice(service()),
            SqlColumn::Choice(sign_in()),
        ],
    )
    .also_found_by(SqlList::new(
        outer_user_again(),
        Expr::col((SAME, teams_user::Column::UserPrincipalNameSearch)),
    ))
    .also_found_by(SqlList::new(groups_of_outer_user(), Expr::col((HELD, "name_search"))))
});

/// A column of the person of the outer query.
fn outer(column: teams_user::Column) -> Expr {
    Expr::col((teams_user::Entity, column))
}

/// [`TeamsUserRow::service`] in SQL.
fn service() -> Expr {
    let own = Query::select()
        .expr(Expr::cust("1"))
        .from(number_assignment::Entity)
        .and_where(
            Expr::col((number_assignment::Entity, number_assignment::Column::EnterpriseId))
                .equals((teams_user::Entity, teams_user::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col((number_assignment::Entity, number_assignment::Column::TeamsUserId))
                .equals((teams_user::Entity, teams_user::Column::Id)),
        )
        .take();
    let unlicensed = outer(teams_user::Column::LicenseState).eq(LicenseState::Unlicensed.as_str());
    Expr::case(Expr::exists(own), Expr::value(SmsService::Assigned.as_str()))
        .case(unlicensed, Expr::value(SmsService::Unlicensed.as_str()))
        .finally(Expr::value(SmsService::Free.as_str()))
        .into()
}

/// [`sign_in_state`] in SQL.
fn sign_in() -> Expr {
    Expr::case(
        outer(teams_user::Column::Enabled).eq(true),
        Expr::value(sign_in_state(true)),
    )
    .finally(Expr::value(sign_in_state(false)))
    .into()
}

/// The person of the outer query once more, for a text of their own that no column shows.
fn outer_user_again() -> SelectStatement {
    Query::select()
        .from_as(teams_user::Entity, SAME)
        .and_where(Expr::col((SAME, teams_user::Column::Id)).equals((teams_user::Entity, teams_user::Column::Id)))
        .take()
}

/// The numbers of the person of the outer query: their own, and those of their groups. Each of the three ways to a number
/// has an index of its own, which one condition with "or" would keep from being used.
fn numbers_of_outer_user() -> SelectStatement {
    let own = numbers()
        .and_where(
            Expr::col((number_assignment::Entity, number_assignment::Column::TeamsUserId))
                .equals((teams_user::Entity, teams_user::Column::Id)),
        )
        .take();
    let of_member = in_groups_of_outer_user(
        numbers().inner_join(
            sms_group_member::Entity,
            Expr::col((sms_group_member::Entity, sms_group_member::Column::SmsGroupId))
                .equals((number_assignment::Entity, number_assignment::Column::SmsGroupId)),
        ),
    );
    let of_owner = owned_by_outer_user(
        numbers().inner_join(
            sms_group::Entity,
            Expr::col((sms_group::Entity, sms_group::Column::Id))
                .equals((number_assignment::Entity, number_assignment::Column::SmsGroupId)),
        ),
    );
    either([own, of_member, of_owner])
}

/// The groups of the person of the outer query.
fn groups_of_outer_user() -> SelectStatement {
    let names = || {
        Query::select()
            .column((sms_group::Entity, sms_group::Column::NameSearch))
            .from(sms_group::Entity)
            .take()
    };
    let of_member = in_groups_of_outer_user(
        names().inner_join(
            sms_group_member::Entity,
            Expr::col((sms_group_member::Entity, sms_group_member::Column::SmsGroupId))
                .equals((sms_group::Entity, sms_group::Column::Id)),
        ),
    );
    let of_owner = owned_by_outer_user(&mut names());
    either([of_member, of_owner])
}

/// Assigned numbers of the enterprise of the outer query.
fn numbers() -> SelectStatement {
    Query::select()
        .column((phone_number::Entity, phone_number::Column::E164))
        .from(number_assignment::Entity)
        .inner_join(
            phone_number::Entity,
            Expr::col((phone_number::Entity, phone_number::Column::Id))
                .equals((number_assignment::Entity, number_assignment::Column::PhoneNumberId)),
        )
        .and_where(
            Expr::col((number_assignment::Entity, number_assignment::Column::EnterpriseId))
                .equals((teams_user::Entity, teams_user::Column::EnterpriseId)),
        )
        .take()
}

fn in_groups_of_outer_user(select: &mut SelectStatement) -> SelectStatement {
    select
        .and_where(
            Expr::col((sms_group_member::Entity, sms_group_member::Column::EnterpriseId))
                .equals((teams_user::Entity, teams_user::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col((sms_group_member::Entity, sms_group_member::Column::TeamsUserId))
                .equals((teams_user::Entity, teams_user::Column::Id)),
        )
        .take()
}

fn owned_by_outer_user(select: &mut SelectStatement) -> SelectStatement {
    select
        .and_where(
            Expr::col((sms_group::Entity, sms_group::Column::EnterpriseId))
                .equals((teams_user::Entity, teams_user::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col((sms_group::Entity, sms_group::Column::OwnerId))
                .equals((teams_user::Entity, teams_user::Column::Id)),
        )
        .take()
}

/// The rows of all of these, which have one column of the same name each.
fn either<const N: usize>(selects: [SelectStatement; N]) -> SelectStatement {
    let mut selects = selects.into_iter();
    let mut held = selects.next().unwrap_or_default();
    held.unions(selects.map(|select| (UnionType::All, select)));
    Query::select().from_subquery(held, HELD).take()
}

impl Tabular for TeamsUserRow {
    const RESOURCE: Resource = Resource::TeamsUser;
    type Entity = teams_user::Entity;
    type Stored = BareUser;

    fn columns(_scope: &EnterpriseScope, _now: DateTime<Utc>) -> Cow<'static, SqlTable> {
        Cow::Borrowed(LazyLock::force(&SQL_TABLE))
    }

    fn select(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<teams_user::Entity> {
        bare(of(scope))
    }

    fn id_of(stored: &BareUser) -> Uuid {
        stored.id
    }

    async fn complete(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        stored: Vec<BareUser>,
        _now: DateTime<Utc>,
    ) -> Result<Vec<Self>, DbErr> {
        let ids: Vec<Uuid> = stored.iter().map(|user| user.id).collect();
        let mut holdings = Holdings::read(db, scope, Some(&ids)).await?;
        let mut rows = Vec::with_capacity(stored.len());
        for user in stored {
            let listed = holdings.complete(user)?;
            rows.push(listed.row(&holdings.groups));
        }
        Ok(rows)
    }
}

impl Whole for TeamsUserRow {
    type Id = TeamsUserId;
    type Listed = ListedUser;

    /// Six queries, however many people.
    async fn all(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        ids: &[TeamsUserId],
        _now: DateTime<Utc>,
    ) -> Result<WholeList<ListedUser>, DbErr> {
        let wanted: Option<Vec<Uuid>> = (!ids.is_empty()).then(|| ids.iter().map(|id| id.0).collect());
        let mut select = bare(of(scope));
        if let Some(wanted) = &wanted {
            select = select.filter(teams_user::Column::Id.is_in(wanted.iter().copied()));
        }
        let users: Vec<BareUser> = at_most_whole_list(select)
            .order_by_asc(teams_user::Column::Id)
            .into_model()
            .all(db)
            .await?;
        if users.len() as u64 > WHOLE_LIST_ROWS {
            return Ok(WholeList::TooLong);
        }
        let mut holdings = Holdings::read(db, scope, wanted.as_deref()).await?;
        let mut listed = Vec::with_capacity(users.len());
        for user in users {
            listed.push(holdings.complete(user)?);
        }
        Ok(whole_list(holdings.groups, listed))
    }
}
