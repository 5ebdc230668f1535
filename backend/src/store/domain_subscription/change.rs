//! Changes of subscriptions. Each names the version that was read before, and hits nothing when somebody was quicker.
//!
//! So nothing brings a deleted subscription back: marking one for deletion counts its version up, and a renewal that read
//! the row before that writes with the old version. Once the row has gone there is none to hit; only a person who
//! subscribes the domain again adds one, with an id of its own.

use chrono::{DateTime, Utc};
use domain::{
    carrier_profile::CarrierKind,
    domain_subscription::{DomainDraft, DomainName, RenewalStatus},
    enterprise::EnterpriseSlug,
    ids::{CarrierProfileId, DomainSubscriptionId},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    access::EnterpriseScope,
    entities::{carrier_profile, domain_subscription, enterprise},
    store::unknown_value,
};

/// A subscription as its carrier has to be asked about it.
pub(crate) struct AtCarrier {
    pub(crate) version: i64,
    pub(crate) carrier: CarrierKind,
    pub(crate) profile: CarrierProfileId,
    pub(crate) host: Option<String>,
    pub(crate) domain: DomainName,
    /// None while the carrier has never given us one.
    pub(crate) subscription_id: Option<String>,
    /// Until when one may appear at the carrier that we asked for and saw nothing of.
    pub(crate) settles_at: Option<DateTime<Utc>>,
}

impl AtCarrier {
    /// Whether the carrier may have a subscription of ours, as far as we know.
    pub(crate) fn may_be_there(&self) -> bool {
        self.subscription_id.is_some() || self.settles_at.is_some()
    }
}

#[derive(FromQueryResult)]
struct CarrierRow {
    version: i64,
    carrier_kind: String,
    carrier_profile_id: Uuid,
    host: Option<String>,
    domain: String,
    subscription_id: Option<String>,
    settles_at: Option<DateTime<Utc>>,
}

/// What the carrier has to be told about a subscription.
pub(crate) async fn at_carrier(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
) -> Result<Option<AtCarrier>, DbErr> {
    let row: Option<CarrierRow> = domain_subscription::Entity::find()
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::Id.eq(id.0))
        .join(JoinType::InnerJoin, super::profile())
        .select_only()
        .columns([
            domain_subscription::Column::Version,
            domain_subscription::Column::CarrierProfileId,
            domain_subscription::Column::Domain,
            domain_subscription::Column::SubscriptionId,
            domain_subscription::Column::SettlesAt,
        ])
        .columns([carrier_profile::Column::CarrierKind, carrier_profile::Column::Host])
        .into_model()
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(AtCarrier {
        version: row.version,
        carrier: CarrierKind::parse(&row.carrier_kind).ok_or_else(|| unknown_value("carrier", &row.carrier_kind))?,
        profile: CarrierProfileId(row.carrier_profile_id),
        host: row.host,
        domain: DomainName::parse(&row.domain).map_err(|_| unknown_value("domain", &row.domain))?,
        subscription_id: row.subscription_id,
        settles_at: row.settles_at,
    }))
}

/// Adds a domain that is to be subscribed at once.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
    draft: &DomainDraft,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = domain_subscription::ActiveModel {
        id: Set(id.0),
        enterprise_id: Set(scope.enterprise().0),
        carrier_profile_id: Set(draft.carrier_profile_id.0),
        domain: Set(draft.domain.as_str().to_owned()),
        subscription_id: Set(None),
        subscription_id_search: Set(None),
        subscribed_at: Set(None),
        expires_at: Set(None),
        renewal_status: Set(RenewalStatus::Renewing.as_str().to_owned()),
        failure: Set(None),
        last_renewed_at: Set(None),
        next_attempt_at: Set(Some(now)),
        renewal_asked: Set(false),
        settles_at: Set(None),
        foreign_subscriptions: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    row.insert(db).await.map(drop)
}

