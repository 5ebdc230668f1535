//! Whose turn it is to look after the subscriptions of a carrier profile. A turn is a lease: it ends by itself when its
//! holder is silent, and at one host there is one turn at a time, so that the host's limits hold for all servers together.

use chrono::{DateTime, Utc};
use domain::{
    carrier_profile::CarrierKind, domain_subscription::RenewalStatus, enterprise::EnterpriseSlug, ids::CarrierProfileId,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, FromQueryResult, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    access::EnterpriseScope,
    entities::{carrier_credential, carrier_profile, carrier_renewal, domain_subscription, enterprise},
    store::{begin_write, new_id, unknown_value},
};

/// A profile whose turn it is.
#[derive(Clone, Debug)]
pub(crate) struct DueProfile {
    pub(crate) profile: CarrierProfileId,
    pub(crate) enterprise: EnterpriseSlug,
    enterprise_id: Uuid,
    host: String,
}

/// A turn that was taken.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    pub(crate) profile: CarrierProfileId,
    pub(crate) enterprise: EnterpriseSlug,
    /// How many turns in a row have failed.
    pub(crate) failures: u32,
    holder: Uuid,
}

#[derive(FromQueryResult)]
struct DueRow {
    id: Uuid,
    enterprise_id: Uuid,
    slug: String,
    host: String,
}

/// The statuses of domains that should be subscribed; others are on their way out.
pub(super) fn wanted_statuses() -> [&'static str; 3] {
    [RenewalStatus::Idle, RenewalStatus::Renewing, RenewalStatus::Failed].map(RenewalStatus::as_str)
}

/// The domains of the outer query's profile that should be subscribed.
fn domains() -> SelectStatement {
    Query::select()
        .expr(Expr::cust("1"))
        .from(domain_subscription::Entity)
        .and_where(
            Expr::col((
                domain_subscription::Entity,
                domain_subscription::Column::CarrierProfileId,
            ))
            .equals((carrier_profile::Entity, carrier_profile::Column::Id)),
        )
        .and_where(domain_subscription::Column::RenewalStatus.is_in(wanted_statuses()))
        .take()
}

fn credentials() -> SelectStatement {
    Query::select()
        .expr(Expr::cust("1"))
        .from(carrier_credential::Entity)
        .and_where(
            Expr::col((carrier_credential::Entity, carrier_credential::Column::CarrierProfileId))
                .equals((carrier_profile::Entity, carrier_profile::Column::Id)),
        )
        .take()
}

/// The profiles whose turn it is and that nobody has, of all enterprises. Needs no scope: whoever takes a turn asks for
/// the scope of its enterprise.
pub(crate) async fn due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<DueProfile>, DbErr> {
    let kinds = CarrierKind::ALL
        .iter()
        .filter(|kind| kind.is_netsapiens_type())
        .map(|kind| kind.as_str());
    let mut due_domains = domains();
    due_domains.cond_where(
        Condition::any()
            .add(domain_subscription::Column::NextAttemptAt.is_null())
            .add(domain_subscription::Column::NextAttemptAt.lte(now)),
    );
    let rows: Vec<DueRow> = carrier_profile::Entity::find()
        .join(
            JoinType::InnerJoin,
            carrier_profile::Entity::belongs_to(enterprise::Entity)
                .from(carrier_profile::Column::EnterpriseId)
                .to(enterprise::Column::Id)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            carrier_profile::Entity::belongs_to(carrier_renewal::Entity)
                .from(carrier_profile::Column::Id)
                .to(carrier_renewal::Column::CarrierProfileId)
                .into(),
        )
        .filter(carrier_profile::Column::CarrierKind.is_in(kinds))
        .filter(carrier_profile::Column::Host.is_not_null())
        .filter(enterprise::Column::Suspended.eq(false))
        .filter(Expr::exists(credentials()))
        .filter(Expr::exists(domains()))
        .filter(
            Condition::any()
                .add(carrier_renewal::Column::HeldUntil.is_null())
                .add(carrier_renewal::Column::HeldUntil.lte(now)),
        )
        .filter(
            Condition::any()
                .add(carrier_renewal::Column::DueAt.is_null())
                .add(carrier_renewal::Column::DueAt.lte(now))
                .add(Expr::exists(due_domains)),
        )
        .select_only()
        .columns([
            carrier_profile::Column::Id,
            carrier_profile::Column::EnterpriseId,
            carrier_profile::Column::Host,
        ])
        .column(enterprise::Column::Slug)
        .order_by_asc(carrier_profile::Column::Id)
        .into_model()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(DueProfile {
                profile: CarrierProfileId(row.id),
                enterprise: EnterpriseSlug::parse(&row.slug).map_err(|_| unknown_value("slug", &row.slug))?,
                enterprise_id: row.enterprise_id,
                host: row.host,
            })
        })
        .collect()
}

