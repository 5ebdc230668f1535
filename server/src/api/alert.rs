//! The alerts of an enterprise that are open.

use axum::Json;
use backend::services::alert as alerts;
use chrono::{DateTime, Utc};
use domain::alert::OpenAlert;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{asked::Asked, common::all, reply::Reply};

const TAG: &str = "Enterprises";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list_alerts))
}

/// Something that is wrong with a domain or a carrier profile.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Alert {
    /// The id of the domain or carrier profile.
    pub thing_id: Uuid,
    /// What is wrong, such as `domain_expired`. New words may come.
    pub kind: String,
    /// The domain, or the name of the carrier profile.
    pub name: String,
    /// Since when something has been wrong with it.
    pub since: DateTime<Utc>,
    /// When people were last told.
    pub told_at: DateTime<Utc>,
}

impl From<OpenAlert> for Alert {
    fn from(alert: OpenAlert) -> Self {
        Self {
            thing_id: alert.thing,
            kind: alert.kind.as_str().to_owned(),
            name: alert.name,
            since: alert.since,
            told_at: alert.told_at,
        }
    }
}

/// What is wrong in an enterprise.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Alerts {
    /// The alerts that are open, the oldest first; of more than fifty the newest.
    pub rows: Vec<Alert>,
    /// How many alerts are open.
    pub total: u64,
}

/// Lists the alerts that are open.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/alerts",
    tag = TAG,
    responses((status = 200, body = Alerts))
)]
async fn list_alerts(asked: Asked) -> Reply<Alerts> {
    let open = alerts::list_open(&asked.op, &asked.backend, &asked.enterprise).await?;
    Ok(Json(Alerts {
        rows: all(open.rows),
        total: open.total,
    }))
}
