//! Enterprises as their provider keeps them: the table, adding one, changing what is set.

use chrono::{DateTime, Utc};
use domain::{
    domain_subscription::EXPIRING_SOON,
    enterprise::{
        ConnectorApp, EnterpriseRecord, EnterpriseRow, EnterpriseSettings, EnterpriseSlug, EnterpriseSwitches,
    },
    ids::EnterpriseId,
    table::fold,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SubQueryStatement},
};
use uuid::Uuid;

use crate::{
    access::{EnterpriseScope, ProviderScope},
    context::OpContext,
    entities::{domain_subscription, enterprise, phone_number, sms_group, teams_user},
    store::{small, unknown_value},
};

#[derive(FromQueryResult)]
struct TableRow {
    id: Uuid,
    slug: String,
    name: String,
    sms: bool,
    group_texting: bool,
    secure_sms: bool,
    manages_own_numbers: bool,
    connector_app: String,
    suspended: bool,
    number_cooling_off_days: Option<i32>,
    version: i64,
    user_count: i64,
    number_count: i64,
    group_count: i64,
    expired_domains: i64,
    expiring_domains: i64,
}

const RECORD: [enterprise::Column; 11] = [
    enterprise::Column::Id,
    enterprise::Column::Slug,
    enterprise::Column::Name,
    enterprise::Column::Sms,
    enterprise::Column::GroupTexting,
    enterprise::Column::SecureSms,
    enterprise::Column::ManagesOwnNumbers,
    enterprise::Column::ConnectorApp,
    enterprise::Column::Suspended,
    enterprise::Column::NumberCoolingOffDays,
    enterprise::Column::Version,
];

/// All rows of the provider's table of enterprises, or those of `ids` if there are any; by name.
pub(crate) async fn rows(
    db: &impl ConnectionTrait,
    scope: &ProviderScope,
    ids: &[EnterpriseId],
    now: DateTime<Utc>,
) -> Result<Vec<EnterpriseRow>, DbErr> {
    let mut select = enterprise::Entity::find().filter(enterprise::Column::ProviderId.eq(scope.provider().0));
    if !ids.is_empty() {
        select = select.filter(enterprise::Column::Id.is_in(ids.iter().map(|id| id.0)));
    }
    let rows: Vec<TableRow> = select
        .order_by_asc(enterprise::Column::NameSearch)
        .order_by_asc(enterprise::Column::Id)
        .select_only()
        .columns(RECORD)
        .expr_as(count(users()), "user_count")
        .expr_as(count(numbers()), "number_count")
        .expr_as(count(groups()), "group_count")
        .expr_as(count(domains(expires_at().lte(now))), "expired_domains")
        .expr_as(count(domains(expiring(now))), "expiring_domains")
        .into_model()
        .all(db)
        .await?;
    rows.into_iter().map(table_row).collect()
}

fn table_row(row: TableRow) -> Result<EnterpriseRow, DbErr> {
    let (user_count, number_count, group_count) = (row.user_count, row.number_count, row.group_count);
    let (expired, expiring) = (row.expired_domains, row.expiring_domains);
    let record = EnterpriseRecord {
        id: EnterpriseId(row.id),
        version: row.version,
        slug: EnterpriseSlug::parse(&row.slug).map_err(|_| unknown_value("slug", &row.slug))?,
        name: row.name,
        switches: EnterpriseSwitches {
            sms: row.sms,
            group_texting: row.group_texting,
            secure_sms: row.secure_sms,
            manages_own_numbers: row.manages_own_numbers,
            connector_app: ConnectorApp::parse(&row.connector_app)
                .ok_or_else(|| unknown_value("connector app", &row.connector_app))?,
        },
        number_cooling_off_days: row.number_cooling_off_days.map(days).transpose()?,
        suspended: row.suspended,
    };
    Ok(EnterpriseRow {
        record,
        user_count: small(user_count)?,
        number_count: small(number_count)?,
        group_count: small(group_count)?,
        expired_domains: small(expired)?,
        expiring_domains: small(expiring)?,
    })
}

fn days(days: i32) -> Result<u32, DbErr> {
    small(i64::from(days))
}

fn count(mut rows: SelectStatement) -> Expr {
    Expr::from(SubQueryStatement::from(rows.expr(Expr::cust("COUNT(*)")).take()))
}

/// The Teams users of the outer query's enterprise.
fn users() -> SelectStatement {
    let enterprise = Expr::col((teams_user::Entity, teams_user::Column::EnterpriseId));
    Query::select()
        .from(teams_user::Entity)
        .and_where(enterprise.equals((enterprise::Entity, enterprise::Column::Id)))
        .take()
}

/// Its numbers.
fn numbers() -> SelectStatement {
    let enterprise = Expr::col((phone_number::Entity, phone_number::Column::EnterpriseId));
    Query::select()
        .from(phone_number::Entity)
        .and_where(enterprise.equals((enterprise::Entity, enterprise::Column::Id)))
        .take()
}

