//! Requests to subscribe domains again.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    enterprise::EnterpriseSlug,
    ids::{DomainSubscriptionId, ResubscriptionRequestId},
    resubscription_request::{RequestAnswer, RequestRow as QueuedRequest, RequestState, ResubscriptionRequest},
    table::fold,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType,
    QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::unknown_value;
use crate::{
    access::{EnterpriseScope, ProviderScope},
    context::OpContext,
    entities::{account, domain_subscription, enterprise, resubscription_request},
};

#[derive(FromQueryResult)]
struct RequestRow {
    id: Uuid,
    domain_subscription_id: Uuid,
    requested_by_name: Option<String>,
    requested_at: DateTime<Utc>,
    state: String,
    answer: Option<String>,
    answered_at: Option<DateTime<Utc>>,
}

/// The tenant's requests with who filed them.
fn of(scope: &EnterpriseScope) -> Select<resubscription_request::Entity> {
    resubscription_request::Entity::find()
        .filter(resubscription_request::Column::EnterpriseId.eq(scope.enterprise().0))
        .join(
            JoinType::LeftJoin,
            resubscription_request::Entity::belongs_to(account::Entity)
                .from(resubscription_request::Column::RequestedBy)
                .to(account::Column::Id)
                .into(),
        )
        .select_only()
        .columns([
            resubscription_request::Column::Id,
            resubscription_request::Column::DomainSubscriptionId,
            resubscription_request::Column::RequestedAt,
            resubscription_request::Column::State,
            resubscription_request::Column::Answer,
            resubscription_request::Column::AnsweredAt,
        ])
        .column_as(account::Column::DisplayName, "requested_by_name")
}

/// The last request of each domain that has one; of all domains, or of `domains` if there are any.
pub(super) async fn last_of(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    domains: &[Uuid],
) -> Result<HashMap<Uuid, ResubscriptionRequest>, DbErr> {
    let mut select = of(scope);
    if !domains.is_empty() {
        select = select.filter(resubscription_request::Column::DomainSubscriptionId.is_in(domains.iter().copied()));
    }
    let rows: Vec<RequestRow> = select
        .order_by_asc(resubscription_request::Column::RequestedAt)
        .order_by_asc(resubscription_request::Column::Id)
        .into_model()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.domain_subscription_id, request(row)?)))
        .collect()
}

/// One request.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: ResubscriptionRequestId,
) -> Result<Option<ResubscriptionRequest>, DbErr> {
    let row: Option<RequestRow> = of(scope)
        .filter(resubscription_request::Column::Id.eq(id.0))
        .into_model()
        .one(db)
        .await?;
    row.map(request).transpose()
}

fn request(row: RequestRow) -> Result<ResubscriptionRequest, DbErr> {
    Ok(ResubscriptionRequest {
        id: ResubscriptionRequestId(row.id),
        state: RequestState::parse(&row.state).ok_or_else(|| unknown_value("state of a request", &row.state))?,
        requested_by: row.requested_by_name,
        requested_at: row.requested_at,
        answer: row.answer,
        answered_at: row.answered_at,
    })
}

/// Files a request. A second one for a domain whose first one is open breaks a uniqueness rule; one for a domain that has
/// just gone breaks a reference.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    id: ResubscriptionRequestId,
    subscription: DomainSubscriptionId,
) -> Result<(), DbErr> {
    let row = resubscription_request::ActiveModel {
        id: Set(id.0),
        enterprise_id: Set(scope.enterprise().0),
        domain_subscription_id: Set(subscription.0),
        requested_by: Set(ctx.account_id().map(|account| account.0)),
        requested_at: Set(ctx.now),
        state: Set(RequestState::Open.as_str().to_owned()),
        answer: Set(None),
        answer_search: Set(None),
        answered_by: Set(None),
        answered_at: Set(None),
    };
    row.insert(db).await.map(drop)
}

