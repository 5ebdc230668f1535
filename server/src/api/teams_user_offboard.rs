//! What becomes of a Teams user's groups and numbers when the person leaves.

use axum::Json;
use backend::services::teams_user as users;
use domain::{
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
    teams_user::{self, GroupDecision, LostGroup, NotUndone, OffboardInput, UndoneOffboarding},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Id, Input},
    common::{Missing, MissingKind, MissingReason, Person, texts},
    reply::Reply,
};

const TAG: &str = "Users";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(preview_offboarding))
        .routes(routes!(offboard_user))
        .routes(routes!(undo_offboarding))
}

/// What is decided about a person who leaves, and what the decisions were made from.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// The person's own numbers as they were read.
    #[serde(default)]
    pub number_ids: Vec<Uuid>,
    /// What becomes of each of the person's groups.
    #[serde(default)]
    pub groups: Vec<Decision>,
    /// The Teams user who gets the numbers; without one they become free.
    #[serde(default)]
    pub numbers_to: Option<Uuid>,
}

/// What becomes of one group.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The group.
    pub id: Uuid,
    /// Its version as it was read.
    pub version: i64,
    /// What becomes of it.
    #[serde(default)]
    pub fate: Option<GroupFate>,
}

/// What becomes of a group that a person leaves.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GroupFate {
    /// The others go on without the person, who does not own it.
    Leave,
    /// Somebody takes the person's place.
    HandOver {
        /// The Teams user who does.
        to: Uuid,
    },
    /// It is deleted; only where nobody else would be left.
    Delete,
}

impl From<Decisions> for OffboardInput {
    fn from(input: Decisions) -> Self {
        let decision = |group: Decision| GroupDecision {
            id: SmsGroupId(group.id),
            version: group.version,
            fate: group.fate.map(|fate| match fate {
                GroupFate::Leave => teams_user::GroupFate::Leave,
                GroupFate::HandOver { to } => teams_user::GroupFate::HandOver { to: TeamsUserId(to) },
                GroupFate::Delete => teams_user::GroupFate::Delete,
            }),
        };
        Self {
            number_ids: input.number_ids.into_iter().map(PhoneNumberId).collect(),
            groups: input.groups.into_iter().map(decision).collect(),
            numbers_to: input.numbers_to.map(TeamsUserId),
        }
    }
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsequenceKind {
    /// Somebody becomes the owner of a group.
    NewOwner,
    /// Somebody becomes the only member of a group.
    NewMember,
    /// The person leaves a group.
    Leaves,
    /// A group is deleted, and its numbers become free.
    Deletes,
    /// The person's own numbers become free.
    Frees,
    /// The person's own numbers go to somebody else.
    Moves,
}

/// One thing that offboarding does.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Consequence {
    /// What happens.
    pub kind: ConsequenceKind,
    /// The name of the group.
    pub group: Option<String>,
    /// The name of who takes the person's place or gets the numbers.
    pub to: Option<String>,
    /// The numbers in E.164 form.
    pub numbers: Vec<String>,
}

impl Consequence {
    fn new(kind: ConsequenceKind, group: Option<String>, to: Option<String>, numbers: &[PhoneNumber]) -> Self {
        Self {
            kind,
            group,
            to,
            numbers: texts(numbers),
        }
    }
}

impl From<teams_user::Consequence> for Consequence {
    fn from(consequence: teams_user::Consequence) -> Self {
        use ConsequenceKind as Kind;
        use teams_user::Consequence as Of;
        match consequence {
            Of::NewOwner { group, to } => Self::new(Kind::NewOwner, Some(group), Some(to), &[]),
            Of::NewMember { group, to } => Self::new(Kind::NewMember, Some(group), Some(to), &[]),
            Of::Leaves { group } => Self::new(Kind::Leaves, Some(group), None, &[]),
            Of::Deletes { group, numbers } => Self::new(Kind::Deletes, Some(group), None, &numbers),
            Of::Frees { numbers } => Self::new(Kind::Frees, None, None, &numbers),
            Of::Moves { numbers, to } => Self::new(Kind::Moves, None, Some(to), &numbers),
        }
    }
}

/// What offboarding does or has done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Offboarding {
    /// Who leaves.
    pub person: Person,
    /// Everything that happens.
    pub consequences: Vec<Consequence>,
}

impl From<teams_user::Offboarding> for Offboarding {
    fn from(offboarding: teams_user::Offboarding) -> Self {
        Self {
            person: offboarding.person.into(),
            consequences: super::common::all(offboarding.consequences),
        }
    }
}

/// A person whose offboarding was undone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Undone {
    /// Who is back.
    pub person: Person,
    /// What the person had before and has not got back.
    pub missing: Vec<Missing>,
}

impl From<UndoneOffboarding> for Undone {
    fn from(undone: UndoneOffboarding) -> Self {
        let missing = undone.missing.into_iter().map(|missing| match missing {
            NotUndone::Number { number, why } => Missing::number(number, why),
            NotUndone::Group { name, why } => lost_group(name, why),
        });
        Self {
            missing: missing.collect(),
            person: undone.person.into(),
        }
    }
}

fn lost_group(name: String, why: LostGroup) -> Missing {
    let (reason, taken_by) = match why {
        LostGroup::Gone => (MissingReason::Gone, None),
        LostGroup::Owned(by) => (MissingReason::Taken, Some(by)),
        LostGroup::NameTaken => (MissingReason::NameTaken, None),
        LostGroup::OwnerGone => (MissingReason::OwnerGone, None),
    };
    Missing {
        kind: MissingKind::Group,
        name,
        reason,
        taken_by,
    }
}

/// Tells what these decisions would do. Changes nothing.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/users/{id}/offboard-preview",
    tag = TAG,
    request_body = Decisions,
    responses((status = 200, body = Offboarding))
)]
async fn preview_offboarding(
    asked: Asked,
    Id(id): Id<TeamsUserId>,
    Input(input): Input<Decisions>,
) -> Reply<Offboarding> {
    let input = OffboardInput::from(input);
    let told = users::offboard_preview(&asked.op, &asked.backend, &asked.enterprise, id, &input).await?;
    Ok(Json(told.into()))
}

/// Hands over a person's groups and numbers as decided, all or nothing.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/users/{id}/offboard",
    tag = TAG,
    request_body = Decisions,
    responses((status = 200, body = Offboarding))
)]
async fn offboard_user(asked: Asked, Id(id): Id<TeamsUserId>, Input(input): Input<Decisions>) -> Reply<Offboarding> {
    let input = OffboardInput::from(input);
    let done = users::offboard(&asked.op, &asked.backend, &asked.enterprise, id, &input).await?;
    Ok(Json(done.into()))
}

/// Undoes an offboarding of the last ten minutes, as far as that is possible.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/users/{id}/undo-offboard",
    tag = TAG,
    responses((status = 200, body = Undone))
)]
async fn undo_offboarding(asked: Asked, Id(id): Id<TeamsUserId>) -> Reply<Undone> {
    let undone = users::undo_offboard(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(Json(undone.into()))
}
