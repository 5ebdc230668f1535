//! Teams users and their own numbers. What happens when one leaves is in `teams_user_offboard`.

use backend::services::teams_user as users;
use domain::{
    ids::{PhoneNumberId, TeamsUserId},
    teams_user::{self, TABLE, TeamsUserRow},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Id, IfMatch, Input, Rows, TableParams},
    common::{GroupPart, License, NumberRef, all, cooling_off, texts},
    problem::Problem,
    reply::{PageOf, Reply, Versioned, page},
};

const TAG: &str = "Users";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_users))
        .routes(routes!(get_user))
        .routes(routes!(set_user_numbers))
}

/// A Teams user in the table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UserRow {
    /// The person's id.
    pub id: Uuid,
    /// The name people know.
    pub display_name: String,
    /// The Microsoft sign-in name.
    pub user_principal_name: String,
    /// Whether the person has Teams.
    pub license: License,
    /// Whether sign-in is allowed in the Microsoft tenant.
    pub enabled: bool,
    /// The person's own numbers in E.164 form, ascending.
    pub numbers: Vec<String>,
    /// The groups the person owns or belongs to, by name.
    pub groups: Vec<UserRowGroup>,
}

/// A group of a Teams user in the table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UserRowGroup {
    /// The group's id.
    pub id: Uuid,
    /// The group's name.
    pub name: String,
    /// What the person is in it.
    pub part: GroupPart,
    /// Its numbers in E.164 form, ascending.
    pub numbers: Vec<String>,
}

impl From<TeamsUserRow> for UserRow {
    fn from(row: TeamsUserRow) -> Self {
        Self {
            id: row.id.0,
            display_name: row.display_name,
            user_principal_name: row.user_principal_name,
            license: row.license.into(),
            enabled: row.enabled,
            numbers: texts(&row.numbers),
            groups: all(row.groups),
        }
    }
}

impl From<teams_user::UserGroup> for UserRowGroup {
    fn from(group: teams_user::UserGroup) -> Self {
        Self {
            id: group.id.0,
            name: group.name,
            part: group.part.into(),
            numbers: texts(&group.numbers),
        }
    }
}

/// A Teams user with everything that is theirs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct User {
    /// The person's id.
    pub id: Uuid,
    /// Counts up with each change of what is theirs.
    pub version: i64,
    /// The name people know.
    pub display_name: String,
    /// The Microsoft sign-in name.
    pub user_principal_name: String,
    /// The id in the customer's Entra directory, if an import has told it.
    pub object_id: Option<Uuid>,
    /// Whether the person has Teams.
    pub license: License,
    /// Whether sign-in is allowed in the Microsoft tenant.
    pub enabled: bool,
    /// The person's own numbers, ascending.
    pub numbers: Vec<NumberRef>,
    /// The groups the person owns or belongs to, by name.
    pub groups: Vec<UserGroup>,
}

/// A group of a Teams user.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UserGroup {
    /// The group's id.
    pub id: Uuid,
    /// The group's version.
    pub version: i64,
    /// The group's name.
    pub name: String,
    /// Who owns it.
    pub owner_id: Uuid,
    /// What the person is in it.
    pub part: GroupPart,
    /// How many members it has besides the person.
    pub other_members: u32,
    /// Its numbers, ascending.
    pub numbers: Vec<NumberRef>,
}

impl From<teams_user::TeamsUser> for User {
    fn from(user: teams_user::TeamsUser) -> Self {
        Self {
            id: user.person.id.0,
            version: user.version,
            display_name: user.person.display_name,
            user_principal_name: user.person.user_principal_name,
            object_id: user.object_id,
            license: user.person.license.into(),
            enabled: user.person.enabled,
            numbers: all(user.numbers),
            groups: all(user.groups),
        }
    }
}

impl From<teams_user::GroupOfUser> for UserGroup {
    fn from(group: teams_user::GroupOfUser) -> Self {
        Self {
            id: group.id.0,
            version: group.version,
            name: group.name,
            owner_id: group.owner_id.0,
            part: group.part.into(),
            other_members: group.other_members,
            numbers: all(group.numbers),
        }
    }
}

/// The numbers that a person is to have.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserNumbers {
    /// Exactly these are the person's own afterwards.
    pub number_ids: Vec<Uuid>,
    /// Whether to give them the new ones although their cooling-off time runs.
    #[serde(default)]
    pub in_cooling_off: bool,
}

/// Lists Teams users.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/users",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<UserRow>))
)]
async fn list_users(asked: Asked, rows: Rows) -> Reply<PageOf<UserRow>> {
    let query = rows.of(&TABLE)?;
    let found = users::list(&asked.op, &asked.backend, &asked.enterprise, &query).await?;
    Ok(page(found))
}

/// Reads a Teams user.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/users/{id}",
    tag = TAG,
    responses((status = 200, body = User))
)]
async fn get_user(asked: Asked, Id(id): Id<TeamsUserId>) -> Result<Versioned<User>, Problem> {
    let user = users::get(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(versioned(user))
}

/// Gives a person exactly these numbers of their own, and takes any others from them.
#[utoipa::path(
    put,
    path = "/enterprises/{enterprise}/users/{id}/numbers",
    tag = TAG,
    request_body = UserNumbers,
    responses((status = 200, body = User))
)]
async fn set_user_numbers(
    asked: Asked,
    Id(id): Id<TeamsUserId>,
    IfMatch(version): IfMatch,
    Input(input): Input<UserNumbers>,
) -> Result<Versioned<User>, Problem> {
    let (op, backend) = (&asked.op, &asked.backend);
    let wanted: Vec<PhoneNumberId> = input.number_ids.into_iter().map(PhoneNumberId).collect();
    let cooling_off = cooling_off(input.in_cooling_off);
    let user = users::set_numbers_of_version(op, backend, &asked.enterprise, id, version, &wanted, cooling_off).await?;
    Ok(versioned(user))
}

fn versioned(user: teams_user::TeamsUser) -> Versioned<User> {
    Versioned {
        version: user.version,
        body: user.into(),
    }
}
