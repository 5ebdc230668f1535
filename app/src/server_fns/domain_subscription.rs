//! The rows of the Domains tab.

use domain::{domain_subscription::DomainSubscriptionRow, enterprise::EnterpriseSlug, table::Page};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    server_context::{respond, server_context},
    server_fns::table_query,
};

/// One page of the Domains table; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "domain_subscription/list", input = GetUrl)]
pub async fn list_domain_subscriptions(
    enterprise: EnterpriseSlug,
    query: String,
) -> Result<Page<DomainSubscriptionRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::domain_subscription::TABLE);
    respond(backend::services::domain_subscription::list(&context.op, &context.backend, &enterprise, &query).await)
}