/// Takes the turn until `until`, unless somebody has it by now, or has that of another profile at the same host.
pub(crate) async fn take(
    db: &DatabaseConnection,
    due: &DueProfile,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Turn>, DbErr> {
    let db = begin_write(db).await?;
    let row = carrier_renewal::ActiveModel {
        carrier_profile_id: Set(due.profile.0),
        enterprise_id: Set(due.enterprise_id),
        holder: Set(None),
        held_until: Set(None),
        due_at: Set(now),
        failures: Set(0),
    };
    carrier_renewal::Entity::insert(row)
        .on_conflict(
            OnConflict::column(carrier_renewal::Column::CarrierProfileId)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&db)
        .await?;
    // Changes nothing, but keeps others at the same host waiting until this transaction ends.
    carrier_renewal::Entity::update_many()
        .col_expr(
            carrier_renewal::Column::Failures,
            Expr::col(carrier_renewal::Column::Failures),
        )
        .filter(carrier_renewal::Column::CarrierProfileId.in_subquery(at_host(&due.host)))
        .exec(&db)
        .await?;
    let held = carrier_renewal::Entity::find()
        .filter(carrier_renewal::Column::CarrierProfileId.in_subquery(at_host(&due.host)))
        .filter(carrier_renewal::Column::HeldUntil.gt(now))
        .count(&db)
        .await?;
    if held > 0 {
        db.rollback().await?;
        return Ok(None);
    }
    let holder = new_id();
    of(due.profile)
        .col_expr(carrier_renewal::Column::Holder, Expr::value(holder))
        .col_expr(carrier_renewal::Column::HeldUntil, Expr::value(until))
        .exec(&db)
        .await?;
    let taken = carrier_renewal::Entity::find_by_id(due.profile.0).one(&db).await?;
    db.commit().await?;
    Ok(taken.map(|row| Turn {
        profile: due.profile,
        enterprise: due.enterprise.clone(),
        failures: u32::try_from(row.failures).unwrap_or_default(),
        holder,
    }))
}

/// The profiles at a host.
pub(super) fn at_host(host: &str) -> SelectStatement {
    Query::select()
        .column(carrier_profile::Column::Id)
        .from(carrier_profile::Entity)
        .and_where(carrier_profile::Column::Host.eq(host))
        .take()
}

fn of(profile: CarrierProfileId) -> sea_orm::UpdateMany<carrier_renewal::Entity> {
    carrier_renewal::Entity::update_many().filter(carrier_renewal::Column::CarrierProfileId.eq(profile.0))
}

/// Keeps the turn until `until`; false when somebody else has it.
pub(crate) async fn keep(db: &impl ConnectionTrait, turn: &Turn, until: DateTime<Utc>) -> Result<bool, DbErr> {
    let kept = of(turn.profile)
        .filter(carrier_renewal::Column::Holder.eq(turn.holder))
        .col_expr(carrier_renewal::Column::HeldUntil, Expr::value(until))
        .exec(db)
        .await?;
    Ok(kept.rows_affected == 1)
}

/// Gives the turn back; the next one is at `due_at`, after so many failures in a row.
pub(crate) async fn end(
    db: &impl ConnectionTrait,
    turn: &Turn,
    due_at: DateTime<Utc>,
    failures: u32,
) -> Result<(), DbErr> {
    of(turn.profile)
        .filter(carrier_renewal::Column::Holder.eq(turn.holder))
        .col_expr(carrier_renewal::Column::Holder, Expr::value(None::<Uuid>))
        .col_expr(carrier_renewal::Column::HeldUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(carrier_renewal::Column::DueAt, Expr::value(due_at))
        .col_expr(
            carrier_renewal::Column::Failures,
            Expr::value(i32::try_from(failures).unwrap_or(i32::MAX)),
        )
        .exec(db)
        .await
        .map(drop)
}

/// Makes it the profile's turn now: its credentials or its host have changed. Its domains that wait are tried at once.
pub(crate) async fn wake(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    profile: CarrierProfileId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    of(profile)
        .filter(carrier_renewal::Column::EnterpriseId.eq(scope.enterprise().0))
        .col_expr(carrier_renewal::Column::DueAt, Expr::value(now))
        .exec(db)
        .await?;
    domain_subscription::Entity::update_many()
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::CarrierProfileId.eq(profile.0))
        .filter(domain_subscription::Column::RenewalStatus.eq(RenewalStatus::Failed.as_str()))
        .col_expr(domain_subscription::Column::NextAttemptAt, Expr::value(now))
        .exec(db)
        .await
        .map(drop)
}
