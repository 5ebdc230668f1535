//! SMS groups: Teams users who share phone numbers. Every member gets a copy of every message.

mod change;
mod conflict;
mod list;
mod restore;

use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

pub use self::{
    change::GroupChange,
    conflict::{ChangedBy, ChangedField, GroupField, changed_fields},
    list::{ListedGroup, ListedPerson},
    restore::{LostNumber, NotRestored, RestoredGroup},
};
use crate::{
    error::FieldError,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{CoolingOff, PhoneNumberRef},
    phone::PhoneNumber,
    table::{ColumnSpec, TableSchema, fold},
    teams_user::{TeamsUserRef, Unreachable},
    text::{TextError, one_line},
};

/// The most members and the most numbers one group can have; a bound for request sizes, far above real use.
pub const MAX_MEMBERS: usize = 1_000;
/// See [`MAX_MEMBERS`].
pub const MAX_NUMBERS: usize = 200;

/// For how long after its deletion a group can be restored: as long as the notice of the deletion offers it. Whoever
/// finds out later should not bring back a state that nobody remembers.
pub const UNDO_FOR: TimeDelta = TimeDelta::minutes(10);

/// The name of an SMS group: one visible line of 1 to 64 characters, unique in its enterprise without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GroupName(String);

impl GroupName {
    /// The most characters of a name.
    pub const MAX_CHARS: usize = 64;

    /// Trims and checks `text`.
    ///
    /// # Errors
    /// [`TextError`] names the first rule that is broken.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        one_line(text, Self::MAX_CHARS).map(Self)
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two names must not share: the name with its white space made single and without regard to case. Letters go
    /// through their capital, one by one, so that `ß` is `SS` and the Greek final sigma a sigma.
    #[must_use]
    pub fn key(&self) -> String {
        let words = self.0.split_whitespace().collect::<Vec<_>>().join(" ");
        let capitals = words.chars().flat_map(char::to_lowercase).flat_map(char::to_uppercase);
        capitals.flat_map(char::to_lowercase).collect()
    }
}

impl fmt::Display for GroupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for GroupName {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<GroupName> for String {
    fn from(name: GroupName) -> Self {
        name.0
    }
}

/// What a person typed into the group dialog, not checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsGroupInput {
    /// The name as typed.
    pub name: String,
    /// The chosen owner, if any.
    pub owner_id: Option<TeamsUserId>,
    /// The chosen members.
    #[serde(default)]
    pub member_ids: Vec<TeamsUserId>,
    /// The chosen numbers.
    #[serde(default)]
    pub number_ids: Vec<PhoneNumberId>,
    /// Whether the running cooling-off time of a number that is new in the group stands in the way.
    #[serde(default)]
    pub cooling_off: CoolingOff,
}

/// A group that keeps every rule that can be checked without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsGroupDraft {
    /// Its name.
    pub name: GroupName,
    /// Its owner.
    pub owner_id: TeamsUserId,
    /// Its members, each once, at least one.
    pub member_ids: Vec<TeamsUserId>,
    /// Its numbers, each once.
    pub number_ids: Vec<PhoneNumberId>,
}

impl SmsGroupInput {
    /// Checks everything that can be checked without the database.
    ///
    /// # Errors
    /// Every broken rule, in the order of the fields.
    pub fn check(&self) -> Result<SmsGroupDraft, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = GroupName::parse(&self.name)
            .map_err(|error| errors.push(FieldError::new("name", name_advice(&error))))
            .ok();
        if self.owner_id.is_none() {
            errors.push(FieldError::new("owner_id", "Choose who owns the group."));
        }
        let member_ids = distinct(&self.member_ids);
        if member_ids.is_empty() {
            errors.push(FieldError::new("member_ids", "Add at least one member."));
        } else if member_ids.len() > MAX_MEMBERS {
            errors.push(FieldError::new(
                "member_ids",
                format!("A group can have at most {MAX_MEMBERS} members."),
            ));
        }
        let number_ids = distinct(&self.number_ids);
        if number_ids.len() > MAX_NUMBERS {
            errors.push(FieldError::new(
                "number_ids",
                format!("A group can have at most {MAX_NUMBERS} numbers."),
            ));
        }
        match (name, self.owner_id) {
            (Some(name), Some(owner_id)) if errors.is_empty() => Ok(SmsGroupDraft {
                name,
                owner_id,
                member_ids,
                number_ids,
            }),
            _ => Err(errors),
        }
    }
}

