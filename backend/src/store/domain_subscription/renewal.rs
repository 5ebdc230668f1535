//! What renewing reads and writes. Each change names the version that was read, as in `change`.

use chrono::{DateTime, Utc};
use domain::{
    domain_subscription::{DomainName, ForeignSubscriptions, RenewalStatus},
    ids::{CarrierProfileId, DomainSubscriptionId},
    table::fold,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use crate::{
    access::EnterpriseScope,
    entities::domain_subscription,
    store::{carrier_renewal::wanted_statuses, unknown_value},
};

/// A domain that should be subscribed, as it was read.
#[derive(Clone, Debug)]
pub(crate) struct WantedRow {
    pub(crate) id: DomainSubscriptionId,
    pub(crate) version: i64,
    pub(crate) domain: DomainName,
    pub(crate) subscription_id: Option<String>,
    pub(crate) subscribed_at: Option<DateTime<Utc>>,
    pub(crate) expires_at: Option<DateTime<Utc>>,
    pub(crate) status: RenewalStatus,
    pub(crate) failure: Option<String>,
    pub(crate) last_renewed_at: Option<DateTime<Utc>>,
    pub(crate) next_attempt_at: Option<DateTime<Utc>>,
    /// Whether somebody asked for a renewal, also of a subscription that is not about to end.
    pub(crate) asked: bool,
    /// Until when something that the carrier was asked for may still take effect; none when nothing is in doubt.
    pub(crate) settles_at: Option<DateTime<Utc>>,
    pub(crate) foreign: ForeignSubscriptions,
}

/// The domains of a profile that should be subscribed.
pub(crate) async fn wanted(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    profile: CarrierProfileId,
) -> Result<Vec<WantedRow>, DbErr> {
    let rows = domain_subscription::Entity::find()
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::CarrierProfileId.eq(profile.0))
        .filter(domain_subscription::Column::RenewalStatus.is_in(wanted_statuses()))
        .order_by_asc(domain_subscription::Column::Domain)
        .all(db)
        .await?;
    rows.into_iter().map(wanted_row).collect()
}

fn wanted_row(row: domain_subscription::Model) -> Result<WantedRow, DbErr> {
    Ok(WantedRow {
        id: DomainSubscriptionId(row.id),
        version: row.version,
        domain: DomainName::parse(&row.domain).map_err(|_| unknown_value("domain", &row.domain))?,
        subscription_id: row.subscription_id,
        subscribed_at: row.subscribed_at,
        expires_at: row.expires_at,
        status: RenewalStatus::parse(&row.renewal_status)
            .ok_or_else(|| unknown_value("renewal status", &row.renewal_status))?,
        failure: row.failure,
        last_renewed_at: row.last_renewed_at,
        next_attempt_at: row.next_attempt_at,
        asked: row.renewal_asked,
        settles_at: row.settles_at,
        foreign: read_foreign(row.foreign_subscriptions.as_deref())?,
    })
}

/// What others have subscribed, from its stored form.
fn read_foreign(stored: Option<&str>) -> Result<ForeignSubscriptions, DbErr> {
    match stored {
        Some(text) => serde_json::from_str(text).map_err(|_| unknown_value("foreign subscriptions", text)),
        None => Ok(ForeignSubscriptions::default()),
    }
}

