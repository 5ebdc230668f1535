//! What needs an admin's attention in an enterprise, in the counts of the Dashboard.

use axum::Json;
use backend::services::health;
use domain::health::{AffectedDomains, HealthSummary};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{asked::Asked, reply::Reply, task::Task};

const TAG: &str = "Enterprises";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(get_health))
}

/// How many domains are in one state, and how many numbers that concerns.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Affected {
    /// Domains.
    pub domains: u32,
    /// Numbers on them.
    pub numbers: u32,
}

impl From<AffectedDomains> for Affected {
    fn from(affected: AffectedDomains) -> Self {
        Self {
            domains: affected.domains,
            numbers: affected.numbers,
        }
    }
}

/// The health of an enterprise now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Health {
    /// Domains whose subscription has ended: messages to their numbers do not arrive.
    pub expired: Affected,
    /// Domains whose subscription ends soon.
    pub expiring: Affected,
    /// Numbers that can do SMS and serve nobody.
    pub free_numbers: u32,
    /// Numbers that serve nobody, whatever they can do.
    pub unassigned_numbers: u32,
    /// Groups in which no message reaches anybody.
    pub unreachable_groups: u32,
    /// Changes that connectors do not know of yet; null where changes are live at once.
    pub pending_changes: Option<u64>,
    /// The sync that was asked for last; null where changes are live at once.
    pub last_sync: Option<Task>,
}

impl From<HealthSummary> for Health {
    fn from(summary: HealthSummary) -> Self {
        Self {
            expired: summary.expired.into(),
            expiring: summary.expiring.into(),
            free_numbers: summary.free_numbers,
            unassigned_numbers: summary.unassigned_numbers,
            unreachable_groups: summary.unreachable_groups,
            pending_changes: summary.pending_changes,
            last_sync: summary.last_sync.map(Task::from),
        }
    }
}

/// Counts what needs attention.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/health",
    tag = TAG,
    responses((status = 200, body = Health))
)]
async fn get_health(asked: Asked) -> Reply<Health> {
    let summary = health::summary(&asked.op, &asked.backend, &asked.enterprise).await?;
    Ok(Json(summary.into()))
}
