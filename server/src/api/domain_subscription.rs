//! Domains, their event subscriptions, and requests to subscribe one again.

mod detail;

use backend::services::{domain_subscription as domains, resubscription_request as requests};
use chrono::{DateTime, Utc};
use domain::{
    domain_subscription::{self, DomainInput, DomainSubscriptionRow, TABLE},
    ids::{CarrierProfileId, DomainSubscriptionId},
    resubscription_request::{self, ResubscriptionRequest},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub use self::detail::{DomainDetail, ForeignSubscription, ForeignSubscriptions};
use super::{
    asked::{Asked, Id, IfMatch, Input, Rows, TableParams},
    common::{SubscriptionState, words},
    problem::Problem,
    reply::{Created, PageOf, Reply, Versioned, page},
};

const TAG: &str = "Domains";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_domains, subscribe_domain))
        .routes(routes!(get_domain, delete_domain))
        .routes(routes!(renew_domain))
        .routes(routes!(request_resubscription))
}

words! {
    /// What the last dealings with the carrier came to.
    RenewalStatus from domain_subscription::RenewalStatus {
        /// Nothing is under way.
        Idle,
        /// A renewal is under way, or wanted at once.
        Renewing,
        /// The last renewal failed.
        Failed,
        /// The subscription is being removed at the carrier.
        Deleting,
        /// Removing it at the carrier failed.
        DeletionFailed,
    }
}

words! {
    /// What became of a request.
    RequestState from resubscription_request::RequestState {
        /// The provider has not answered yet.
        Open,
        /// The provider has done what was asked for.
        Done,
        /// The provider does not do it.
        Declined,
    }
}

/// A request to subscribe a domain again.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Request {
    /// Its id.
    pub id: Uuid,
    /// What became of it.
    pub state: RequestState,
    /// The name of who filed it.
    pub requested_by: Option<String>,
    /// When it was filed.
    pub requested_at: DateTime<Utc>,
    /// What the provider says about it.
    pub answer: Option<String>,
    /// When the provider answered.
    pub answered_at: Option<DateTime<Utc>>,
}

impl From<ResubscriptionRequest> for Request {
    fn from(request: ResubscriptionRequest) -> Self {
        Self {
            id: request.id.0,
            state: request.state.into(),
            requested_by: request.requested_by,
            requested_at: request.requested_at,
            answer: request.answer,
            answered_at: request.answered_at,
        }
    }
}

/// A domain.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Domain {
    /// Its id.
    pub id: Uuid,
    /// Counts up with each change.
    pub version: i64,
    /// The domain.
    pub domain: String,
    /// The carrier profile's name.
    pub carrier_profile: String,
    /// The carrier's id of the subscription.
    pub subscription_id: Option<String>,
    /// Since when it is subscribed.
    pub subscribed_at: Option<DateTime<Utc>>,
    /// When the subscription ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// How the subscription stands.
    pub state: SubscriptionState,
    /// What the last dealings with the carrier came to.
    pub renewal: RenewalStatus,
    /// Why the last renewal or deletion failed, if it did.
    pub failure: Option<String>,
    /// When it was last renewed.
    pub last_renewed_at: Option<DateTime<Utc>>,
    /// When the next renewal is tried, if that is settled.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// How many numbers are on the domain.
    pub number_count: u32,
    /// The last request to subscribe it again.
    pub request: Option<Request>,
}

impl From<DomainSubscriptionRow> for Domain {
    fn from(row: DomainSubscriptionRow) -> Self {
        Self {
            id: row.id.0,
            version: row.version,
            domain: row.domain.as_str().to_owned(),
            carrier_profile: row.carrier_profile,
            subscription_id: row.subscription_id,
            subscribed_at: row.subscribed_at,
            expires_at: row.expires_at,
            state: row.state.into(),
            renewal: row.renewal.into(),
            failure: row.failure,
            last_renewed_at: row.last_renewed_at,
            next_attempt_at: row.next_attempt_at,
            number_count: row.number_count,
            request: row.request.map(Request::from),
        }
    }
}

