//! Requests to the provider to subscribe a domain again.

use domain::{
    enterprise::EnterpriseSlug,
    ids::{DomainSubscriptionId, ResubscriptionRequestId},
    resubscription_request::{RequestAnswerInput, RequestRow, ResubscriptionRequest},
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

/// Asks the provider to subscribe the domain of that id again.
///
/// # Errors
/// It receives messages, is being deleted, a request is open, no such domain, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "resubscription_request/file", input = Binary, output = Binary)]
pub async fn file_resubscription_request(
    enterprise: EnterpriseSlug,
    id: DomainSubscriptionId,
) -> Result<ResubscriptionRequest, AppError> {
    let context = server_context()?;
    respond(backend::services::resubscription_request::file(&context.op, &context.backend, &enterprise, id).await)
}

/// One page of the provider's queue of requests; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, no provider's admin, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "resubscription_request/list", input = GetUrl, output = Binary)]
pub async fn list_resubscription_requests(query: String) -> Result<Page<RequestRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::resubscription_request::TABLE);
    respond(backend::services::resubscription_request::list(&context.op, &context.backend, &query).await)
}

/// All rows of the queue, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, no provider's admin, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "resubscription_request/list_all", input = Binary, output = Streaming)]
pub async fn list_all_resubscription_requests(
    ids: Vec<ResubscriptionRequestId>,
) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::resubscription_request::list_all(&context.op, &context.backend, &ids).await;
    send(respond(list)?)
}

/// One request of the queue.
///
/// # Errors
/// Signed out, no provider's admin, no such request, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "resubscription_request/get", input = GetUrl, output = Binary)]
pub async fn get_resubscription_request(id: ResubscriptionRequestId) -> Result<RequestRow, AppError> {
    let context = server_context()?;
    respond(backend::services::resubscription_request::get(&context.op, &context.backend, id).await)
}

/// Answers an open request of an enterprise; for its provider.
///
/// # Errors
/// A rule is broken, it has been answered already, no such request, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "resubscription_request/answer", input = Binary, output = Binary)]
pub async fn answer_resubscription_request(
    enterprise: EnterpriseSlug,
    id: ResubscriptionRequestId,
    input: RequestAnswerInput,
) -> Result<ResubscriptionRequest, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::resubscription_request::answer(op, backend, &enterprise, id, &input).await)
}