/// Its SMS groups.
fn groups() -> SelectStatement {
    let enterprise = Expr::col((sms_group::Entity, sms_group::Column::EnterpriseId));
    Query::select()
        .from(sms_group::Entity)
        .and_where(enterprise.equals((enterprise::Entity, enterprise::Column::Id)))
        .take()
}

/// Its domains that are so.
fn domains(are: Expr) -> SelectStatement {
    let enterprise = Expr::col((domain_subscription::Entity, domain_subscription::Column::EnterpriseId));
    Query::select()
        .from(domain_subscription::Entity)
        .and_where(enterprise.equals((enterprise::Entity, enterprise::Column::Id)))
        .and_where(are)
        .take()
}

fn expires_at() -> Expr {
    Expr::col((domain_subscription::Entity, domain_subscription::Column::ExpiresAt))
}

/// `SubscriptionState::Expiring` in SQL.
fn expiring(now: DateTime<Utc>) -> Expr {
    expires_at().gt(now).and(expires_at().lte(now + EXPIRING_SOON))
}

/// What is set for the enterprise.
pub(crate) async fn record(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
) -> Result<Option<EnterpriseRecord>, DbErr> {
    let row = enterprise::Entity::find_by_id(scope.enterprise().0).one(db).await?;
    row.map(record_of).transpose()
}

fn record_of(row: enterprise::Model) -> Result<EnterpriseRecord, DbErr> {
    Ok(EnterpriseRecord {
        id: EnterpriseId(row.id),
        version: row.version,
        slug: EnterpriseSlug::parse(&row.slug).map_err(|_| unknown_value("slug", &row.slug))?,
        switches: super::switches(&row)?,
        name: row.name,
        number_cooling_off_days: row.number_cooling_off_days.map(days).transpose()?,
        suspended: row.suspended,
    })
}

/// Adds an enterprise. One whose slug is taken, wherever, breaks a uniqueness rule.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &ProviderScope,
    slug: &EnterpriseSlug,
    settings: &EnterpriseSettings,
) -> Result<(), DbErr> {
    let switches = settings.switches;
    let row = enterprise::ActiveModel {
        id: Set(crate::store::new_id()),
        provider_id: Set(scope.provider().0),
        slug: Set(slug.to_string()),
        name: Set(settings.name.clone()),
        name_search: Set(fold(&settings.name)),
        sms: Set(switches.sms),
        group_texting: Set(switches.group_texting),
        secure_sms: Set(switches.secure_sms),
        manages_own_numbers: Set(switches.manages_own_numbers),
        connector_app: Set(switches.connector_app.as_str().to_owned()),
        suspended: Set(false),
        number_cooling_off_days: Set(stored_days(settings)),
        version: Set(1),
        created_at: Set(ctx.now),
        updated_at: Set(ctx.now),
    };
    row.insert(db).await.map(drop)
}

fn stored_days(settings: &EnterpriseSettings) -> Option<i32> {
    settings
        .number_cooling_off_days
        .and_then(|days| i32::try_from(days).ok())
}

/// Changes what is set, if the enterprise still has that version; tells whether it had.
pub(crate) async fn update(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    version: i64,
    settings: &EnterpriseSettings,
) -> Result<bool, DbErr> {
    let switches = settings.switches;
    let app = switches.connector_app.as_str();
    let result = enterprise::Entity::update_many()
        .col_expr(enterprise::Column::Name, Expr::value(settings.name.clone()))
        .col_expr(enterprise::Column::NameSearch, Expr::value(fold(&settings.name)))
        .col_expr(enterprise::Column::Sms, Expr::value(switches.sms))
        .col_expr(enterprise::Column::GroupTexting, Expr::value(switches.group_texting))
        .col_expr(enterprise::Column::SecureSms, Expr::value(switches.secure_sms))
        .col_expr(
            enterprise::Column::ManagesOwnNumbers,
            Expr::value(switches.manages_own_numbers),
        )
        .col_expr(enterprise::Column::ConnectorApp, Expr::value(app))
        .col_expr(
            enterprise::Column::NumberCoolingOffDays,
            Expr::value(stored_days(settings)),
        )
        .col_expr(enterprise::Column::Version, Expr::value(version + 1))
        .col_expr(enterprise::Column::UpdatedAt, Expr::value(ctx.now))
        .filter(enterprise::Column::Id.eq(scope.enterprise().0))
        .filter(enterprise::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Suspends or resumes the enterprise, if it still has that version; tells whether it had.
pub(crate) async fn set_suspended(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    version: i64,
    suspended: bool,
) -> Result<bool, DbErr> {
    let result = enterprise::Entity::update_many()
        .col_expr(enterprise::Column::Suspended, Expr::value(suspended))
        .col_expr(enterprise::Column::Version, Expr::value(version + 1))
        .col_expr(enterprise::Column::UpdatedAt, Expr::value(ctx.now))
        .filter(enterprise::Column::Id.eq(scope.enterprise().0))
        .filter(enterprise::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}
