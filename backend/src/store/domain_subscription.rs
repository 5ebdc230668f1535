//! Domain subscriptions: the table and one of its rows. Changes are in `change`, the numbers on a domain in `numbers`,
//! what renewing reads and writes in `renewal`, what the state column says in `said`, what several enterprises share in
//! `shared`.

mod change;
mod numbers;
mod renewal;
mod said;
mod shared;

use std::{borrow::Cow, collections::HashMap};

use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    domain_subscription::{
        DomainName, DomainSubscriptionDetails, DomainSubscriptionRow, EXPIRING_SOON, RenewalStatus, SubscriptionState,
        TABLE,
    },
    ids::DomainSubscriptionId,
    resubscription_request::ResubscriptionRequest,
    table::WholeList,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationDef,
    Select,
    sea_query::{Expr, ExprTrait, Query, SubQueryStatement},
};
use uuid::Uuid;

pub(crate) use self::{
    change::{AtCarrier, at_carrier, being_deleted, insert, remove, set_status},
    renewal::{WantedRow, ask_renewal, is_still, set_foreign, set_next_attempt, set_renewal, set_settles_at, wanted},
    shared::{is_held_at, wake_at},
};
use super::{
    carrier_renewal::wanted_statuses,
    resubscription_request,
    table::{self, Tabular, Whole},
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
    version: i64,
    domain: String,
    carrier_profile: String,
    subscription_id: Option<String>,
    subscribed_at: Option<DateTime<Utc>>,
    expires_at: Option<DateTime<Utc>>,
    renewal_status: String,
    failure: Option<String>,
    last_renewed_at: Option<DateTime<Utc>>,
    next_attempt_at: Option<DateTime<Utc>>,
    number_count: i64,
}

/// Where the columns of the Domains table are found. The state follows from the expiry, so it depends on the time.
fn sql_table(now: DateTime<Utc>) -> SqlTable {
    let column = |column: domain_subscription::Column| Expr::col((domain_subscription::Entity, column));
    SqlTable::new(
        &TABLE,
        column(domain_subscription::Column::Id),
        [
            SqlColumn::Text(column(domain_subscription::Column::Domain)),
            SqlColumn::Text(Expr::col((
                carrier_profile::Entity,
                carrier_profile::Column::NameSearch,
            ))),
            SqlColumn::Text(column(domain_subscription::Column::SubscriptionIdSearch)),
            SqlColumn::Date(column(domain_subscription::Column::SubscribedAt)),
            SqlColumn::Date(column(domain_subscription::Column::ExpiresAt)),
            SqlColumn::Choice(state(now)),
            SqlColumn::Number(number_count()),
        ],
    )
    .also_found_by_text(said::under_way())
    .also_found_by_text(said::what_failed())
    .also_found_by_text(said::request(now))
}

/// [`SubscriptionState::at`] in SQL.
fn state(now: DateTime<Utc>) -> Expr {
    let expires_at = || Expr::col((domain_subscription::Entity, domain_subscription::Column::ExpiresAt));
    Expr::case(expires_at().is_null(), Expr::value("missing"))
        .case(expires_at().lte(now), Expr::value("expired"))
        .case(expires_at().lte(now + EXPIRING_SOON), Expr::value("expiring"))
        .finally(Expr::value("active"))
        .into()
}

