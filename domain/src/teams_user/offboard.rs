//! Offboarding: what becomes of a person's groups and numbers when the person leaves. What is decided is checked and put
//! into words here, so that the preview and the deed cannot differ.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{GroupOfUser, LicenseState, TeamsUser, TeamsUserRef};
use crate::{
    error::FieldError,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
    sms_group::LostNumber,
};

/// For how long an offboarding can be undone: as long as its notice offers it.
pub const UNDO_FOR: TimeDelta = TimeDelta::minutes(10);

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

/// What becomes of a group that a person leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GroupFate {
    /// The others go on without the person, who does not own it.
    Leave,
    /// Somebody takes the person's place: as the owner where that is the person, as the only member where nobody else
    /// would be left.
    HandOver {
        /// Who.
        to: TeamsUserId,
    },
    /// It is deleted; only where nobody else would be left.
    Delete,
}

/// One thing that offboarding does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Consequence {
    /// Somebody becomes the owner of a group.
    NewOwner {
        /// The group's name.
        group: String,
        /// The new owner's name.
        to: String,
    },
    /// Somebody becomes the only member of a group.
    NewMember {
        /// The group's name.
        group: String,
        /// The new member's name.
        to: String,
    },
    /// The person leaves a group.
    Leaves {
        /// The group's name.
        group: String,
    },
    /// A group is deleted.
    Deletes {
        /// The group's name.
        group: String,
        /// Its numbers, which become free.
        numbers: Vec<PhoneNumber>,
    },
    /// The person's own numbers become free.
    Frees {
        /// The numbers.
        numbers: Vec<PhoneNumber>,
    },
    /// The person's own numbers go to somebody else.
    Moves {
        /// The numbers.
        numbers: Vec<PhoneNumber>,
        /// The name of who gets them.
        to: String,
    },
}

/// What offboarding does or has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offboarding {
    /// Who leaves.
    pub person: TeamsUserRef,
    /// Everything that happens, in the order of the groups, numbers last.
    pub consequences: Vec<Consequence>,
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

/// A person whose offboarding was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneOffboarding {
    /// Who is back.
    pub person: TeamsUserRef,
    /// What the person had before and has not got back; empty when all is as it was.
    pub missing: Vec<NotUndone>,
}

/// Something that undoing an offboarding did not bring back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NotUndone {
    /// A group.
    Group {
        /// Its name at that time.
        name: String,
        /// Why not.
        why: LostGroup,
    },
    /// A number of the person, or of a group that had been deleted.
    Number {
        /// The number.
        number: PhoneNumber,
        /// Why not.
        why: LostNumber,
    },
}

/// Why a person has not got their place in a group back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LostGroup {
    /// It no longer exists.
    Gone,
    /// It is owned by the person of this name now. The membership did come back.
    Owned(String),
    /// Another group has its name now.
    NameTaken,
    /// Its owner no longer exists.
    OwnerGone,
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

    /// Everything these decisions do; `people` are those of [`Self::people`] who exist.
    ///
    /// # Errors
    /// Every group and number about which nothing, or something impossible, was decided.
    pub fn consequences(&self, user: &TeamsUser, people: &[TeamsUserRef]) -> Result<Vec<Consequence>, Vec<FieldError>> {
        let (mut consequences, mut errors) = (Vec::new(), Vec::new());
        for group in &user.groups {
            match self.of_group(user, group, people) {
                Ok(found) => consequences.extend(found),
                Err(error) => errors.push(error),
            }
        }
        match self.of_numbers(user, people) {
            Ok(found) => consequences.extend(found),
            Err(error) => errors.push(error),
        }
        if errors.is_empty() {
            Ok(consequences)
        } else {
            Err(errors)
        }
    }

    fn of_group(
        &self,
        user: &TeamsUser,
        group: &GroupOfUser,
        people: &[TeamsUserRef],
    ) -> Result<Vec<Consequence>, FieldError> {
        let wrong = |message: String| FieldError::new(group_field(group.id), message);
        let name = || group.name.clone();
        match self.fate_of(group.id) {
            Some(GroupFate::Delete) if group.is_left_empty() => Ok(vec![Consequence::Deletes {
                group: name(),
                numbers: group.numbers.iter().map(|number| number.e164).collect(),
            }]),
            Some(GroupFate::Delete) => Err(wrong(format!(
                "{} has other members, so it cannot be deleted here.",
                group.name
            ))),
            Some(GroupFate::HandOver { to }) => {
                let to = chosen(user, to, people).map_err(|message| wrong(message.to_owned()))?;
                let owner = group.part.owns().then(|| Consequence::NewOwner {
                    group: name(),
                    to: to.display_name.clone(),
                });
                let member = group.is_left_empty().then(|| Consequence::NewMember {
                    group: name(),
                    to: to.display_name.clone(),
                });
                let leaves = group.part.belongs().then(|| Consequence::Leaves { group: name() });
                Ok(owner.into_iter().chain(member).chain(leaves).collect())
            }
            _ if group.part.owns() => Err(wrong(format!("Choose who owns {} from now on.", group.name))),
            _ if group.is_left_empty() => Err(wrong(format!(
                "Nobody would be left in {}. Choose a new member, or delete the group.",
                group.name
            ))),
            Some(GroupFate::Leave) | None => Ok(vec![Consequence::Leaves { group: name() }]),
        }
    }

    fn of_numbers(&self, user: &TeamsUser, people: &[TeamsUserRef]) -> Result<Option<Consequence>, FieldError> {
        let wrong = |message: String| FieldError::new(NUMBERS_TO, message);
        let numbers: Vec<PhoneNumber> = user.numbers.iter().map(|number| number.e164).collect();
        if numbers.is_empty() {
            return Ok(None);
        }
        let Some(to) = self.numbers_to else {
            return Ok(Some(Consequence::Frees { numbers }));
        };
        let to = chosen(user, to, people).map_err(|message| wrong(message.to_owned()))?;
        if to.license == LicenseState::Unlicensed {
            return Err(wrong(no_license(&to.display_name)));
        }
        Ok(Some(Consequence::Moves {
            numbers,
            to: to.display_name.clone(),
        }))
    }
}

