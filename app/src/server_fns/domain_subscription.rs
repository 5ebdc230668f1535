//! Domain subscriptions: the table and the dialogs.

use domain::{
    domain_subscription::{DomainInput, DomainSubscriptionDetails, DomainSubscriptionRow},
    enterprise::EnterpriseSlug,
    ids::DomainSubscriptionId,
    table::Page,
};
use leptos::{
    prelude::*,
    server_fn::codec::{ByteStream, GetUrl, Streaming},
};

use crate::{error::AppError, server_fns::wire::Binary};
#[cfg(feature = "ssr")]
use crate::{
    server_context::{respond, server_context},
    server_fns::{list::send, table_query},
};

/// One page of the Domains table; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "domain_subscription/list", input = GetUrl, output = Binary)]
pub async fn list_domain_subscriptions(
    enterprise: EnterpriseSlug,
    query: String,
) -> Result<Page<DomainSubscriptionRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::domain_subscription::TABLE);
    respond(backend::services::domain_subscription::list(&context.op, &context.backend, &enterprise, &query).await)
}

/// All rows of the Domains table, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "domain_subscription/list_all", input = Binary, output = Streaming)]
pub async fn list_all_domain_subscriptions(
    enterprise: EnterpriseSlug,
    ids: Vec<DomainSubscriptionId>,
) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::domain_subscription::list_all(&context.op, &context.backend, &enterprise, &ids).await;
    send(respond(list)?)
}

/// One domain with what deleting it stops and what others have subscribed on it.
///
/// # Errors
/// Signed out, not in reach, no such domain, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "domain_subscription/get", input = GetUrl, output = Binary)]
pub async fn get_domain_subscription(
    enterprise: EnterpriseSlug,
    id: DomainSubscriptionId,
) -> Result<DomainSubscriptionDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::domain_subscription::get(&context.op, &context.backend, &enterprise, id).await)
}

/// Adds a domain that is to be subscribed; its row says when it is.
///
/// # Errors
/// A field breaks a rule, the enterprise has the domain already, the portal has no address for what comes in, the role
/// does not allow it.
#[server(prefix = "/rpc", endpoint = "domain_subscription/subscribe", input = Binary, output = Binary)]
pub async fn subscribe_domain(
    enterprise: EnterpriseSlug,
    input: DomainInput,
) -> Result<DomainSubscriptionRow, AppError> {
    let context = server_context()?;
    respond(backend::services::domain_subscription::subscribe(&context.op, &context.backend, &enterprise, &input).await)
}

/// Asks for a renewal at once; the domain's row says what becomes of it.
///
/// # Errors
/// No such domain, being renewed already or being deleted, a carrier the portal cannot talk to, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "domain_subscription/renew", input = Binary, output = Binary)]
pub async fn renew_domain(
    enterprise: EnterpriseSlug,
    id: DomainSubscriptionId,
) -> Result<DomainSubscriptionRow, AppError> {
    let context = server_context()?;
    respond(backend::services::domain_subscription::renew(&context.op, &context.backend, &enterprise, id).await)
}

/// Begins to delete the domain that was read as `version`; the row goes when the carrier has confirmed.
///
/// # Errors
/// Outdated when somebody changed it, no such domain, being deleted already, a carrier the portal cannot talk to, the
/// role does not allow it.
#[server(prefix = "/rpc", endpoint = "domain_subscription/delete", input = Binary, output = Binary)]
pub async fn delete_domain_subscription(
    enterprise: EnterpriseSlug,
    id: DomainSubscriptionId,
    version: i64,
) -> Result<DomainSubscriptionRow, AppError> {
    let context = server_context()?;
    respond(
        backend::services::domain_subscription::delete(&context.op, &context.backend, &enterprise, id, version).await,
    )
}
