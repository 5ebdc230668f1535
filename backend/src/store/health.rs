//! The counts of an enterprise's health, in one query.

use chrono::{DateTime, Utc};
use domain::{domain_subscription::EXPIRING_SOON, enterprise::ConnectorApp, health::AffectedDomains};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QuerySelect,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SubQueryStatement},
};
use uuid::Uuid;

use super::{sms_group::reachable_count, unknown_value};
use crate::{
    access::EnterpriseScope,
    entities::{domain_subscription, enterprise, number_assignment, phone_number, sms_group},
};

/// What was counted.
pub(crate) struct Counts {
    pub(crate) connector_app: ConnectorApp,
    pub(crate) expired: AffectedDomains,
    pub(crate) expiring: AffectedDomains,
    pub(crate) free_numbers: u32,
    pub(crate) unassigned_numbers: u32,
    pub(crate) unreachable_groups: u32,
}

#[derive(FromQueryResult)]
struct CountsRow {
    connector_app: String,
    expired_domains: i64,
    expired_numbers: i64,
    expiring_domains: i64,
    expiring_numbers: i64,
    free_numbers: i64,
    numbers: i64,
    assigned_numbers: i64,
    unreachable_groups: i64,
}

/// Counts in one query; none if the enterprise is gone.
pub(crate) async fn counts(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    now: DateTime<Utc>,
) -> Result<Option<Counts>, DbErr> {
    let id = scope.enterprise().0;
    let row: Option<CountsRow> = enterprise::Entity::find_by_id(id)
        .select_only()
        .column(enterprise::Column::ConnectorApp)
        .expr_as(count(domains(id, expired(now))), "expired_domains")
        .expr_as(count(on_domains(id, expired(now))), "expired_numbers")
        .expr_as(count(domains(id, expiring(now))), "expiring_domains")
        .expr_as(count(on_domains(id, expiring(now))), "expiring_numbers")
        .expr_as(count(free_numbers(id)), "free_numbers")
        .expr_as(count(numbers(id)), "numbers")
        .expr_as(count(assignments(id)), "assigned_numbers")
        .expr_as(count(unreachable_groups(id)), "unreachable_groups")
        .into_model()
        .one(db)
        .await?;
    row.map(counted).transpose()
}

fn counted(row: CountsRow) -> Result<Counts, DbErr> {
    Ok(Counts {
        connector_app: ConnectorApp::parse(&row.connector_app)
            .ok_or_else(|| unknown_value("connector app", &row.connector_app))?,
        expired: AffectedDomains {
            domains: super::small(row.expired_domains)?,
            numbers: super::small(row.expired_numbers)?,
        },
        expiring: AffectedDomains {
            domains: super::small(row.expiring_domains)?,
            numbers: super::small(row.expiring_numbers)?,
        },
        free_numbers: super::small(row.free_numbers)?,
        // A number has one assignment at most, so those without are the difference.
        unassigned_numbers: super::small(row.numbers - row.assigned_numbers)?,
        unreachable_groups: super::small(row.unreachable_groups)?,
    })
}

fn count(mut rows: SelectStatement) -> Expr {
    Expr::from(SubQueryStatement::from(rows.expr(Expr::cust("COUNT(*)")).take()))
}

fn expires_at() -> Expr {
    Expr::col((domain_subscription::Entity, domain_subscription::Column::ExpiresAt))
}

/// `SubscriptionState::Expired` in SQL.
fn expired(now: DateTime<Utc>) -> Expr {
    expires_at().lte(now)
}

/// `SubscriptionState::Expiring` in SQL.
fn expiring(now: DateTime<Utc>) -> Expr {
    expires_at().gt(now).and(expires_at().lte(now + EXPIRING_SOON))
}

fn domains(enterprise: Uuid, are: Expr) -> SelectStatement {
    Query::select()
        .from(domain_subscription::Entity)
        .and_where(Expr::col((domain_subscription::Entity, domain_subscription::Column::EnterpriseId)).eq(enterprise))
        .and_where(are)
        .take()
}

/// The numbers on such domains.
fn on_domains(enterprise: Uuid, are: Expr) -> SelectStatement {
    domains(enterprise, are)
        .inner_join(
            phone_number::Entity,
            Expr::col((phone_number::Entity, phone_number::Column::EnterpriseId))
                .equals((domain_subscription::Entity, domain_subscription::Column::EnterpriseId))
                .and(
                    Expr::col((phone_number::Entity, phone_number::Column::HostingDomain))
                        .equals((domain_subscription::Entity, domain_subscription::Column::Domain)),
                ),
        )
        .take()
}

fn numbers(enterprise: Uuid) -> SelectStatement {
    Query::select()
        .from(phone_number::Entity)
        .and_where(Expr::col((phone_number::Entity, phone_number::Column::EnterpriseId)).eq(enterprise))
        .take()
}

/// `NumberService::Free` in SQL.
fn free_numbers(enterprise: Uuid) -> SelectStatement {
    numbers(enterprise)
        .left_join(
            number_assignment::Entity,
            Expr::col((number_assignment::Entity, number_assignment::Column::PhoneNumberId))
                .equals((phone_number::Entity, phone_number::Column::Id)),
        )
        .and_where(Expr::col((phone_number::Entity, phone_number::Column::SmsCapable)).eq(true))
        .and_where(Expr::col((number_assignment::Entity, number_assignment::Column::PhoneNumberId)).is_null())
        .take()
}

fn assignments(enterprise: Uuid) -> SelectStatement {
    Query::select()
        .from(number_assignment::Entity)
        .and_where(Expr::col((number_assignment::Entity, number_assignment::Column::EnterpriseId)).eq(enterprise))
        .take()
}

fn unreachable_groups(enterprise: Uuid) -> SelectStatement {
    Query::select()
        .from(sms_group::Entity)
        .and_where(Expr::col((sms_group::Entity, sms_group::Column::EnterpriseId)).eq(enterprise))
        .and_where(reachable_count().eq(0))
        .take()
}
