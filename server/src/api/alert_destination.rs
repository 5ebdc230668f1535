//! Where the alerts of the provider's enterprises are sent. The secret of a webhook is told once.

use axum::{Extension, Json};
use backend::services::alert_destination as destinations;
use chrono::{DateTime, Utc};
use domain::{
    alert::{self, AlertDestinationInput, AlertDestinationRow},
    ids::AlertDestinationId,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asker, Id, Input},
    common::{all, words},
    idempotent::ToldOnce,
    problem::Problem,
    reply::{Created, Reply},
};

const TAG: &str = "Provider";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_alert_destinations, create_alert_destination))
        .routes(routes!(get_alert_destination, remove_alert_destination))
        .routes(routes!(send_test_alert))
}

words! {
    /// How messages get to a destination.
    DestinationKind for alert::DestinationKind {
        /// By e-mail.
        Email,
        /// By a signed request.
        Webhook,
    }
}

words! {
    /// What has become of a message.
    DeliveryState from alert::DeliveryState {
        /// It is still to be sent, or will be tried again.
        Waiting,
        /// It was taken in.
        Sent,
        /// It was given up.
        Failed,
    }
}

/// The latest message to a destination.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LastDelivery {
    /// When it was sent or given up; until then, when it was written.
    pub at: DateTime<Utc>,
    /// What has become of it.
    pub state: DeliveryState,
    /// Whether it was only to show that messages arrive.
    pub test: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last try failed, if it did: a sentence.
    pub failure: Option<String>,
    /// When it is tried again, if it is.
    pub next_attempt_at: Option<DateTime<Utc>>,
}

impl From<alert::LastDelivery> for LastDelivery {
    fn from(last: alert::LastDelivery) -> Self {
        Self {
            at: last.at,
            state: last.state.into(),
            test: last.test,
            attempts: last.attempts,
            failure: last.failure,
            next_attempt_at: last.next_attempt_at,
        }
    }
}

/// Where alerts are sent; never the secret of a webhook.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlertDestination {
    /// Its id.
    pub id: Uuid,
    /// How messages get there.
    pub kind: DestinationKind,
    /// The e-mail address, or that of the webhook.
    pub address: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// The latest message to it; null where nothing has been sent.
    pub last_delivery: Option<LastDelivery>,
}

impl From<AlertDestinationRow> for AlertDestination {
    fn from(row: AlertDestinationRow) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.into(),
            address: row.address,
            created_at: row.created_at,
            last_delivery: row.last.map(LastDelivery::from),
        }
    }
}

/// Where alerts are sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlertDestinations {
    /// All destinations, the first that was added first; twenty at most.
    pub rows: Vec<AlertDestination>,
    /// Whether the portal can send e-mail.
    pub sends_email: bool,
}

/// Where alerts are to be sent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAlertDestination {
    /// How messages get there.
    pub kind: DestinationKind,
    /// An e-mail address, or the address of a webhook, which begins with `https://` and has the name of a host.
    #[schema(example = "operations@company.example")]
    pub address: String,
}

impl From<NewAlertDestination> for AlertDestinationInput {
    fn from(new: NewAlertDestination) -> Self {
        Self {
            kind: new.kind.into(),
            address: new.address,
        }
    }
}

/// A destination that was just added.
#[derive(Clone, Serialize, ToSchema)]
pub struct AddedAlertDestination {
    /// Its id.
    pub id: Uuid,
    /// How messages get there.
    pub kind: DestinationKind,
    /// The e-mail address, or that of the webhook.
    pub address: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// What the requests to a webhook are signed with, told this once; null of an e-mail address.
    pub secret: Option<String>,
}

impl From<alert::NewAlertDestination> for AddedAlertDestination {
    fn from(added: alert::NewAlertDestination) -> Self {
        Self {
            id: added.row.id.0,
            kind: added.row.kind.into(),
            address: added.row.address,
            created_at: added.row.created_at,
            secret: added.secret,
        }
    }
}

/// Lists where alerts are sent.
#[utoipa::path(
    get,
    path = "/provider/alert-destinations",
    tag = TAG,
    responses((status = 200, body = AlertDestinations))
)]
async fn list_alert_destinations(Asker { op, backend }: Asker) -> Reply<AlertDestinations> {
    let list = destinations::list(&op, &backend).await?;
    Ok(Json(AlertDestinations {
        rows: all(list.rows),
        sends_email: list.sends_email,
    }))
}

/// Adds a destination. The secret of a webhook is told this once; if it is lost, remove the webhook and add it again.
#[utoipa::path(
    post,
    path = "/provider/alert-destinations",
    tag = TAG,
    request_body = NewAlertDestination,
    responses((status = 201, body = AddedAlertDestination))
)]
async fn create_alert_destination(
    Asker { op, backend }: Asker,
    Input(new): Input<NewAlertDestination>,
) -> Result<(Option<Extension<ToldOnce>>, Created<AddedAlertDestination>), Problem> {
    let added = destinations::create(&op, &backend, &new.into()).await?;
    let told_once = added.secret.is_some().then_some(Extension(ToldOnce));
    let created = Created {
        location: format!("/api/v1/provider/alert-destinations/{}", added.row.id),
        version: None,
        body: added.into(),
    };
    Ok((told_once, created))
}

/// Reads a destination.
#[utoipa::path(
    get,
    path = "/provider/alert-destinations/{id}",
    tag = TAG,
    responses((status = 200, body = AlertDestination))
)]
async fn get_alert_destination(
    Asker { op, backend }: Asker,
    Id(id): Id<AlertDestinationId>,
) -> Reply<AlertDestination> {
    let row = destinations::get(&op, &backend, id).await?;
    Ok(Json(row.into()))
}

/// Removes a destination, with the messages that were still to be sent to it.
#[utoipa::path(
    delete,
    path = "/provider/alert-destinations/{id}",
    tag = TAG,
    responses((status = 204))
)]
async fn remove_alert_destination(
    Asker { op, backend }: Asker,
    Id(id): Id<AlertDestinationId>,
) -> Result<StatusCode, Problem> {
    destinations::remove(&op, &backend, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a test message, once, and answers with what has become of it. That it did not arrive is an answer, no refusal.
#[utoipa::path(
    post,
    path = "/provider/alert-destinations/{id}/send-test",
    tag = TAG,
    responses((status = 200, body = AlertDestination))
)]
async fn send_test_alert(Asker { op, backend }: Asker, Id(id): Id<AlertDestinationId>) -> Reply<AlertDestination> {
    let row = destinations::send_test(&op, &backend, id).await?;
    Ok(Json(row.into()))
}
