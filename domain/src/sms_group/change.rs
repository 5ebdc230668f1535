//! What changed between two versions of a group, for the person who was editing the older one.

use super::SmsGroup;
use crate::phone::PhoneNumber;

/// One difference between two versions of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupChange {
    /// It has another name.
    Renamed {
        /// The newer name.
        to: String,
    },
    /// It has another owner.
    NewOwner {
        /// The newer owner's name.
        name: String,
    },
    /// Somebody joined.
    MemberAdded {
        /// The member's name.
        name: String,
    },
    /// Somebody left.
    MemberRemoved {
        /// The member's name.
        name: String,
    },
    /// It got a number.
    NumberAdded {
        /// The number.
        number: PhoneNumber,
    },
    /// It lost a number.
    NumberRemoved {
        /// The number.
        number: PhoneNumber,
    },
}

impl GroupChange {
    /// What changed from `old` to `new`; empty if they differ in nothing that shows.
    #[must_use]
    pub fn between(old: &SmsGroup, new: &SmsGroup) -> Vec<Self> {
        let mut changes = Vec::new();
        if old.name != new.name {
            changes.push(Self::Renamed { to: new.name.clone() });
        }
        if old.owner.id != new.owner.id {
            changes.push(Self::NewOwner {
                name: new.owner.display_name.clone(),
            });
        }
        let has_member = |group: &SmsGroup, id| group.members.iter().any(|member| member.id == id);
        for member in new.members.iter().filter(|member| !has_member(old, member.id)) {
            changes.push(Self::MemberAdded {
                name: member.display_name.clone(),
            });
        }
        for member in old.members.iter().filter(|member| !has_member(new, member.id)) {
            changes.push(Self::MemberRemoved {
                name: member.display_name.clone(),
            });
        }
        let has_number = |group: &SmsGroup, id| group.numbers.iter().any(|number| number.id == id);
        for number in new.numbers.iter().filter(|number| !has_number(old, number.id)) {
            changes.push(Self::NumberAdded { number: number.e164 });
        }
        for number in old.numbers.iter().filter(|number| !has_number(new, number.id)) {
            changes.push(Self::NumberRemoved { number: number.e164 });
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::group, *};

    #[test]
    fn the_changes_of_somebody_else_are_listed() {
        let changes = GroupChange::between(&group("Sales", 1, &[1, 2]), &group("Sales West", 2, &[2, 3]));
        assert_eq!(
            changes,
            [
                GroupChange::Renamed {
                    to: "Sales West".to_owned()
                },
                GroupChange::NewOwner {
                    name: "Person 2".to_owned()
                },
                GroupChange::MemberAdded {
                    name: "Person 3".to_owned()
                },
                GroupChange::MemberRemoved {
                    name: "Person 1".to_owned()
                },
            ]
        );
    }
}