/// Whether the domain is still as it was read, and still wanted.
pub(crate) async fn is_still(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
    version: i64,
) -> Result<bool, DbErr> {
    let found = domain_subscription::Entity::find_by_id(id.0)
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::Version.eq(version))
        .filter(domain_subscription::Column::RenewalStatus.is_in(wanted_statuses()))
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Writes until when something may still take effect at the carrier, if the domain is still as it was read and still
/// wanted; tells whether it was. The version stays: whoever deletes the domain afterwards finds it written.
pub(crate) async fn set_settles_at(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    row: &WantedRow,
) -> Result<bool, DbErr> {
    let result = domain_subscription::Entity::update_many()
        .col_expr(domain_subscription::Column::SettlesAt, Expr::value(row.settles_at))
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::Id.eq(row.id.0))
        .filter(domain_subscription::Column::Version.eq(row.version))
        .filter(domain_subscription::Column::RenewalStatus.is_in(wanted_statuses()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Writes what dealing with the carrier came to and counts the version up, if the row is still as `row` was read and still
/// wanted; tells whether it was. `row` holds the new values, beside the old version.
pub(crate) async fn set_renewal(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    row: &WantedRow,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = domain_subscription::Entity::update_many()
        .col_expr(
            domain_subscription::Column::SubscriptionId,
            Expr::value(row.subscription_id.clone()),
        )
        .col_expr(
            domain_subscription::Column::SubscriptionIdSearch,
            Expr::value(row.subscription_id.as_deref().map(fold)),
        )
        .col_expr(
            domain_subscription::Column::SubscribedAt,
            Expr::value(row.subscribed_at),
        )
        .col_expr(domain_subscription::Column::ExpiresAt, Expr::value(row.expires_at))
        .col_expr(
            domain_subscription::Column::RenewalStatus,
            Expr::value(row.status.as_str()),
        )
        .col_expr(domain_subscription::Column::Failure, Expr::value(row.failure.clone()))
        .col_expr(
            domain_subscription::Column::LastRenewedAt,
            Expr::value(row.last_renewed_at),
        )
        .col_expr(
            domain_subscription::Column::NextAttemptAt,
            Expr::value(row.next_attempt_at),
        )
        .col_expr(domain_subscription::Column::RenewalAsked, Expr::value(row.asked))
        .col_expr(domain_subscription::Column::SettlesAt, Expr::value(row.settles_at))
        .col_expr(domain_subscription::Column::Version, Expr::value(row.version + 1))
        .col_expr(domain_subscription::Column::UpdatedAt, Expr::value(now))
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::Id.eq(row.id.0))
        .filter(domain_subscription::Column::Version.eq(row.version))
        .filter(domain_subscription::Column::RenewalStatus.is_in(wanted_statuses()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Writes when the next try is, and nothing that anybody has to be told of; the version stays.
pub(crate) async fn set_next_attempt(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    row: &WantedRow,
    next: DateTime<Utc>,
) -> Result<(), DbErr> {
    domain_subscription::Entity::update_many()
        .col_expr(domain_subscription::Column::NextAttemptAt, Expr::value(next))
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::Id.eq(row.id.0))
        .filter(domain_subscription::Column::Version.eq(row.version))
        .exec(db)
        .await
        .map(drop)
}

/// Makes a renewal wanted at once, whatever is left of the subscription, and counts the version up, if it is still
/// `version` and still wanted; tells whether it was.
pub(crate) async fn ask_renewal(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
    version: i64,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = domain_subscription::Entity::update_many()
        .col_expr(
            domain_subscription::Column::RenewalStatus,
            Expr::value(RenewalStatus::Renewing.as_str()),
        )
        .col_expr(domain_subscription::Column::Failure, Expr::value(None::<String>))
        .col_expr(domain_subscription::Column::NextAttemptAt, Expr::value(now))
        .col_expr(domain_subscription::Column::RenewalAsked, Expr::value(true))
        .col_expr(domain_subscription::Column::Version, Expr::value(version + 1))
        .col_expr(domain_subscription::Column::UpdatedAt, Expr::value(now))
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::Id.eq(id.0))
        .filter(domain_subscription::Column::Version.eq(version))
        .filter(domain_subscription::Column::RenewalStatus.is_in(wanted_statuses()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Writes what others have subscribed on the domain; the version stays, since nothing of ours has changed.
pub(crate) async fn set_foreign(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
    foreign: &ForeignSubscriptions,
) -> Result<(), DbErr> {
    let stored = serde_json::to_string(foreign).map_err(|error| DbErr::Json(error.to_string()))?;
    domain_subscription::Entity::update_many()
        .col_expr(domain_subscription::Column::ForeignSubscriptions, Expr::value(stored))
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

/// What others have subscribed on the domain, as of the last comparison with the carrier.
pub(super) async fn foreign(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
) -> Result<ForeignSubscriptions, DbErr> {
    let stored: Option<Option<String>> = domain_subscription::Entity::find_by_id(id.0)
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .select_only()
        .column(domain_subscription::Column::ForeignSubscriptions)
        .into_tuple()
        .one(db)
        .await?;
    read_foreign(stored.flatten().as_deref())
}
