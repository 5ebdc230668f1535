//! One person with everything that is theirs, for the dialogs.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{GroupPart, LicenseState, TeamsUserRef, UndoableOffboarding};
use crate::{
    forms::flattened,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::PhoneNumberRef,
};

/// The most numbers of their own that one person can have; a bound for request sizes, far above real use.
pub const MAX_OWN_NUMBERS: usize = 50;

flattened! {
    /// A person with everything that is theirs.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TeamsUser {
        /// Who.
        pub person: TeamsUserRef,
        /// The id in the customer's Entra directory, if an import has told it.
        pub object_id: Option<Uuid>,
        /// Counts up with each change.
        pub version: i64,
        /// The person's own numbers, ascending.
        pub numbers: Vec<PhoneNumberRef>,
        /// The groups the person owns or belongs to, by name.
        pub groups: Vec<GroupOfUser>,
    }
}

/// What the dialog of a person tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsUserDetails {
    /// The person with everything that is theirs.
    pub user: TeamsUser,
    /// The person's offboarding, while it can be undone.
    pub offboarded: Option<UndoableOffboarding>,
}

/// A group that a person owns or belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupOfUser {
    /// The group's id.
    pub id: SmsGroupId,
    /// The group's version.
    pub version: i64,
    /// The group's name.
    pub name: String,
    /// Who owns it.
    pub owner_id: TeamsUserId,
    /// What the person is in it.
    pub part: GroupPart,
    /// How many members it has besides the person.
    pub other_members: u32,
    /// Its numbers, ascending.
    pub numbers: Vec<PhoneNumberRef>,
}

impl TeamsUser {
    /// The ids of the person's own numbers.
    #[must_use]
    pub fn number_ids(&self) -> Vec<PhoneNumberId> {
        self.numbers.iter().map(|number| number.id).collect()
    }

    /// Whether the person can be given a number. An unknown licence is given the benefit of the doubt.
    #[must_use]
    pub fn can_have_numbers(&self) -> bool {
        self.person.license != LicenseState::Unlicensed
    }

    /// Whether there is anything that offboarding would hand over.
    #[must_use]
    pub fn holds_anything(&self) -> bool {
        !self.numbers.is_empty() || !self.groups.is_empty()
    }
}

impl GroupOfUser {
    /// Whether nobody would be left in the group without the person.
    #[must_use]
    pub fn is_left_empty(&self) -> bool {
        self.part.belongs() && self.other_members == 0
    }

    /// Whether somebody has to say what becomes of the group when the person leaves.
    #[must_use]
    pub fn needs_decision(&self) -> bool {
        self.part.owns() || self.is_left_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::PhoneNumber;

    /// The audit log names a thing by what stands on top in its entry.
    #[test]
    fn a_person_is_written_with_their_name_on_top_and_read_again() {
        let user = TeamsUser {
            person: TeamsUserRef {
                id: TeamsUserId(Uuid::from_u128(1)),
                display_name: "Ada".to_owned(),
                user_principal_name: "ada@company.example".to_owned(),
                license: LicenseState::Unknown,
                enabled: true,
            },
            object_id: Some(Uuid::from_u128(2)),
            version: 3,
            numbers: vec![PhoneNumberRef {
                id: PhoneNumberId(Uuid::from_u128(4)),
                e164: PhoneNumber::parse("+12065550100").unwrap(),
                assignee: None,
            }],
            groups: Vec::new(),
        };
        let json = serde_json::to_string(&user).unwrap();
        assert!(json.contains(r#""display_name":"Ada","#), "{json}");
        assert_eq!(serde_json::from_str::<TeamsUser>(&json).unwrap(), user);
    }
}
