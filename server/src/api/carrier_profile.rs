//! Carrier profiles. Secrets go in and never come out.

mod wire;

use axum::Json;
use backend::services::carrier_profile as profiles;
use chrono::{DateTime, Utc};
use domain::{
    carrier_profile::{self, CarrierProfileDetails, CarrierProfileRow, TABLE},
    ids::CarrierProfileId,
};
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub use self::wire::{
    Carrier, CarrierProfileDetail, CarrierProfileInput, Carriers, ConnectionTest, CredentialField, Credentials,
    SetCredential,
};
use super::{
    asked::{Asked, Id, IfMatch, Input, Rows, TableParams},
    common::{SubscriptionState, all},
    problem::Problem,
    reply::{Created, PageOf, Reply, Versioned, page},
};

const TAG: &str = "Carrier profiles";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_carriers))
        .routes(routes!(list_carrier_profiles, create_carrier_profile))
        .routes(routes!(
            get_carrier_profile,
            update_carrier_profile,
            delete_carrier_profile
        ))
        .routes(routes!(test_carrier_profile))
}

/// A carrier profile in the table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CarrierProfile {
    /// The profile's id.
    pub id: Uuid,
    /// The carrier, such as `netsapiens`.
    pub carrier: String,
    /// The profile's name.
    pub name: String,
    /// How many numbers send through it.
    pub number_count: u32,
    /// How the worst of its domains stands; null without domains.
    pub worst_domain: Option<SubscriptionState>,
    /// When the credentials were last tried.
    pub checked_at: Option<DateTime<Utc>>,
    /// Whether they worked then.
    pub check_passed: Option<bool>,
}

impl From<CarrierProfileRow> for CarrierProfile {
    fn from(row: CarrierProfileRow) -> Self {
        Self {
            id: row.id.0,
            carrier: row.carrier.as_str().to_owned(),
            name: row.name,
            number_count: row.number_count,
            worst_domain: row.worst_domain.map(SubscriptionState::from),
            checked_at: row.checked_at,
            check_passed: row.check_passed,
        }
    }
}

/// Lists carrier profiles.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/carrier-profiles",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<CarrierProfile>))
)]
async fn list_carrier_profiles(asked: Asked, rows: Rows) -> Reply<PageOf<CarrierProfile>> {
    let query = rows.of(&TABLE)?;
    let found = profiles::list(&asked.op, &asked.backend, &asked.enterprise, &query).await?;
    Ok(page(found))
}

fn versioned(details: CarrierProfileDetails) -> Versioned<CarrierProfileDetail> {
    Versioned {
        version: details.version,
        body: details.into(),
    }
}

/// Lists the carriers that a profile can be of, with the credentials that each asks for.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/carriers",
    tag = TAG,
    responses((status = 200, body = Carriers))
)]
async fn list_carriers(asked: Asked) -> Reply<Carriers> {
    let forms = profiles::forms(&asked.op, &asked.backend, &asked.enterprise).await?;
    Ok(Json(Carriers { rows: all(forms) }))
}

/// Adds a carrier profile; for the provider.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/carrier-profiles",
    tag = TAG,
    request_body = CarrierProfileInput,
    responses((status = 201, body = CarrierProfileDetail))
)]
async fn create_carrier_profile(
    asked: Asked,
    Input(input): Input<CarrierProfileInput>,
) -> Result<Created<CarrierProfileDetail>, Problem> {
    let input = carrier_profile::CarrierProfileInput::try_from(input)?;
    let details = profiles::create(&asked.op, &asked.backend, &asked.enterprise, &input).await?;
    let id = details.id;
    Ok(Created {
        location: format!("/api/v1/enterprises/{}/carrier-profiles/{id}", asked.enterprise),
        version: Some(details.version),
        body: details.into(),
    })
}

/// Reads a carrier profile; of its credentials only when they were set.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/carrier-profiles/{id}",
    tag = TAG,
    responses((status = 200, body = CarrierProfileDetail))
)]
async fn get_carrier_profile(
    asked: Asked,
    Id(id): Id<CarrierProfileId>,
) -> Result<Versioned<CarrierProfileDetail>, Problem> {
    let details = profiles::get(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(versioned(details))
}

/// Changes a carrier profile and replaces the credentials that are named; for the provider.
#[utoipa::path(
    put,
    path = "/enterprises/{enterprise}/carrier-profiles/{id}",
    tag = TAG,
    request_body = CarrierProfileInput,
    responses((status = 200, body = CarrierProfileDetail))
)]
async fn update_carrier_profile(
    asked: Asked,
    Id(id): Id<CarrierProfileId>,
    IfMatch(version): IfMatch,
    Input(input): Input<CarrierProfileInput>,
) -> Result<Versioned<CarrierProfileDetail>, Problem> {
    let (op, backend) = (&asked.op, &asked.backend);
    let input = carrier_profile::CarrierProfileInput::try_from(input)?;
    let details = profiles::update(op, backend, &asked.enterprise, id, version, &input).await?;
    Ok(versioned(details))
}

/// Deletes a carrier profile that no number and no domain uses, with its credentials; for the provider.
#[utoipa::path(
    delete,
    path = "/enterprises/{enterprise}/carrier-profiles/{id}",
    tag = TAG,
    responses((status = 204))
)]
async fn delete_carrier_profile(
    asked: Asked,
    Id(id): Id<CarrierProfileId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Problem> {
    profiles::delete(&asked.op, &asked.backend, &asked.enterprise, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tries the credentials at the carrier; for the provider. That they do not work is an answer, in `connection_test`.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/carrier-profiles/{id}/test-connection",
    tag = TAG,
    responses((status = 200, body = CarrierProfileDetail))
)]
async fn test_carrier_profile(
    asked: Asked,
    Id(id): Id<CarrierProfileId>,
) -> Result<Versioned<CarrierProfileDetail>, Problem> {
    let details = profiles::check(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(versioned(details))
}