/// How many of the tenant's numbers are on the domain of the outer query.
fn number_count() -> Expr {
    let count = Query::select()
        .expr(Expr::cust("COUNT(*)"))
        .from(phone_number::Entity)
        .and_where(
            Expr::col((phone_number::Entity, phone_number::Column::EnterpriseId))
                .equals((domain_subscription::Entity, domain_subscription::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col((phone_number::Entity, phone_number::Column::HostingDomain))
                .equals((domain_subscription::Entity, domain_subscription::Column::Domain)),
        )
        .take();
    Expr::from(SubQueryStatement::from(count))
}

impl Tabular for DomainSubscriptionRow {
    const RESOURCE: Resource = Resource::DomainSubscription;
    type Entity = domain_subscription::Entity;
    type Stored = TableRow;

    fn columns(_scope: &EnterpriseScope, now: DateTime<Utc>) -> Cow<'static, SqlTable> {
        Cow::Owned(sql_table(now))
    }

    fn select(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<domain_subscription::Entity> {
        domain_subscription::Entity::find()
            .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
            .join(JoinType::InnerJoin, profile())
            .column_as(carrier_profile::Column::Name, "carrier_profile")
            .expr_as(number_count(), "number_count")
    }

    fn id_of(stored: &TableRow) -> Uuid {
        stored.id
    }

    /// Adds the last request of each.
    async fn complete(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        stored: Vec<TableRow>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Self>, DbErr> {
        let ids: Vec<Uuid> = stored.iter().map(|row| row.id).collect();
        let mut requests = requests(db, scope, &ids).await?;
        stored.into_iter().map(|found| row(found, &mut requests, now)).collect()
    }
}

impl Whole for DomainSubscriptionRow {
    type Id = DomainSubscriptionId;
    type Listed = Self;

    async fn all(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        ids: &[DomainSubscriptionId],
        now: DateTime<Utc>,
    ) -> Result<WholeList<Self>, DbErr> {
        let stored = table::stored::<Self>(db, scope, ids, now).await?;
        let asked: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let mut requests = resubscription_request::last_of(db, scope, &asked).await?;
        let rows = stored.into_iter().map(|found| row(found, &mut requests, now));
        Ok(super::whole_list((), rows.collect::<Result<_, _>>()?))
    }
}

/// The carrier profile of a subscription.
fn profile() -> RelationDef {
    domain_subscription::Entity::belongs_to(carrier_profile::Entity)
        .from(domain_subscription::Column::CarrierProfileId)
        .to(carrier_profile::Column::Id)
        .into()
}

/// One subscription.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
    now: DateTime<Utc>,
) -> Result<Option<DomainSubscriptionRow>, DbErr> {
    Ok(table::rows::<DomainSubscriptionRow>(db, scope, &[id.0], now)
        .await?
        .pop())
}

/// One subscription with what deleting it stops and what others have subscribed on its domain.
pub(crate) async fn details(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
    now: DateTime<Utc>,
) -> Result<Option<DomainSubscriptionDetails>, DbErr> {
    let Some(row) = find(db, scope, id, now).await? else {
        return Ok(None);
    };
    let (receiving, count) = numbers::receiving(db, scope, &row.domain).await?;
    Ok(Some(DomainSubscriptionDetails {
        row,
        receiving,
        receiving_count: u32::try_from(count).map_err(|_| DbErr::Type(format!("{count} is no count")))?,
        foreign: renewal::foreign(db, scope, id).await?,
    }))
}

/// The last request of each of the subscriptions `ids`.
async fn requests(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, ResubscriptionRequest>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    resubscription_request::last_of(db, scope, ids).await
}

fn row(
    row: TableRow,
    requests: &mut HashMap<Uuid, ResubscriptionRequest>,
    now: DateTime<Utc>,
) -> Result<DomainSubscriptionRow, DbErr> {
    // What is on its way out is not renewed, whatever was settled before.
    let is_renewed = wanted_statuses().contains(&row.renewal_status.as_str());
    Ok(DomainSubscriptionRow {
        id: DomainSubscriptionId(row.id),
        version: row.version,
        domain: DomainName::parse(&row.domain).map_err(|_| unknown_value("domain", &row.domain))?,
        carrier_profile: row.carrier_profile,
        subscription_id: row.subscription_id,
        subscribed_at: row.subscribed_at,
        expires_at: row.expires_at,
        state: SubscriptionState::at(row.expires_at, now),
        renewal: RenewalStatus::parse(&row.renewal_status)
            .ok_or_else(|| unknown_value("renewal status", &row.renewal_status))?,
        failure: row.failure,
        last_renewed_at: row.last_renewed_at,
        next_attempt_at: row.next_attempt_at.filter(|_| is_renewed),
        number_count: super::small(row.number_count)?,
        request: requests.remove(&row.id),
    })
}
