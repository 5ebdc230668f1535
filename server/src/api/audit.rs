//! The audit log.

use axum::{Json, extract::FromRequestParts};
use backend::services::audit as log;
use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    audit::{self, TABLE},
    ids::AuditEventId,
};
use http::request::Parts;
use serde::{
    Deserialize, Serialize,
    de::{IntoDeserializer, value::Error as NoSuchWord},
};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Id, Rows, TableParams, parameter},
    common::all,
    problem::Problem,
    reply::{PageOf, Reply, page},
};

const TAG: &str = "Audit log";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_audit_entries))
        .routes(routes!(get_audit_entry))
        .routes(routes!(get_history))
}

/// How a field changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldChangeKind {
    /// It holds another value now: `before` and `after`.
    Value,
    /// It is a list, in which something came or went: `added`, `removed` and `more`.
    List,
    /// It holds another secret now.
    Secret,
}

/// A field that is not what it was.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// How it changed.
    pub kind: FieldChangeKind,
    /// What it held.
    pub before: Option<String>,
    /// What it holds.
    pub after: Option<String>,
    /// What came into the list.
    pub added: Vec<String>,
    /// What went from the list.
    pub removed: Vec<String>,
    /// How much more came or went than is listed here.
    pub more: u32,
}

impl From<audit::FieldChange> for FieldChange {
    fn from(change: audit::FieldChange) -> Self {
        let told = Self {
            field: change.field,
            kind: FieldChangeKind::Secret,
            before: None,
            after: None,
            added: Vec::new(),
            removed: Vec::new(),
            more: 0,
        };
        match change.change {
            audit::Change::Value { before, after } => Self {
                kind: FieldChangeKind::Value,
                before,
                after,
                ..told
            },
            audit::Change::List { added, removed, more } => Self {
                kind: FieldChangeKind::List,
                added,
                removed,
                more,
                ..told
            },
            audit::Change::Secret => told,
        }
    }
}

/// An entry in the table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditRow {
    /// The entry's id.
    pub id: Uuid,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// Who did it, or which part of the system; with the name of a token, if a script did it.
    pub actor: String,
    /// What was done, such as `update`. New words may come.
    pub action: String,
    /// To what kind of thing, such as `sms_group`. New words may come.
    pub resource: String,
    /// What the thing was called.
    pub subject: Option<String>,
    /// The address it was done from.
    pub peer: Option<String>,
    /// The beginning of what changed.
    pub changes: Vec<FieldChange>,
    /// How many more fields changed.
    pub more: u32,
}

impl From<audit::AuditEventRow> for AuditRow {
    fn from(row: audit::AuditEventRow) -> Self {
        Self {
            id: row.id.0,
            at: row.at,
            actor: row.actor,
            action: row.action,
            resource: row.resource,
            subject: row.subject,
            peer: row.peer,
            changes: all(row.changes),
            more: row.more,
        }
    }
}

/// An entry with everything that changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// The entry's id.
    pub id: Uuid,
    /// Its place in the log of its enterprise, counted from 1.
    pub sequence: i64,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub resource: String,
    /// What the thing was called.
    pub subject: Option<String>,
    /// The address it was done from.
    pub peer: Option<String>,
    /// The request that did it, as the server's log knows it.
    pub request_id: Uuid,
    /// The hash that chains the entry to the one before it.
    pub hash: String,
    /// What changed.
    pub changes: Vec<FieldChange>,
}

impl From<audit::AuditEntry> for AuditEntry {
    fn from(entry: audit::AuditEntry) -> Self {
        Self {
            id: entry.id.0,
            sequence: entry.sequence,
            at: entry.at,
            actor: entry.actor,
            action: entry.action,
            resource: entry.resource,
            subject: entry.subject,
            peer: entry.peer,
            request_id: entry.request.0,
            hash: entry.hash,
            changes: all(entry.changes),
        }
    }
}

/// Lists entries, the latest first unless sorted otherwise.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/audit",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<AuditRow>))
)]
async fn list_audit_entries(asked: Asked, rows: Rows) -> Reply<PageOf<AuditRow>> {
    let query = rows.of(&TABLE)?;
    let found = log::list(&asked.op, &asked.backend, &asked.enterprise, &query).await?;
    Ok(page(found))
}

/// Reads an entry with everything that changed.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/audit/{id}",
    tag = TAG,
    responses((status = 200, body = AuditEntry))
)]
async fn get_audit_entry(asked: Asked, Id(id): Id<AuditEventId>) -> Reply<AuditEntry> {
    let entry = log::get(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(Json(entry.into()))
}

/// The kind of thing that the address names.
struct Kind(Resource);

impl<S: Send + Sync> FromRequestParts<S> for Kind {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let word: Option<String> = parameter(parts, state, "resource").await;
        let kind = word.and_then(|word| {
            let read: Result<Resource, NoSuchWord> = Resource::deserialize(word.into_deserializer());
            read.ok()
        });
        kind.map(Self).ok_or_else(Problem::no_such_path)
    }
}

/// What was done to one thing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct History {
    /// The latest 50 entries, the latest first.
    pub entries: Vec<AuditEntry>,
    /// Whether there are older ones.
    pub older: bool,
}

impl From<audit::AuditHistory> for History {
    fn from(history: audit::AuditHistory) -> Self {
        Self {
            entries: all(history.entries),
            older: history.older,
        }
    }
}

/// Reads what was done to one thing, such as the `sms_group` of an id; nothing for one that was never there.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/history/{resource}/{id}",
    tag = TAG,
    responses((status = 200, body = History))
)]
async fn get_history(asked: Asked, Kind(resource): Kind, Id(id): Id<Uuid>) -> Reply<History> {
    let history = log::history(&asked.op, &asked.backend, &asked.enterprise, resource, id).await?;
    Ok(Json(history.into()))
}
