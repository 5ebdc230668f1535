//! Offboarding: what becomes of a person's groups and numbers when the person leaves. What is decided is checked and put
//! into words here, so that the preview and the deed cannot differ.

mod consequences;
#[cfg(test)]
mod tests;
mod undo;

use serde::{Deserialize, Serialize};

pub use self::{
    consequences::{Consequence, no_license},
    undo::{LostGroup, NotUndone, UNDO_FOR, UndoableOffboarding, UndoneOffboarding},
};
use super::{TeamsUser, TeamsUserRef};
use crate::{
    forms::tagged,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
};

/// The field of [`OffboardInput::numbers_to`].
pub const NUMBERS_TO: &str = "numbers_to";

/// What was decided about a person who leaves, and what the decisions were made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffboardInput {
    /// The person's own numbers as they were shown.
    #[serde(default)]
    pub number_ids: Vec<PhoneNumberId>,
    /// What becomes of each of the person's groups.
    #[serde(default)]
    pub groups: Vec<GroupDecision>,
    /// Who gets the numbers; nobody releases them.
    pub numbers_to: Option<TeamsUserId>,
}

/// What becomes of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupDecision {
    /// The group.
    pub id: SmsGroupId,
    /// Its version as it was shown.
    pub version: i64,
    /// What becomes of it; none while nobody has decided.
    pub fate: Option<GroupFate>,
}

tagged! {
    "kind",
    /// What becomes of a group that a person leaves.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum GroupFate {
        /// The others go on without the person, who does not own it.
        Leave,
        /// Somebody takes the person's place: as the owner where that is the person, as the only member where nobody
        /// else would be left.
        HandOver {
            /// Who.
            to: TeamsUserId,
        },
        /// It is deleted; only where nobody else would be left.
        Delete,
    }
}

/// What offboarding does or has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offboarding {
    /// Who leaves.
    pub person: TeamsUserRef,
    /// Everything that happens, in the order of the groups, numbers last.
    pub consequences: Vec<Consequence>,
    /// For how many days the numbers that become free should rest; none where no number does, or the enterprise has no
    /// cooling-off time.
    pub rest_days: Option<i64>,
}

/// What the audit log keeps of an offboarding beside the person as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffboardRecord {
    /// The person as they are afterwards.
    #[serde(flatten)]
    pub left: TeamsUser,
    /// What was decided.
    pub offboarded: OffboardInput,
}

/// The field of what was decided about a group.
#[must_use]
pub fn group_field(id: SmsGroupId) -> String {
    format!("group.{id}")
}

impl OffboardInput {
    /// Everybody who was chosen, each once.
    #[must_use]
    pub fn people(&self) -> Vec<TeamsUserId> {
        let successors = self.groups.iter().filter_map(|group| match group.fate {
            Some(GroupFate::HandOver { to }) => Some(to),
            Some(GroupFate::Leave | GroupFate::Delete) | None => None,
        });
        let mut people: Vec<TeamsUserId> = successors.chain(self.numbers_to).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Whether the decisions were made from what `user` holds, at these versions.
    #[must_use]
    pub fn was_made_from(&self, user: &TeamsUser) -> bool {
        let mut shown: Vec<_> = self.groups.iter().map(|group| (group.id, group.version)).collect();
        let mut held: Vec<_> = user.groups.iter().map(|group| (group.id, group.version)).collect();
        shown.sort_unstable();
        held.sort_unstable();
        let (mut numbers, mut own) = (self.number_ids.clone(), user.number_ids());
        numbers.sort_unstable();
        own.sort_unstable();
        shown == held && numbers == own
    }

    /// What becomes of a group, if somebody has decided.
    #[must_use]
    pub fn fate_of(&self, id: SmsGroupId) -> Option<GroupFate> {
        let decision = self.groups.iter().find(|group| group.id == id)?;
        decision.fate
    }
}