impl SmsGroupInput {
    /// Whether both ask for the same group, whatever the order of members and numbers.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        self.name == other.name
            && self.owner_id == other.owner_id
            && distinct(&self.member_ids) == distinct(&other.member_ids)
            && distinct(&self.number_ids) == distinct(&other.number_ids)
    }

    /// Whether both have one name, apart from what saving takes off its ends.
    fn keeps_name_of(&self, other: &Self) -> bool {
        self.name.trim() == other.name.trim()
    }

    /// Puts the changes that lead from `base` to this on top of `current`, which somebody else has saved since `base`
    /// was read: what only they changed stays, what both changed becomes as it is here. Cooling-off times are asked about
    /// anew.
    #[must_use]
    pub fn reapply(&self, base: &Self, current: &SmsGroup) -> Self {
        let current = current.input();
        Self {
            name: if self.keeps_name_of(base) {
                current.name
            } else {
                self.name.clone()
            },
            owner_id: if self.owner_id == base.owner_id {
                current.owner_id
            } else {
                self.owner_id
            },
            member_ids: merge(&base.member_ids, &self.member_ids, &current.member_ids),
            number_ids: merge(&base.number_ids, &self.number_ids, &current.number_ids),
            cooling_off: CoolingOff::Heeded,
        }
    }
}

/// `current` with what `mine` added to and removed from `base`.
fn merge<T: Copy + Ord>(base: &[T], mine: &[T], current: &[T]) -> Vec<T> {
    let kept = current.iter().filter(|id| !base.contains(id) || mine.contains(id));
    let added = mine.iter().filter(|id| !base.contains(id));
    distinct(&kept.chain(added).copied().collect::<Vec<_>>())
}

fn name_advice(error: &TextError) -> String {
    match error {
        TextError::Empty => "Enter a name for the group.".to_owned(),
        TextError::TooLong { max } => format!("Use at most {max} characters."),
        TextError::Unprintable => "Remove the characters that cannot be shown, such as line breaks.".to_owned(),
    }
}

fn distinct<T: Copy + Ord>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// How many of the members that messages will not reach a row names; the rest is counted.
pub const UNREACHABLE_NAMED: usize = 10;

/// A member that messages will not reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreachableMember {
    /// The name people know.
    pub name: String,
    /// Why messages will not reach this person.
    pub why: Unreachable,
}

/// The first [`UNREACHABLE_NAMED`] of these by name.
#[must_use]
pub fn first_unreachable(members: impl IntoIterator<Item = (String, Unreachable)>) -> Vec<UnreachableMember> {
    let mut members: Vec<UnreachableMember> = members
        .into_iter()
        .map(|(name, why)| UnreachableMember { name, why })
        .collect();
    members.sort_by_cached_key(|member| (fold(&member.name), member.name.clone(), member.why));
    members.truncate(UNREACHABLE_NAMED);
    members
}

/// One row of the Groups table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsGroupRow {
    /// The group's id.
    pub id: SmsGroupId,
    /// Counts up with each change; an update must name the version it was made from.
    pub version: i64,
    /// The group's name.
    pub name: String,
    /// How many members it has.
    pub member_count: u32,
    /// How many of the members will not get messages, because they are disabled or have no licence.
    pub unreachable_count: u32,
    /// The first of these by name, and why; see [`first_unreachable`].
    pub unreachable: Vec<UnreachableMember>,
    /// Its numbers, ascending.
    pub numbers: Vec<PhoneNumber>,
    /// The owner's name.
    pub owner_name: String,
    /// Whether and why messages will not reach the owner.
    pub owner_unreachable: Option<Unreachable>,
}

/// One group with everything in it, for its dialogs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsGroup {
    /// The group's id.
    pub id: SmsGroupId,
    /// Counts up with each change.
    pub version: i64,
    /// The group's name.
    pub name: String,
    /// Its owner.
    pub owner: TeamsUserRef,
    /// Its members by name.
    pub members: Vec<TeamsUserRef>,
    /// Its numbers, ascending.
    pub numbers: Vec<PhoneNumberRef>,
}

