//! SMS groups.

use axum::Json;
use backend::services::sms_group as groups;
use domain::{
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    sms_group::{self, NotRestored, RestoredGroup, SmsGroupInput, SmsGroupRow, TABLE},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Id, IfMatch, Input, Rows, TableParams},
    common::{Missing, MissingKind, MissingReason, NumberRef, Person, Unreachable, all, cooling_off, texts},
    problem::Problem,
    reply::{Created, PageOf, Reply, Versioned, page},
};

const TAG: &str = "SMS groups";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_groups, create_group))
        .routes(routes!(get_group, update_group, delete_group))
        .routes(routes!(restore_group))
}

/// A group in the table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupRow {
    /// The group's id.
    pub id: Uuid,
    /// Counts up with each change.
    pub version: i64,
    /// The group's name.
    pub name: String,
    /// How many members it has.
    pub member_count: u32,
    /// How many of them messages do not reach.
    pub unreachable_count: u32,
    /// Its numbers in E.164 form, ascending.
    pub numbers: Vec<String>,
    /// The owner's name.
    pub owner_name: String,
    /// Why messages do not reach the owner; null when they do.
    pub owner_unreachable: Option<Unreachable>,
}

impl From<SmsGroupRow> for GroupRow {
    fn from(row: SmsGroupRow) -> Self {
        Self {
            id: row.id.0,
            version: row.version,
            name: row.name,
            member_count: row.member_count,
            unreachable_count: row.unreachable_count,
            numbers: texts(&row.numbers),
            owner_name: row.owner_name,
            owner_unreachable: row.owner_unreachable.map(Unreachable::from),
        }
    }
}

/// A group with everything in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Group {
    /// The group's id.
    pub id: Uuid,
    /// Counts up with each change.
    pub version: i64,
    /// The group's name.
    pub name: String,
    /// Its owner.
    pub owner: Person,
    /// Its members by name.
    pub members: Vec<Person>,
    /// Its numbers, ascending.
    pub numbers: Vec<NumberRef>,
}

impl From<sms_group::SmsGroup> for Group {
    fn from(group: sms_group::SmsGroup) -> Self {
        Self {
            id: group.id.0,
            version: group.version,
            name: group.name,
            owner: group.owner.into(),
            members: all(group.members),
            numbers: all(group.numbers),
        }
    }
}

/// What a group is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupInput {
    /// 1 to 64 characters, unique in the enterprise without regard to case.
    pub name: String,
    /// The Teams user who owns it.
    pub owner_id: Uuid,
    /// The Teams users in it, at least one.
    pub member_ids: Vec<Uuid>,
    /// Its numbers: free ones that can do SMS.
    #[serde(default)]
    pub number_ids: Vec<Uuid>,
    /// Whether to take numbers that are new in it although their cooling-off time runs.
    #[serde(default)]
    pub in_cooling_off: bool,
}

impl From<GroupInput> for SmsGroupInput {
    fn from(input: GroupInput) -> Self {
        Self {
            name: input.name,
            owner_id: Some(TeamsUserId(input.owner_id)),
            member_ids: input.member_ids.into_iter().map(TeamsUserId).collect(),
            number_ids: input.number_ids.into_iter().map(PhoneNumberId).collect(),
            cooling_off: cooling_off(input.in_cooling_off),
        }
    }
}

/// A group that was deleted and is back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Restored {
    /// The group as it is now.
    pub group: Group,
    /// What it had before and has not got back.
    pub missing: Vec<Missing>,
}

impl From<RestoredGroup> for Restored {
    fn from(restored: RestoredGroup) -> Self {
        let missing = restored.missing.into_iter().map(|missing| match missing {
            NotRestored::Member { name } => Missing {
                kind: MissingKind::Member,
                name,
                reason: MissingReason::Gone,
                taken_by: None,
            },
            NotRestored::Number { number, why } => Missing::number(number, why),
        });
        Self {
            missing: missing.collect(),
            group: restored.group.into(),
        }
    }
}

fn versioned(group: sms_group::SmsGroup) -> Versioned<Group> {
    Versioned {
        version: group.version,
        body: group.into(),
    }
}

/// Lists groups.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/groups",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<GroupRow>))
)]
async fn list_groups(asked: Asked, rows: Rows) -> Reply<PageOf<GroupRow>> {
    let query = rows.of(&TABLE)?;
    let found = groups::list(&asked.op, &asked.backend, &asked.enterprise, &query).await?;
    Ok(page(found))
}

/// Adds a group.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/groups",
    tag = TAG,
    request_body = GroupInput,
    responses((status = 201, body = Group))
)]
async fn create_group(asked: Asked, Input(input): Input<GroupInput>) -> Result<Created<Group>, Problem> {
    let input = SmsGroupInput::from(input);
    let group = groups::create(&asked.op, &asked.backend, &asked.enterprise, &input).await?;
    Ok(Created {
        location: format!("/api/v1/enterprises/{}/groups/{}", asked.enterprise, group.id),
        version: Some(group.version),
        body: group.into(),
    })
}

/// Reads a group.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/groups/{id}",
    tag = TAG,
    responses((status = 200, body = Group))
)]
async fn get_group(asked: Asked, Id(id): Id<SmsGroupId>) -> Result<Versioned<Group>, Problem> {
    let group = groups::get(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(versioned(group))
}

/// Changes a group. What is not named is not in it afterwards.
#[utoipa::path(
    put,
    path = "/enterprises/{enterprise}/groups/{id}",
    tag = TAG,
    request_body = GroupInput,
    responses((status = 200, body = Group))
)]
async fn update_group(
    asked: Asked,
    Id(id): Id<SmsGroupId>,
    IfMatch(version): IfMatch,
    Input(input): Input<GroupInput>,
) -> Result<Versioned<Group>, Problem> {
    let (op, backend) = (&asked.op, &asked.backend);
    let input = SmsGroupInput::from(input);
    let group = groups::update(op, backend, &asked.enterprise, id, version, &input).await?;
    Ok(versioned(group))
}

/// Deletes a group. Its numbers are free afterwards.
#[utoipa::path(
    delete,
    path = "/enterprises/{enterprise}/groups/{id}",
    tag = TAG,
    responses((status = 204))
)]
async fn delete_group(asked: Asked, Id(id): Id<SmsGroupId>, IfMatch(version): IfMatch) -> Result<StatusCode, Problem> {
    groups::delete(&asked.op, &asked.backend, &asked.enterprise, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a group back that was deleted in the last ten minutes, with those of its numbers that are still free.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/groups/{id}/restore",
    tag = TAG,
    responses((status = 200, body = Restored))
)]
async fn restore_group(asked: Asked, Id(id): Id<SmsGroupId>) -> Reply<Restored> {
    let restored = groups::restore(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(Json(restored.into()))
}
