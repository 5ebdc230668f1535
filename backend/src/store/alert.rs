//! Alerts: what the portal looks after, and what people were told of it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use domain::{
    alert::{ALERTS_LISTED, AlertChange, AlertKind, AlertList, FAILING_AFTER, OpenAlert, Watched},
    domain_subscription::{EXPIRING_SOON, RenewalStatus},
    enterprise::EnterpriseSlug,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use super::{carrier_renewal::wanted_statuses, unknown_value};
use crate::{
    access::EnterpriseScope,
    entities::{alert, carrier_profile, carrier_renewal, domain_subscription, enterprise},
};

/// The enterprises in which something is wrong, or was when people were last told: name in addresses and name. Suspended
/// ones are left alone. Needs no scope: whoever goes on from here asks for the scope of each enterprise.
pub(crate) async fn unsettled(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<(EnterpriseSlug, String)>, DbErr> {
    let ending = enterprises_of(
        domain_subscription::Entity,
        domain_subscription::Column::EnterpriseId,
        Condition::all()
            .add(domain_subscription::Column::RenewalStatus.is_in(wanted_statuses()))
            .add(domain_subscription::Column::ExpiresAt.lte(now + EXPIRING_SOON)),
    );
    let failing = enterprises_of(
        carrier_renewal::Entity,
        carrier_renewal::Column::EnterpriseId,
        Condition::all().add(carrier_renewal::Column::Failures.gte(i64::from(FAILING_AFTER))),
    );
    let told = enterprises_of(
        alert::Entity,
        alert::Column::EnterpriseId,
        Condition::all().add(alert::Column::ThingId.is_not_null()),
    );
    let wrong = [ending, failing, told].map(|enterprises| enterprise::Column::Id.in_subquery(enterprises));
    let rows: Vec<(String, String)> = enterprise::Entity::find()
        .filter(enterprise::Column::Suspended.eq(false))
        .filter(wrong.into_iter().fold(Condition::any(), Condition::add))
        .order_by_asc(enterprise::Column::Id)
        .select_only()
        .columns([enterprise::Column::Slug, enterprise::Column::Name])
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(slug, name)| {
            let slug = EnterpriseSlug::parse(&slug).map_err(|_| unknown_value("slug", &slug))?;
            Ok((slug, name))
        })
        .collect()
}

/// The enterprises of the rows of `table` that are so.
fn enterprises_of<E: EntityTrait>(table: E, enterprise_id: E::Column, are: Condition) -> SelectStatement {
    Query::select()
        .column((table, enterprise_id))
        .from(table)
        .cond_where(are)
        .take()
}

/// Everything that the portal looks after in an enterprise, as it stands at `now`: the domains that should be subscribed,
/// and the carrier profiles that have some.
pub(crate) async fn watched(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    now: DateTime<Utc>,
) -> Result<Vec<Watched>, DbErr> {
    let domains = domain_subscription::Entity::find()
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::RenewalStatus.is_in(wanted_statuses()))
        .order_by_asc(domain_subscription::Column::Domain)
        .all(db)
        .await?;
    let failed = RenewalStatus::Failed.as_str();
    let reason =
        |domain: &domain_subscription::Model| domain.failure.clone().filter(|_| domain.renewal_status == failed);
    let mut reasons: HashMap<Uuid, Option<String>> = HashMap::new();
    for domain in &domains {
        let first = reasons.entry(domain.carrier_profile_id).or_default();
        if first.is_none() {
            *first = reason(domain);
        }
    }
    let mut watched: Vec<Watched> = domains
        .iter()
        .map(|domain| Watched {
            thing: domain.id,
            name: domain.domain.clone(),
            kind: AlertKind::of_domain(domain.expires_at, now),
            expires_at: domain.expires_at,
            reason: reason(domain),
        })
        .collect();
    watched.extend(profiles(db, scope, reasons).await?);
    Ok(watched)
}

