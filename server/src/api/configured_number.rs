//! The published configuration as a table: one row for each number.

use backend::services::config_snapshot as snapshots;
use domain::config_snapshot::{ConfiguredRow, TABLE};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Rows, TableParams},
    common::AssigneeKind,
    reply::{PageOf, Reply, page},
};

const TAG: &str = "Configuration";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list_configured_numbers))
}

/// A published number in the table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConfiguredNumberRow {
    /// The number's id.
    pub id: Uuid,
    /// The number in E.164 form.
    #[schema(example = "+12065550100")]
    pub number: String,
    /// Whether it serves a person or a group.
    pub kind: AssigneeKind,
    /// The name of whom it serves.
    pub serves: String,
    /// The sign-in names of those who get its messages, ascending.
    pub receivers: Vec<String>,
}

impl From<ConfiguredRow> for ConfiguredNumberRow {
    fn from(row: ConfiguredRow) -> Self {
        Self {
            id: row.id.0,
            number: row.number.to_string(),
            kind: if row.group {
                AssigneeKind::SmsGroup
            } else {
                AssigneeKind::TeamsUser
            },
            serves: row.serves,
            receivers: row.receivers,
        }
    }
}

/// Lists the numbers that are live.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/configuration/numbers",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<ConfiguredNumberRow>))
)]
async fn list_configured_numbers(asked: Asked, rows: Rows) -> Reply<PageOf<ConfiguredNumberRow>> {
    let query = rows.of(&TABLE)?;
    let found = snapshots::list(&asked.op, &asked.backend, &asked.enterprise, &query).await?;
    Ok(page(found))
}
