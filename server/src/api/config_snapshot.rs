//! The effective configuration, as connectors read it, and what is not live yet.

use axum::{
    Json,
    extract::{Query, rejection::QueryRejection},
    response::{IntoResponse, Response},
};
use backend::services::config_snapshot as snapshots;
use chrono::{DateTime, Utc};
use domain::config_snapshot::{self as configured, PendingChange, PendingChanges, Serves, SnapshotHistory};
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::Asked,
    common::{AssigneeKind, all},
    enterprise::ConnectorApp,
    problem::Problem,
    reply::{Reply, Versioned, etag},
};

const TAG: &str = "Configuration";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(get_configuration))
        .routes(routes!(list_snapshots))
        .routes(routes!(list_pending_changes))
}

/// One published snapshot.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Snapshot {
    /// Counts up from 1 in each enterprise, without a gap.
    pub number: i64,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// Who published it, or which part of the system.
    pub published_by: String,
    /// Which app the enterprise used then.
    pub connector_app: ConnectorApp,
    /// How many numbers serve somebody.
    pub numbers: u64,
    /// How many groups there are.
    pub groups: u64,
    /// How many changes came with it.
    pub changes: u64,
}

impl From<configured::Snapshot> for Snapshot {
    fn from(snapshot: configured::Snapshot) -> Self {
        let summary = snapshot.summary;
        Self {
            number: snapshot.number,
            published_at: snapshot.published_at,
            published_by: snapshot.published_by,
            connector_app: summary.connector_app.into(),
            numbers: summary.numbers,
            groups: summary.groups,
            changes: summary.changes,
        }
    }
}

/// Somebody who gets messages or owns a group, as connectors know them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConfiguredPerson {
    /// The person's id.
    pub id: Uuid,
    /// The name people know.
    pub display_name: String,
    /// The Microsoft sign-in name.
    pub user_principal_name: String,
    /// Microsoft's own id of the person, if it is known.
    pub object_id: Option<Uuid>,
}

impl From<configured::ConfiguredPerson> for ConfiguredPerson {
    fn from(person: configured::ConfiguredPerson) -> Self {
        Self {
            id: person.id.0,
            display_name: person.display_name,
            user_principal_name: person.user_principal_name,
            object_id: person.object_id,
        }
    }
}

/// A number that serves somebody.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConfiguredNumber {
    /// The number's id.
    pub id: Uuid,
    /// The number in E.164 form.
    #[schema(example = "+12065550100")]
    pub number: String,
    /// Whether it serves a person or a group.
    pub serves: AssigneeKind,
    /// The id of the person or group.
    pub serves_id: Uuid,
    /// The person, if it serves one; groups are told beside the numbers.
    pub user: Option<ConfiguredPerson>,
}

impl From<configured::ConfiguredNumber> for ConfiguredNumber {
    fn from(number: configured::ConfiguredNumber) -> Self {
        let serves_id = number.serves.id();
        let (serves, user) = match number.serves {
            Serves::TeamsUser { user } => (AssigneeKind::TeamsUser, Some(user.into())),
            Serves::SmsGroup { .. } => (AssigneeKind::SmsGroup, None),
        };
        Self {
            id: number.id.0,
            number: number.number.to_string(),
            serves,
            serves_id,
            user,
        }
    }
}

/// A group whose members share numbers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConfiguredGroup {
    /// The group's id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub owner: ConfiguredPerson,
    /// Who gets a copy of every message.
    pub members: Vec<ConfiguredPerson>,
}

impl From<configured::ConfiguredGroup> for ConfiguredGroup {
    fn from(group: configured::ConfiguredGroup) -> Self {
        Self {
            id: group.id.0,
            name: group.name,
            owner: group.owner.into(),
            members: all(group.members),
        }
    }
}

/// What is live.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Configuration {
    /// The snapshot that is live; null if nothing was ever published.
    pub snapshot: Option<Snapshot>,
    /// The numbers that serve somebody, ascending.
    pub numbers: Vec<ConfiguredNumber>,
    /// All groups.
    pub groups: Vec<ConfiguredGroup>,
}

/// The snapshots of an enterprise.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Snapshots {
    /// The one that is live; null if nothing was ever published.
    pub current: Option<Snapshot>,
    /// The 50 before, the latest first.
    pub earlier: Vec<Snapshot>,
}

