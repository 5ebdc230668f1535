//! Find anything: what a few typed words find in one enterprise.

use serde::{Deserialize, Serialize};

use crate::{ids::SmsGroupId, number::PhoneNumberRef, teams_user::TeamsUserRef};

/// How many of each kind are found at most: the best ones. Who is looking for one further down types more of it, or
/// searches the table.
pub const MOST_OF_A_KIND: usize = 5;

/// What was found, the best of each kind first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// SMS groups, those found by their own name before those found by a person.
    pub groups: Vec<FoundGroup>,
    /// Teams users.
    pub users: Vec<TeamsUserRef>,
    /// Phone numbers.
    pub numbers: Vec<PhoneNumberRef>,
}

/// An SMS group that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundGroup {
    /// The group's id.
    pub id: SmsGroupId,
    /// Its name.
    pub name: String,
    /// What of it the typed words are in.
    pub by: FoundBy,
}

/// What of a group the typed words are in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// Its own name.
    Name,
    /// The name or sign-in name of its owner, whose name this is.
    Owner(String),
    /// The name or sign-in name of a member, whose name this is.
    Member(String),
}