/// Answers the request, if it is still open; tells whether it was.
pub(crate) async fn answer(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    id: ResubscriptionRequestId,
    answer: &RequestAnswer,
) -> Result<bool, DbErr> {
    let state = answer.verdict.state().as_str();
    let answered_by = ctx.account_id().map(|account| account.0);
    let answer_search = answer.text.as_deref().map(fold);
    let result = resubscription_request::Entity::update_many()
        .col_expr(resubscription_request::Column::State, Expr::value(state))
        .col_expr(resubscription_request::Column::Answer, Expr::value(answer.text.clone()))
        .col_expr(resubscription_request::Column::AnswerSearch, Expr::value(answer_search))
        .col_expr(resubscription_request::Column::AnsweredBy, Expr::value(answered_by))
        .col_expr(resubscription_request::Column::AnsweredAt, Expr::value(ctx.now))
        .filter(resubscription_request::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(resubscription_request::Column::Id.eq(id.0))
        .filter(resubscription_request::Column::State.eq(RequestState::Open.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

#[derive(FromQueryResult)]
struct QueueRow {
    id: Uuid,
    enterprise_slug: String,
    enterprise_name: String,
    domain: String,
    expires_at: Option<DateTime<Utc>>,
    requested_by_name: Option<String>,
    requested_at: DateTime<Utc>,
    state: String,
    answer: Option<String>,
    answered_at: Option<DateTime<Utc>>,
}

/// All requests of all enterprises of the provider, or those of `ids` if there are any.
pub(crate) async fn queue(
    db: &impl ConnectionTrait,
    scope: &ProviderScope,
    ids: &[ResubscriptionRequestId],
) -> Result<Vec<QueuedRequest>, DbErr> {
    let mut select = joined().filter(enterprise::Column::ProviderId.eq(scope.provider().0));
    if !ids.is_empty() {
        select = select.filter(resubscription_request::Column::Id.is_in(ids.iter().map(|id| id.0)));
    }
    let rows: Vec<QueueRow> = select
        .order_by_asc(resubscription_request::Column::Id)
        .into_model()
        .all(db)
        .await?;
    rows.into_iter().map(queue_row).collect()
}

/// Requests with their enterprise, their domain, and who filed them.
fn joined() -> Select<resubscription_request::Entity> {
    resubscription_request::Entity::find()
        .join(
            JoinType::InnerJoin,
            resubscription_request::Entity::belongs_to(enterprise::Entity)
                .from(resubscription_request::Column::EnterpriseId)
                .to(enterprise::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            resubscription_request::Entity::belongs_to(domain_subscription::Entity)
                .from(resubscription_request::Column::DomainSubscriptionId)
                .to(domain_subscription::Column::Id)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            resubscription_request::Entity::belongs_to(account::Entity)
                .from(resubscription_request::Column::RequestedBy)
                .to(account::Column::Id)
                .into(),
        )
        .select_only()
        .columns([
            resubscription_request::Column::Id,
            resubscription_request::Column::RequestedAt,
            resubscription_request::Column::State,
            resubscription_request::Column::Answer,
            resubscription_request::Column::AnsweredAt,
        ])
        .column_as(enterprise::Column::Slug, "enterprise_slug")
        .column_as(enterprise::Column::Name, "enterprise_name")
        .column_as(domain_subscription::Column::Domain, "domain")
        .column_as(domain_subscription::Column::ExpiresAt, "expires_at")
        .column_as(account::Column::DisplayName, "requested_by_name")
}

fn queue_row(row: QueueRow) -> Result<QueuedRequest, DbErr> {
    let slug = &row.enterprise_slug;
    Ok(QueuedRequest {
        id: ResubscriptionRequestId(row.id),
        enterprise: EnterpriseSlug::parse(slug).map_err(|_| unknown_value("slug", slug))?,
        enterprise_name: row.enterprise_name,
        domain: row.domain,
        expires_at: row.expires_at,
        state: RequestState::parse(&row.state).ok_or_else(|| unknown_value("state of a request", &row.state))?,
        requested_by: row.requested_by_name,
        requested_at: row.requested_at,
        answer: row.answer,
        answered_at: row.answered_at,
    })
}
