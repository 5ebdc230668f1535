//! Carrier profiles: the table, and finding one by its name. One profile and its changes are in `edit`.

mod edit;

use std::{borrow::Cow, collections::HashMap};

use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    carrier_profile::{CarrierKind, CarrierProfileRow, TABLE},
    domain_subscription::{EXPIRING_SOON, SubscriptionState},
    ids::CarrierProfileId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Query, SubQueryStatement},
};
use uuid::Uuid;

pub(crate) use self::edit::{Head, delete, details, head, insert, set_check, update};
use super::{
    table::{Tabular, complete_as_read, whole_as_shown},
    table_sql::{SqlColumn, SqlTable},
    unknown_value,
};
use crate::{
    access::EnterpriseScope,
    entities::{carrier_profile, domain_subscription, phone_number},
};

#[derive(FromQueryResult)]
pub(crate) struct TableRow {
    id: Uuid,
    carrier_kind: String,
    name: String,
    number_count: i64,
    worst_domain: Option<String>,
    checked_at: Option<DateTime<Utc>>,
    check_passed: Option<bool>,
}

/// Where the columns of the Carriers table are found. How domains stand follows from their expiry, so it depends on the
/// time.
fn sql_table(now: DateTime<Utc>) -> SqlTable {
    let column = |column: carrier_profile::Column| Expr::col((carrier_profile::Entity, column));
    SqlTable::new(
        &TABLE,
        column(carrier_profile::Column::Id),
        [
            SqlColumn::Text(column(carrier_profile::Column::CarrierSearch)),
            SqlColumn::Text(column(carrier_profile::Column::NameSearch)),
            SqlColumn::Number(number_count()),
            SqlColumn::Choice(worst_domain(now)),
            SqlColumn::Date(column(carrier_profile::Column::CheckedAt)),
            SqlColumn::Choice(check_result()),
        ],
    )
}

/// How the worst domain of the outer query's profile stands: [`SubscriptionState::at`] of all of them in SQL, the worst
/// first; nothing without domains.
fn worst_domain(now: DateTime<Utc>) -> Expr {
    let expires_at = || Expr::col((domain_subscription::Entity, domain_subscription::Column::ExpiresAt));
    let first_end = || expires_at().min();
    // What has no end is missing, and is not counted as an end.
    let some_missing = Expr::cust("COUNT(*)").gt(expires_at().count());
    let state: Expr = Expr::case(first_end().lte(now), Expr::value("expired"))
        .case(some_missing, Expr::value("missing"))
        .case(first_end().lte(now + EXPIRING_SOON), Expr::value("expiring"))
        .case(first_end().is_not_null(), Expr::value("active"))
        .into();
    let worst = Query::select()
        .expr(state)
        .from(domain_subscription::Entity)
        .and_where(
            Expr::col((domain_subscription::Entity, domain_subscription::Column::EnterpriseId))
                .equals((carrier_profile::Entity, carrier_profile::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col((
                domain_subscription::Entity,
                domain_subscription::Column::CarrierProfileId,
            ))
            .equals((carrier_profile::Entity, carrier_profile::Column::Id)),
        )
        .take();
    Expr::from(SubQueryStatement::from(worst))
}

/// [`CarrierProfileRow::check_result`] in SQL.
fn check_result() -> Expr {
    let passed = || Expr::col((carrier_profile::Entity, carrier_profile::Column::CheckPassed));
    Expr::case(passed().is_null(), Expr::value("never"))
        .case(passed().eq(true), Expr::value("passed"))
        .finally(Expr::value("failed"))
        .into()
}

/// How many numbers send through the profile of the outer query.
fn number_count() -> Expr {
    let count = Query::select()
        .expr(Expr::cust("COUNT(*)"))
        .from(phone_number::Entity)
        .and_where(
            Expr::col((phone_number::Entity, phone_number::Column::EnterpriseId))
                .equals((carrier_profile::Entity, carrier_profile::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col((phone_number::Entity, phone_number::Column::CarrierProfileId))
                .equals((carrier_profile::Entity, carrier_profile::Column::Id)),
        )
        .take();
    Expr::from(SubQueryStatement::from(count))
}

impl Tabular for CarrierProfileRow {
    const RESOURCE: Resource = Resource::CarrierProfile;
    type Entity = carrier_profile::Entity;
    type Stored = TableRow;

    fn columns(_scope: &EnterpriseScope, now: DateTime<Utc>) -> Cow<'static, SqlTable> {
        Cow::Owned(sql_table(now))
    }

    fn select(scope: &EnterpriseScope, now: DateTime<Utc>) -> Select<carrier_profile::Entity> {
        carrier_profile::Entity::find()
            .filter(carrier_profile::Column::EnterpriseId.eq(scope.enterprise().0))
            .select_only()
            .columns([
                carrier_profile::Column::Id,
                carrier_profile::Column::CarrierKind,
                carrier_profile::Column::Name,
                carrier_profile::Column::CheckedAt,
                carrier_profile::Column::CheckPassed,
            ])
            .expr_as(number_count(), "number_count")
            .expr_as(worst_domain(now), "worst_domain")
    }

    fn id_of(stored: &TableRow) -> Uuid {
        stored.id
    }

    complete_as_read!(row);
}

whole_as_shown!(CarrierProfileRow, CarrierProfileId);

fn row(row: TableRow) -> Result<CarrierProfileRow, DbErr> {
    let state = |word: String| SubscriptionState::parse(&word).ok_or_else(|| unknown_value("state", &word));
    Ok(CarrierProfileRow {
        id: CarrierProfileId(row.id),
        carrier: CarrierKind::parse(&row.carrier_kind).ok_or_else(|| unknown_value("carrier", &row.carrier_kind))?,
        name: row.name,
        number_count: super::small(row.number_count)?,
        worst_domain: row.worst_domain.map(state).transpose()?,
        checked_at: row.checked_at,
        check_passed: row.check_passed,
    })
}

/// The names of the enterprise's profiles.
pub(crate) async fn names(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
) -> Result<HashMap<CarrierProfileId, String>, DbErr> {
    let rows: Vec<(Uuid, String)> = carrier_profile::Entity::find()
        .filter(carrier_profile::Column::EnterpriseId.eq(scope.enterprise().0))
        .select_only()
        .columns([carrier_profile::Column::Id, carrier_profile::Column::Name])
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| (CarrierProfileId(id), name))
        .collect())
}

/// The form in which two names of a profile are the same name.
pub(crate) fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}