/// The person of that id, if they can take the place of `user`.
fn chosen<'p>(user: &TeamsUser, id: TeamsUserId, people: &'p [TeamsUserRef]) -> Result<&'p TeamsUserRef, &'static str> {
    if id == user.person.id {
        return Err("This is the person who leaves. Choose somebody else.");
    }
    people
        .iter()
        .find(|person| person.id == id)
        .ok_or("This person no longer exists. Choose somebody else.")
}

/// Why somebody without a licence gets no number.
#[must_use]
pub fn no_license(name: &str) -> String {
    format!("{name} has no Teams license, so they cannot have a number of their own.")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{super::GroupPart, *};
    use crate::number::PhoneNumberRef;

    fn person(n: u128, license: LicenseState) -> TeamsUserRef {
        TeamsUserRef {
            id: TeamsUserId(Uuid::from_u128(n)),
            display_name: format!("Person {n}"),
            user_principal_name: format!("person{n}@company.example"),
            license,
            enabled: true,
        }
    }

    fn group(n: u128, part: GroupPart, other_members: u32) -> GroupOfUser {
        GroupOfUser {
            id: SmsGroupId(Uuid::from_u128(n)),
            version: 3,
            name: format!("Group {n}"),
            owner_id: TeamsUserId(Uuid::from_u128(1)),
            part,
            other_members,
            numbers: Vec::new(),
        }
    }

    /// Person 1, who owns Group 1 with others, is alone in Group 2, and one of many in Group 3; with one number.
    fn leaver() -> TeamsUser {
        TeamsUser {
            person: person(1, LicenseState::Licensed),
            object_id: None,
            version: 1,
            numbers: vec![PhoneNumberRef {
                id: PhoneNumberId(Uuid::from_u128(50)),
                e164: PhoneNumber::parse("+12065550100").unwrap(),
                assignee: None,
            }],
            groups: vec![
                group(1, GroupPart::Owner, 4),
                group(2, GroupPart::Member, 0),
                group(3, GroupPart::Member, 2),
            ],
        }
    }

    fn decided(fates: [Option<GroupFate>; 3], numbers_to: Option<u128>) -> OffboardInput {
        let user = leaver();
        OffboardInput {
            number_ids: user.number_ids(),
            groups: user
                .groups
                .iter()
                .zip(fates)
                .map(|(group, fate)| GroupDecision {
                    id: group.id,
                    version: group.version,
                    fate,
                })
                .collect(),
            numbers_to: numbers_to.map(|n| TeamsUserId(Uuid::from_u128(n))),
        }
    }

    fn to(n: u128) -> Option<GroupFate> {
        Some(GroupFate::HandOver {
            to: TeamsUserId(Uuid::from_u128(n)),
        })
    }

    fn fields(input: &OffboardInput, people: &[TeamsUserRef]) -> Vec<String> {
        let errors = input.consequences(&leaver(), people).unwrap_err();
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn everything_that_happens_is_said() {
        let people = [person(2, LicenseState::Licensed), person(3, LicenseState::Unlicensed)];
        let input = decided([to(2), to(3), Some(GroupFate::Leave)], Some(2));
        let group = |n: u128| format!("Group {n}");
        let name = |n: u128| format!("Person {n}");
        assert_eq!(
            input.consequences(&leaver(), &people).unwrap(),
            [
                Consequence::NewOwner {
                    group: group(1),
                    to: name(2)
                },
                Consequence::NewMember {
                    group: group(2),
                    to: name(3)
                },
                Consequence::Leaves { group: group(2) },
                Consequence::Leaves { group: group(3) },
                Consequence::Moves {
                    numbers: vec![PhoneNumber::parse("+12065550100").unwrap()],
                    to: name(2)
                },
            ]
        );
    }

    #[test]
    fn what_needs_a_decision_is_named() {
        let undecided = decided([None, None, Some(GroupFate::Leave)], None);
        let group = |n: u128| group_field(SmsGroupId(Uuid::from_u128(n)));
        assert_eq!(fields(&undecided, &[]), [group(1), group(2)]);
        let impossible = decided(
            [Some(GroupFate::Delete), Some(GroupFate::Leave), Some(GroupFate::Delete)],
            None,
        );
        assert_eq!(fields(&impossible, &[]), [group(1), group(2), group(3)]);
    }

    #[test]
    fn nobody_hands_over_to_themselves_or_to_nobody_and_numbers_need_a_licence() {
        let people = [person(1, LicenseState::Licensed), person(3, LicenseState::Unlicensed)];
        let input = decided([to(1), to(9), Some(GroupFate::Leave)], Some(3));
        assert_eq!(fields(&input, &people).len(), 3);
    }

    #[test]
    fn a_newer_version_of_anything_is_noticed() {
        let input = decided([None, None, None], None);
        let mut user = leaver();
        assert!(input.was_made_from(&user));
        user.groups[2].version += 1;
        assert!(!input.was_made_from(&user));
        let mut user = leaver();
        user.numbers.clear();
        assert!(!input.was_made_from(&user));
    }
}