/// The profiles that have these domains' reasons.
async fn profiles(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    mut reasons: HashMap<Uuid, Option<String>>,
) -> Result<Vec<Watched>, DbErr> {
    let ids: BTreeSet<Uuid> = reasons.keys().copied().collect();
    let turns = carrier_renewal::Entity::find()
        .filter(carrier_renewal::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(carrier_renewal::Column::CarrierProfileId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let failures: HashMap<Uuid, i32> = turns
        .into_iter()
        .map(|turn| (turn.carrier_profile_id, turn.failures))
        .collect();
    let found = carrier_profile::Entity::find()
        .filter(carrier_profile::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(carrier_profile::Column::Id.is_in(ids))
        .all(db)
        .await?;
    found
        .into_iter()
        .map(|profile| {
            let failures = failures.get(&profile.id).copied().unwrap_or_default();
            Ok(Watched {
                thing: profile.id,
                kind: AlertKind::of_profile(super::small(failures.into())?),
                expires_at: None,
                reason: reasons.remove(&profile.id).flatten(),
                name: profile.name,
            })
        })
        .collect()
}

/// Everything that people were told is wrong in an enterprise.
pub(crate) async fn open(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<Vec<OpenAlert>, DbErr> {
    let rows = alert::Entity::find()
        .filter(alert::Column::EnterpriseId.eq(scope.enterprise().0))
        .all(db)
        .await?;
    rows.into_iter().map(opened).collect()
}

/// The newest of it, and how much it is.
pub(crate) async fn newest(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<AlertList, DbErr> {
    let of_enterprise = alert::Entity::find().filter(alert::Column::EnterpriseId.eq(scope.enterprise().0));
    let newest = of_enterprise
        .clone()
        .order_by_desc(alert::Column::Since)
        .order_by_desc(alert::Column::ThingId)
        .limit(ALERTS_LISTED)
        .all(db)
        .await?;
    Ok(AlertList {
        rows: newest.into_iter().rev().map(opened).collect::<Result<_, _>>()?,
        total: of_enterprise.count(db).await?,
    })
}

fn opened(row: alert::Model) -> Result<OpenAlert, DbErr> {
    Ok(OpenAlert {
        thing: row.thing_id,
        kind: AlertKind::parse(&row.kind).ok_or_else(|| unknown_value("kind of alert", &row.kind))?,
        name: row.name,
        since: row.since,
        told_at: row.told_at,
    })
}

/// Writes an alert that begins; false when somebody else has done so.
pub(crate) async fn add(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    change: &AlertChange,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = alert::ActiveModel {
        enterprise_id: Set(scope.enterprise().0),
        thing_id: Set(change.thing),
        kind: Set(change.kind.as_str().to_owned()),
        name: Set(change.name.clone()),
        since: Set(change.since),
        told_at: Set(now),
    };
    let mut unless_there = OnConflict::columns([alert::Column::EnterpriseId, alert::Column::ThingId]);
    unless_there.do_nothing();
    let added = alert::Entity::insert(row)
        .on_conflict(unless_there)
        .exec_without_returning(db)
        .await?;
    Ok(added == 1)
}

/// Writes that an alert is of another kind now; false when it is not as it was read any more. Clocks of servers differ, and
/// are set: nobody is told before the alert began.
pub(crate) async fn replace(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    change: &AlertChange,
    before: AlertKind,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = alert::Entity::update_many()
        .col_expr(alert::Column::Kind, Expr::value(change.kind.as_str()))
        .col_expr(alert::Column::Name, Expr::value(change.name.clone()))
        .col_expr(alert::Column::ToldAt, Expr::value(Ord::max(now, change.since)))
        .filter(alert::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(alert::Column::ThingId.eq(change.thing))
        .filter(alert::Column::Kind.eq(before.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Removes an alert that is over; false when it is not as it was read any more.
pub(crate) async fn remove(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    thing: Uuid,
    before: AlertKind,
) -> Result<bool, DbErr> {
    let result = alert::Entity::delete_many()
        .filter(alert::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(alert::Column::ThingId.eq(thing))
        .filter(alert::Column::Kind.eq(before.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}
