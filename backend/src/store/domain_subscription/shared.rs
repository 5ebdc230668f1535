//! Domains whichever enterprise they are of. A carrier keeps one subscription of ours for a domain: whoever has the domain
//! at the same host shares it. Needs no scope, since nothing is told of anybody's rows but that there are some.

use chrono::{DateTime, Utc};
use domain::domain_subscription::DomainName;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr,
};

use crate::{
    entities::domain_subscription,
    store::carrier_renewal::{at_host, wanted_statuses},
};

/// The rows that want the domain at the host.
fn wanting(domain: &DomainName, host: &str) -> Condition {
    Condition::all()
        .add(domain_subscription::Column::Domain.eq(domain.as_str()))
        .add(domain_subscription::Column::RenewalStatus.is_in(wanted_statuses()))
        .add(domain_subscription::Column::CarrierProfileId.in_subquery(at_host(host)))
}

/// Whether anybody who wants the domain at the host has its subscription; a row that is being deleted wants none. Whoever
/// never got it from the carrier does not count: they may have no business with the domain.
pub(crate) async fn is_held_at(db: &impl ConnectionTrait, domain: &DomainName, host: &str) -> Result<bool, DbErr> {
    let found = domain_subscription::Entity::find()
        .filter(wanting(domain, host))
        .filter(domain_subscription::Column::SubscriptionId.is_not_null())
        .count(db)
        .await?;
    Ok(found > 0)
}

/// Has whoever wants the domain at the host compared with the carrier at once.
pub(crate) async fn wake_at(
    db: &impl ConnectionTrait,
    domain: &DomainName,
    host: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    domain_subscription::Entity::update_many()
        .col_expr(domain_subscription::Column::NextAttemptAt, Expr::value(now))
        .filter(wanting(domain, host))
        .exec(db)
        .await
        .map(drop)
}