/// Sets what the last dealings with the carrier came to and counts the version up, if it is still `version`; tells whether
/// it was. Every change of the status goes this way, renewals included.
pub(crate) async fn set_status(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
    version: i64,
    (status, failure): (RenewalStatus, Option<&str>),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = domain_subscription::Entity::update_many()
        .col_expr(domain_subscription::Column::RenewalStatus, Expr::value(status.as_str()))
        .col_expr(
            domain_subscription::Column::Failure,
            Expr::value(failure.map(str::to_owned)),
        )
        .col_expr(domain_subscription::Column::Version, Expr::value(version + 1))
        .col_expr(domain_subscription::Column::UpdatedAt, Expr::value(now))
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::Id.eq(id.0))
        .filter(domain_subscription::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Removes the row with its requests, if it is still `version` and being deleted; tells whether it was.
pub(crate) async fn remove(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
    version: i64,
) -> Result<bool, DbErr> {
    let result = domain_subscription::Entity::delete_many()
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::Id.eq(id.0))
        .filter(domain_subscription::Column::Version.eq(version))
        .filter(domain_subscription::Column::RenewalStatus.eq(RenewalStatus::Deleting.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Every subscription that is being deleted, of all enterprises, with the enterprise's name in addresses. Needs no scope:
/// it serves nobody in particular, and whoever goes on from here asks for the scope of each enterprise.
pub(crate) async fn being_deleted(
    db: &impl ConnectionTrait,
) -> Result<Vec<(EnterpriseSlug, DomainSubscriptionId)>, DbErr> {
    let rows: Vec<(String, Uuid)> = domain_subscription::Entity::find()
        .filter(domain_subscription::Column::RenewalStatus.eq(RenewalStatus::Deleting.as_str()))
        .join(
            JoinType::InnerJoin,
            domain_subscription::Entity::belongs_to(enterprise::Entity)
                .from(domain_subscription::Column::EnterpriseId)
                .to(enterprise::Column::Id)
                .into(),
        )
        .order_by_asc(domain_subscription::Column::Id)
        .select_only()
        .column(enterprise::Column::Slug)
        .column(domain_subscription::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(slug, id)| {
            let slug = EnterpriseSlug::parse(&slug).map_err(|_| unknown_value("slug", &slug))?;
            Ok((slug, DomainSubscriptionId(id)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::access::{Action, Resource};
    use rstest::rstest;

    use super::*;
    use crate::{
        access::authorize,
        testing::{Engine, TestPortal},
    };

    /// A renewal reads the row, talks to the carrier for a while, and writes with the version it read.
    #[rstest]
    #[tokio::test]
    async fn a_renewal_that_began_before_does_not_bring_a_deleted_domain_back(
        #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    ) {
        let portal = TestPortal::open(engine).await;
        let clinic = portal.enterprise("alder-clinics").await;
        let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
        let id = clinic.domain("voice.example", profile, 3).await;
        let (system, db) = (portal.system(), portal.backend().database());
        let (action, resource) = (Action::Update, Resource::DomainSubscription);
        let scope = authorize(&system, portal.backend(), clinic.slug(), action, resource)
            .await
            .unwrap();
        let set = |version, status| set_status(db, &scope, id, version, (status, None), system.now);
        let read = at_carrier(db, &scope, id).await.unwrap().unwrap().version;
        assert!(!remove(db, &scope, id, read).await.unwrap(), "it was not marked");

        assert!(set(read, RenewalStatus::Deleting).await.unwrap());
        for late in [RenewalStatus::Renewing, RenewalStatus::Idle, RenewalStatus::Failed] {
            assert!(!set(read, late).await.unwrap(), "{late:?}");
        }
        assert_eq!(being_deleted(db).await.unwrap(), [(clinic.slug().clone(), id)]);

        assert!(!remove(db, &scope, id, read).await.unwrap());
        assert!(remove(db, &scope, id, read + 1).await.unwrap());
        for version in [read, read + 1] {
            assert!(!set(version, RenewalStatus::Idle).await.unwrap());
        }
        assert!(at_carrier(db, &scope, id).await.unwrap().is_none());
        assert_eq!(portal.number("SELECT COUNT(*) FROM domain_subscription").await, 0);
    }
}