impl From<SnapshotHistory> for Snapshots {
    fn from(history: SnapshotHistory) -> Self {
        Self {
            current: history.current.map(Snapshot::from),
            earlier: all(history.earlier),
        }
    }
}

/// The changes that are not live yet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Pending {
    /// The snapshot that is live; null if nothing was ever published.
    pub snapshot: Option<i64>,
    /// When that was published.
    pub published_at: Option<DateTime<Utc>>,
    /// How many changes there are.
    pub total: u64,
    /// The changes, or the first 200 of them.
    pub changes: Vec<Change>,
}

/// A change that is not live yet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Change {
    /// What changed: an object whose `kind` says what the other fields are. New kinds may come.
    #[schema(value_type = Object)]
    pub what: serde_json::Value,
    /// Who changed that thing last; null if that was never written down.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Option<DateTime<Utc>>,
    /// When that thing was first changed after the snapshot that is live; null if that was never written down.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Everybody who has changed that thing since then, in the order in which they began.
    pub changed_by_all: Vec<String>,
}

impl From<PendingChange> for Change {
    fn from(change: PendingChange) -> Self {
        let what = serde_json::to_value(change.what).unwrap_or_default();
        let Some(made) = change.made else {
            return Self {
                what,
                changed_by: None,
                changed_at: None,
                waiting_since: None,
                changed_by_all: Vec::new(),
            };
        };
        Self {
            what,
            changed_by: Some(made.last.by),
            changed_at: Some(made.last.at),
            waiting_since: Some(made.first.at),
            changed_by_all: made.by,
        }
    }
}

impl From<PendingChanges> for Pending {
    fn from(pending: PendingChanges) -> Self {
        Self {
            snapshot: pending.snapshot,
            published_at: pending.published_at,
            total: pending.total,
            changes: all(pending.changes),
        }
    }
}

/// Which snapshot the asker knows.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The number of the snapshot that is known already: the answer is empty unless there is a later one.
    pub since: Option<i64>,
}

/// Reads what is live. Its ETag is the number of the snapshot, so `If-None-Match` works as well as `since`.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/configuration",
    tag = TAG,
    params(Since, ("If-None-Match" = Option<String>, Header, description = "The ETag that is known already.")),
    responses(
        (status = 200, body = Configuration),
        (status = 204, description = "There is no later snapshot than `since`."),
        (status = 304, description = "The snapshot of `If-None-Match` is still live.")
    )
)]
async fn get_configuration(
    asked: Asked,
    known: Result<Query<Since>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(Since { since }) =
        known.map_err(|rejection| Problem::new(StatusCode::BAD_REQUEST, "bad_query", rejection.body_text()))?;
    let (op, backend, enterprise) = (&asked.op, &asked.backend, &asked.enterprise);
    let number = snapshots::current_number(op, backend, enterprise).await?;
    if since.is_some_and(|since| since >= number) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    if is_known(&headers, number) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        let tag = etag(number).map(|tag| (header::ETAG, tag));
        response.headers_mut().extend(tag);
        return Ok(response);
    }
    let (snapshot, content) = snapshots::current(op, backend, enterprise).await?.unzip();
    let content = content.unwrap_or_default();
    Ok(Versioned {
        version: snapshot.as_ref().map_or(0, |snapshot| snapshot.number),
        body: Configuration {
            snapshot: snapshot.map(Snapshot::from),
            numbers: all(content.numbers),
            groups: all(content.groups),
        },
    }
    .into_response())
}

/// Whether `If-None-Match` names this number (RFC 9110, 13.1.2: weak tags count, and a star stands for any).
fn is_known(headers: &HeaderMap, number: i64) -> bool {
    let wanted = format!("\"{number}\"");
    let given = headers.get_all(header::IF_NONE_MATCH).iter();
    given
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == wanted)
}

/// Lists the published snapshots.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/snapshots",
    tag = TAG,
    responses((status = 200, body = Snapshots))
)]
async fn list_snapshots(asked: Asked) -> Reply<Snapshots> {
    let history = snapshots::history(&asked.op, &asked.backend, &asked.enterprise).await?;
    Ok(Json(history.into()))
}

/// Lists the changes that are not live yet.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/pending-changes",
    tag = TAG,
    responses((status = 200, body = Pending))
)]
async fn list_pending_changes(asked: Asked) -> Reply<Pending> {
    let pending = snapshots::pending(&asked.op, &asked.backend, &asked.enterprise).await?;
    Ok(Json(pending.into()))
}
