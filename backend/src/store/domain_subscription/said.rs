//! What the state column of the Domains table says besides the state, as folded texts: `DomainSubscriptionRow::said` of
//! the domain in SQL.

use chrono::{DateTime, Utc};
use domain::{
    domain_subscription::{self as domains, RenewalStatus, SubscriptionState},
    resubscription_request::RequestState,
    table::fold,
};
use sea_orm::sea_query::{BinOper, Expr, ExprTrait, Func, Order, Query, SubQueryStatement};

use crate::entities::{domain_subscription, resubscription_request};

/// What is under way with the outer query's subscription.
pub(super) fn under_way() -> Expr {
    let words = |renewal, state| Expr::value(domains::under_way(renewal, state).map(fold));
    let no_end = column(domain_subscription::Column::ExpiresAt).is_null();
    Expr::case(
        is(RenewalStatus::Deleting),
        words(RenewalStatus::Deleting, SubscriptionState::Active),
    )
    .case(
        is(RenewalStatus::Renewing).and(no_end),
        words(RenewalStatus::Renewing, SubscriptionState::Missing),
    )
    .case(
        is(RenewalStatus::Renewing),
        words(RenewalStatus::Renewing, SubscriptionState::Active),
    )
    .into()
}

/// What failed and why. Reasons are sentences of ours without letters beyond ASCII, of which LOWER makes what folding
/// does; a test of `carriers::error` holds them to it.
pub(super) fn what_failed() -> Expr {
    let told = |renewal| {
        let what = domains::what_failed(renewal).map(|what| format!("{}: ", fold(what)));
        let reason = Func::lower(column(domain_subscription::Column::Failure));
        Expr::value(what).binary(BinOper::Custom("||"), Expr::from(reason))
    };
    Expr::case(is(RenewalStatus::Failed), told(RenewalStatus::Failed))
        .case(is(RenewalStatus::DeletionFailed), told(RenewalStatus::DeletionFailed))
        .into()
}

/// What became of the last request, while it is open and while what it asked for has not come at `now`.
pub(super) fn request(now: DateTime<Utc>) -> Expr {
    let expires_at = || column(domain_subscription::Column::ExpiresAt);
    let receives_nothing = || expires_at().is_null().or(expires_at().lte(now));
    let is = |state: RequestState| of_last_request(resubscription_request::Column::State).eq(state.as_str());
    Expr::case(is(RequestState::Open), told_of_request(RequestState::Open))
        .case(
            is(RequestState::Done).and(receives_nothing()),
            told_of_request(RequestState::Done),
        )
        .case(
            is(RequestState::Declined).and(receives_nothing()),
            told_of_request(RequestState::Declined),
        )
        .into()
}

/// What is told of the last request if it is in `state`, with its answer if it has one.
fn told_of_request(state: RequestState) -> Expr {
    let before = format!("{}: ", fold(domains::what_became_of(state)));
    let answer = of_last_request(resubscription_request::Column::AnswerSearch);
    let with_answer = Expr::value(before).binary(BinOper::Custom("||"), answer);
    let without = Expr::value(fold(&domains::told_of_request(state, None)));
    Func::coalesce([with_answer, without]).into()
}

/// A column of the last request of the outer query's subscription.
fn of_last_request(column: resubscription_request::Column) -> Expr {
    let request = |column: resubscription_request::Column| (resubscription_request::Entity, column);
    let found = Query::select()
        .column(request(column))
        .from(resubscription_request::Entity)
        .and_where(
            Expr::col(request(resubscription_request::Column::EnterpriseId))
                .equals((domain_subscription::Entity, domain_subscription::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col(request(resubscription_request::Column::DomainSubscriptionId))
                .equals((domain_subscription::Entity, domain_subscription::Column::Id)),
        )
        .order_by(request(resubscription_request::Column::RequestedAt), Order::Desc)
        .order_by(request(resubscription_request::Column::Id), Order::Desc)
        .limit(1)
        .take();
    Expr::from(SubQueryStatement::from(found))
}

fn is(status: RenewalStatus) -> Expr {
    column(domain_subscription::Column::RenewalStatus).eq(status.as_str())
}

fn column(column: domain_subscription::Column) -> Expr {
    Expr::col((domain_subscription::Entity, column))
}
