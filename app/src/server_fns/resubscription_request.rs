//! Requests to the provider to subscribe a domain again.

use domain::{enterprise::EnterpriseSlug, ids::DomainSubscriptionId, resubscription_request::ResubscriptionRequest};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};

/// Asks the provider to subscribe the domain of that id again.
///
/// # Errors
/// It receives messages, is being deleted, a request is open, no such domain, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "resubscription_request/file", input = Json)]
pub async fn file_resubscription_request(
    enterprise: EnterpriseSlug,
    id: DomainSubscriptionId,
) -> Result<ResubscriptionRequest, AppError> {
    let context = server_context()?;
    respond(backend::services::resubscription_request::file(&context.op, &context.backend, &enterprise, id).await)
}
