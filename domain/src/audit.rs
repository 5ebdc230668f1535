//! The audit log: who did what to which thing.

pub mod chain;
mod difference;
mod entry;

use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, IntoDeserializer, value::Error},
};
use uuid::Uuid;

pub use self::{
    difference::{Change, FieldChange, difference, name_of, shortened},
    entry::{AuditEntry, AuditEventRow, AuditHistory, HISTORY_ENTRIES, TABLE, action_label, resource_label},
};
use crate::access::Resource;

/// What was done, as it is written down. Not [`crate::access::Action`]: looking is not written down, and what is a
/// deed of its own here may need the permission of another, as restoring needs that to create.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// A new one was added.
    Create,
    /// An existing one was changed.
    Update,
    /// One was removed.
    Delete,
    /// One that had been removed was brought back.
    Restore,
    /// Many were brought in from a file.
    Import,
    /// It became what connectors read.
    Publish,
}

/// What an audit entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditSubject {
    /// What was done.
    pub action: AuditAction,
    /// To which kind of thing.
    pub resource: Resource,
    /// To which one; none for a change of many at once, such as an import.
    pub id: Option<Uuid>,
}

impl AuditSubject {
    /// Reads the stored and transmitted words of an action and a resource; none when one of them is unknown here.
    #[must_use]
    pub fn from_words(action: &str, resource: &str, id: Option<Uuid>) -> Option<Self> {
        Some(Self {
            action: read(action)?,
            resource: read(resource)?,
            id,
        })
    }

    /// Whether an entry about it belongs to the history of the thing of that kind and id.
    #[must_use]
    pub fn tells_of(&self, thing: Resource, id: Uuid) -> bool {
        self.id == Some(id) && kinds_about(thing).contains(&self.resource)
    }
}

/// The kinds of entries that tell of a thing of that kind by its id. Whom a number serves is a kind of its own.
#[must_use]
pub fn kinds_about(thing: Resource) -> Vec<Resource> {
    let assignment = (thing == Resource::PhoneNumber).then_some(Resource::NumberAssignment);
    [thing].into_iter().chain(assignment).collect()
}

fn read<T: DeserializeOwned>(word: &str) -> Option<T> {
    T::deserialize(IntoDeserializer::<Error>::into_deserializer(word)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_history_of_a_number_tells_whom_it_served() {
        let id = Uuid::from_u128(7);
        let subject = |resource, id| AuditSubject {
            action: AuditAction::Update,
            resource,
            id,
        };
        let assignment = subject(Resource::NumberAssignment, Some(id));
        assert!(assignment.tells_of(Resource::PhoneNumber, id));
        assert!(!assignment.tells_of(Resource::PhoneNumber, Uuid::nil()));
        assert!(!assignment.tells_of(Resource::SmsGroup, id));
        assert!(subject(Resource::SmsGroup, Some(id)).tells_of(Resource::SmsGroup, id));
        assert!(!subject(Resource::PhoneNumber, None).tells_of(Resource::PhoneNumber, id));
    }
}