/// A domain to be subscribed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDomain {
    /// The domain, as its carrier calls it.
    pub domain: String,
    /// The profile of the carrier that hosts it.
    pub carrier_profile_id: Uuid,
}

impl From<NewDomain> for DomainInput {
    fn from(new: NewDomain) -> Self {
        Self {
            domain: new.domain,
            carrier_profile_id: Some(CarrierProfileId(new.carrier_profile_id)),
        }
    }
}

/// Lists domains.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/domains",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<Domain>))
)]
async fn list_domains(asked: Asked, rows: Rows) -> Reply<PageOf<Domain>> {
    let query = rows.of(&TABLE)?;
    let found = domains::list(&asked.op, &asked.backend, &asked.enterprise, &query).await?;
    Ok(page(found))
}

/// Adds a domain that is to be subscribed; for the provider. It says `renewing` until its carrier has it, and `failed` with
/// the reason if the carrier refuses.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/domains",
    tag = TAG,
    request_body = NewDomain,
    responses((status = 201, body = Domain))
)]
async fn subscribe_domain(asked: Asked, Input(new): Input<NewDomain>) -> Result<Created<Domain>, Problem> {
    let input = DomainInput::from(new);
    let row = domains::subscribe(&asked.op, &asked.backend, &asked.enterprise, &input).await?;
    Ok(Created {
        location: format!("/api/v1/enterprises/{}/domains/{}", asked.enterprise, row.id),
        version: Some(row.version),
        body: row.into(),
    })
}

/// Reads a domain.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/domains/{id}",
    tag = TAG,
    responses((status = 200, body = DomainDetail))
)]
async fn get_domain(asked: Asked, Id(id): Id<DomainSubscriptionId>) -> Result<Versioned<DomainDetail>, Problem> {
    let details = domains::get(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(Versioned {
        version: details.row.version,
        body: details.into(),
    })
}

/// Asks for the renewal of a domain at once, also of one that is not about to end; for the provider. It says `renewing` until
/// its carrier has answered.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/domains/{id}/renew",
    tag = TAG,
    responses((status = 202, body = Domain))
)]
async fn renew_domain(
    asked: Asked,
    Id(id): Id<DomainSubscriptionId>,
) -> Result<(StatusCode, Versioned<Domain>), Problem> {
    let row = domains::renew(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(accepted(row))
}

/// Begins to delete a domain. It is gone when its carrier has confirmed; until then it says `deleting`, and
/// `deletion_failed` with the reason if the carrier refuses.
#[utoipa::path(
    delete,
    path = "/enterprises/{enterprise}/domains/{id}",
    tag = TAG,
    responses((status = 202, body = Domain))
)]
async fn delete_domain(
    asked: Asked,
    Id(id): Id<DomainSubscriptionId>,
    IfMatch(version): IfMatch,
) -> Result<(StatusCode, Versioned<Domain>), Problem> {
    let row = domains::delete(&asked.op, &asked.backend, &asked.enterprise, id, version).await?;
    Ok(accepted(row))
}

/// A domain whose carrier is still to answer.
fn accepted(row: DomainSubscriptionRow) -> (StatusCode, Versioned<Domain>) {
    let versioned = Versioned {
        version: row.version,
        body: row.into(),
    };
    (StatusCode::ACCEPTED, versioned)
}

/// Asks the provider to subscribe a domain again that does not receive messages.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/domains/{id}/requests",
    tag = TAG,
    responses((status = 201, body = Request))
)]
async fn request_resubscription(asked: Asked, Id(id): Id<DomainSubscriptionId>) -> Result<Created<Request>, Problem> {
    let request = requests::file(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(Created {
        // A domain tells of its last request.
        location: format!("/api/v1/enterprises/{}/domains/{id}", asked.enterprise),
        version: None,
        body: request.into(),
    })
}
