//! The provider's queue of requests to subscribe domains again.

use axum::Json;
use backend::services::resubscription_request as requests;
use chrono::{DateTime, Utc};
use domain::{
    ids::ResubscriptionRequestId,
    resubscription_request::{self, RequestAnswerInput, RequestRow, TABLE},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asker, Id, Input, Rows, TableParams},
    common::words,
    domain_subscription::{Request, RequestState},
    reply::{PageOf, Reply, page},
};

const TAG: &str = "Provider";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_requests))
        .routes(routes!(get_request))
        .routes(routes!(answer_request))
}

words! {
    /// What is answered.
    Verdict for resubscription_request::Verdict {
        /// It is done.
        Done,
        /// It is not going to be done.
        Declined,
    }
}

/// A request in the queue.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QueuedRequest {
    /// Its id.
    pub id: Uuid,
    /// The enterprise's name in addresses.
    pub enterprise: String,
    /// The enterprise's name for people.
    pub enterprise_name: String,
    /// The domain that is to be subscribed again.
    pub domain: String,
    /// When the domain's subscription ends; null while there is none.
    pub expires_at: Option<DateTime<Utc>>,
    /// What became of the request.
    pub state: RequestState,
    /// The name of who filed it; null when the system did.
    pub requested_by: Option<String>,
    /// When it was filed.
    pub requested_at: DateTime<Utc>,
    /// What the provider said about it.
    pub answer: Option<String>,
    /// When the provider answered.
    pub answered_at: Option<DateTime<Utc>>,
}

impl From<RequestRow> for QueuedRequest {
    fn from(row: RequestRow) -> Self {
        Self {
            id: row.id.0,
            enterprise: row.enterprise.to_string(),
            enterprise_name: row.enterprise_name,
            domain: row.domain,
            expires_at: row.expires_at,
            state: row.state.into(),
            requested_by: row.requested_by,
            requested_at: row.requested_at,
            answer: row.answer,
            answered_at: row.answered_at,
        }
    }
}

/// An answer to a request.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestAnswer {
    /// What is answered.
    pub verdict: Verdict,
    /// What to say about it: one line of at most 300 characters. Whoever declines has to say why.
    #[serde(default)]
    pub text: Option<String>,
}

impl From<RequestAnswer> for RequestAnswerInput {
    fn from(answer: RequestAnswer) -> Self {
        Self {
            verdict: answer.verdict.into(),
            text: answer.text.unwrap_or_default(),
        }
    }
}

/// Lists the requests of all enterprises, what waits longest for an answer first unless sorted otherwise.
#[utoipa::path(
    get,
    path = "/provider/requests",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<QueuedRequest>))
)]
async fn list_requests(Asker { op, backend }: Asker, rows: Rows) -> Reply<PageOf<QueuedRequest>> {
    let query = rows.of(&TABLE)?;
    Ok(page(requests::list(&op, &backend, &query).await?))
}

/// Reads a request.
#[utoipa::path(
    get,
    path = "/provider/requests/{id}",
    tag = TAG,
    responses((status = 200, body = QueuedRequest))
)]
async fn get_request(Asker { op, backend }: Asker, Id(id): Id<ResubscriptionRequestId>) -> Reply<QueuedRequest> {
    let row = requests::get(&op, &backend, id).await?;
    Ok(Json(row.into()))
}

/// Answers an open request, once.
#[utoipa::path(
    post,
    path = "/provider/requests/{id}/answer",
    tag = TAG,
    request_body = RequestAnswer,
    responses((status = 200, body = Request))
)]
async fn answer_request(
    Asker { op, backend }: Asker,
    Id(id): Id<ResubscriptionRequestId>,
    Input(answer): Input<RequestAnswer>,
) -> Reply<Request> {
    let enterprise = requests::get(&op, &backend, id).await?.enterprise;
    let answered = requests::answer(&op, &backend, &enterprise, id, &answer.into()).await?;
    Ok(Json(answered.into()))
}