impl SmsGroup {
    /// The group as its dialog would send it back.
    #[must_use]
    pub fn input(&self) -> SmsGroupInput {
        SmsGroupInput {
            name: self.name.clone(),
            owner_id: Some(self.owner.id),
            member_ids: self.members.iter().map(|member| member.id).collect(),
            number_ids: self.numbers.iter().map(|number| number.id).collect(),
            cooling_off: CoolingOff::Heeded,
        }
    }
}

/// The Groups table. Quick search also looks at the names and sign-in names of members and owner.
pub static TABLE: TableSchema<[ColumnSpec; 5]> = TableSchema::new([
    ColumnSpec::text("name"),
    ColumnSpec::number("members"),
    ColumnSpec::phone("numbers"),
    ColumnSpec::text("owner"),
    ColumnSpec::number("reachable").not_searchable(),
]);

impl SmsGroupRow {
    /// How many members messages reach.
    #[must_use]
    pub fn reachable_count(&self) -> u32 {
        self.member_count.saturating_sub(self.unreachable_count)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::teams_user::LicenseState;
    use uuid::Uuid;

    fn person(n: u128) -> TeamsUserRef {
        TeamsUserRef {
            id: user(n),
            display_name: format!("Person {n}"),
            user_principal_name: format!("person{n}@company.example"),
            license: LicenseState::Licensed,
            enabled: true,
        }
    }

    pub(super) fn group(name: &str, owner: u128, members: &[u128]) -> SmsGroup {
        SmsGroup {
            id: SmsGroupId(Uuid::from_u128(99)),
            version: 1,
            name: name.to_owned(),
            owner: person(owner),
            members: members.iter().copied().map(person).collect(),
            numbers: Vec::new(),
        }
    }

    #[test]
    fn both_peoples_changes_are_kept() {
        let base = group("Sales", 1, &[1, 2, 3]);
        let theirs = group("Sales West", 1, &[1, 3, 4]);
        let mut mine = base.input();
        mine.owner_id = Some(user(3));
        mine.member_ids = vec![user(1), user(2), user(5)];
        let merged = mine.reapply(&base.input(), &theirs);
        assert_eq!(merged.name, "Sales West");
        assert_eq!(merged.owner_id, Some(user(3)));
        assert_eq!(merged.member_ids, [user(1), user(4), user(5)]);
    }

    #[test]
    fn spaces_around_a_name_do_not_undo_their_renaming() {
        let base = group("Sales", 1, &[1]);
        let mut mine = base.input();
        mine.name = "Sales ".to_owned();
        assert_eq!(
            mine.reapply(&base.input(), &group("Sales West", 1, &[1])).name,
            "Sales West"
        );
    }

    pub(super) fn user(n: u128) -> TeamsUserId {
        TeamsUserId(Uuid::from_u128(n))
    }

    #[test]
    fn every_broken_rule_is_told_at_once() {
        let fields: Vec<String> = SmsGroupInput::default()
            .check()
            .unwrap_err()
            .into_iter()
            .map(|error| error.field)
            .collect();
        assert_eq!(fields, ["name", "owner_id", "member_ids"]);
    }

    #[test]
    fn a_member_named_twice_counts_once() {
        let input = SmsGroupInput {
            name: " Sales ".to_owned(),
            owner_id: Some(user(1)),
            member_ids: vec![user(2), user(1), user(2)],
            ..SmsGroupInput::default()
        };
        let draft = input.check().unwrap();
        assert_eq!(draft.name.as_str(), "Sales");
        assert_eq!(draft.member_ids, [user(1), user(2)]);
    }

    #[test]
    fn names_that_differ_only_in_case_share_a_key() {
        let key = |name| GroupName::parse(name).unwrap().key();
        assert_eq!(key("ÖFFNUNG  West"), key("öffnung west"));
        assert_eq!(key("STRASSE"), key("Straße"));
        assert_eq!(key("STRAẞE"), key("Straße"));
        assert_eq!(key("ΟΔΟΣ"), key("οδος"));
        assert_ne!(key("Café"), key("Cafe"));
    }
}
