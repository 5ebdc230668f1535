//! Carrier profiles; never a secret.

use backend::services::carrier_profile as profiles;
use chrono::{DateTime, Utc};
use domain::carrier_profile::{CarrierProfileRow, TABLE};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Rows, TableParams},
    common::SubscriptionState,
    reply::{PageOf, Reply, page},
};

const TAG: &str = "Carrier profiles";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list_carrier_profiles))
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
