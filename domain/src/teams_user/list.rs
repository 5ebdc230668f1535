//! The Users table, and all people on their way to the browser: the groups once, and each person by the places of theirs.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::LicenseState;
use crate::{
    ids::{SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
    table::{ChoiceOption, ColumnSpec, IndexRow, Listed, Shared, TableIndexBuilder, TableSchema, Value},
};

/// What a person is in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupPart {
    /// Its owner, without getting its messages.
    Owner,
    /// Its owner, and a member as well.
    OwnerAndMember,
    /// One of its members.
    Member,
}

impl GroupPart {
    /// Whether the person owns the group.
    #[must_use]
    pub fn owns(self) -> bool {
        matches!(self, Self::Owner | Self::OwnerAndMember)
    }

    /// Whether the person is one of its members.
    #[must_use]
    pub fn belongs(self) -> bool {
        matches!(self, Self::Member | Self::OwnerAndMember)
    }

    /// Both parts together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self.owns() || other.owns(), self.belongs() || other.belongs()) {
            (true, true) => Self::OwnerAndMember,
            (true, false) => Self::Owner,
            (false, _) => Self::Member,
        }
    }
}

/// A group that a person of the table owns or belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserGroup {
    /// The group's id.
    pub id: SmsGroupId,
    /// The group's name.
    pub name: String,
    /// What the person is in it.
    pub part: GroupPart,
    /// Its numbers, ascending.
    pub numbers: Vec<PhoneNumber>,
}

/// Whether a person has a number of their own, or could have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SmsService {
    /// At least one number is theirs.
    Assigned,
    /// None is, but one can be given to them.
    Free,
    /// None is, and none can be: there is no Teams licence.
    Unlicensed,
}

impl SmsService {
    /// The transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Free => "free",
            Self::Unlicensed => "unlicensed",
        }
    }
}

/// The transmitted form of whether somebody can sign in to Microsoft.
#[must_use]
pub fn sign_in_state(enabled: bool) -> &'static str {
    if enabled { "allowed" } else { "blocked" }
}

/// One row of the Users table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsUserRow {
    /// The person's id.
    pub id: TeamsUserId,
    /// The name people know.
    pub display_name: String,
    /// The Microsoft sign-in name.
    pub user_principal_name: String,
    /// Whether the person has Teams.
    pub license: LicenseState,
    /// Whether sign-in is allowed in the Microsoft tenant.
    pub enabled: bool,
    /// The person's own numbers, ascending.
    pub numbers: Vec<PhoneNumber>,
    /// The groups the person owns or belongs to, by name.
    pub groups: Vec<UserGroup>,
}

impl TeamsUserRow {
    /// Whether the person has a number of their own, or could have one.
    #[must_use]
    pub fn service(&self) -> SmsService {
        service(&self.numbers, self.license)
    }
}

fn service(numbers: &[PhoneNumber], license: LicenseState) -> SmsService {
    match license {
        _ if !numbers.is_empty() => SmsService::Assigned,
        LicenseState::Unlicensed => SmsService::Unlicensed,
        LicenseState::Licensed | LicenseState::Unknown => SmsService::Free,
    }
}

const fn choice(value: &'static str, label: &'static str) -> ChoiceOption {
    ChoiceOption { value, label }
}

const LICENSES: &[ChoiceOption] = &[
    choice("licensed", "Licensed"),
    choice("unlicensed", "Not licensed"),
    choice("unknown", "Unknown"),
];

const SERVICES: &[ChoiceOption] = &[
    choice("assigned", "Assigned"),
    choice("free", "Not assigned"),
    choice("unlicensed", "Needs a license"),
];

const SIGN_INS: &[ChoiceOption] = &[choice("allowed", "Allowed"), choice("blocked", "Blocked")];

/// The Users table. Quick search looks at names, sign-in names, numbers and the names of groups; not at the states, whose
/// few words would be found in every row.
pub static TABLE: TableSchema<[ColumnSpec; 5]> = TableSchema::new([
    ColumnSpec::text("name"),
    ColumnSpec::phone("numbers"),
    ColumnSpec::choice("license", LICENSES).not_searchable(),
    ColumnSpec::choice("service", SERVICES).not_searchable(),
    ColumnSpec::choice("sign_in", SIGN_INS).not_searchable(),
]);

/// A group that somebody in the list owns or belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUserGroup {
    /// The group's id.
    pub id: SmsGroupId,
    /// The group's name.
    pub name: String,
    /// Its numbers, ascending.
    pub numbers: Vec<PhoneNumber>,
}

/// One person of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUser {
    /// The person's id.
    pub id: TeamsUserId,
    /// The name people know.
    pub display_name: String,
    /// The Microsoft sign-in name.
    pub user_principal_name: String,
    /// Whether the person has Teams.
    pub license: LicenseState,
    /// Whether sign-in is allowed in the Microsoft tenant.
    pub enabled: bool,
    /// The person's own numbers, ascending.
    pub numbers: Vec<PhoneNumber>,
    /// The places of the person's groups among the groups, ascending, with what the person is in each.
    pub groups: Vec<(u32, GroupPart)>,
}

impl Shared for Vec<ListedUserGroup> {
    fn append(&mut self, mut other: Self) -> u32 {
        let before = u32::try_from(self.len()).unwrap_or(u32::MAX);
        Self::append(self, &mut other);
        before
    }
}

impl ListedUser {
    fn groups<'g>(&self, groups: &'g [ListedUserGroup]) -> impl Iterator<Item = (&'g ListedUserGroup, GroupPart)> {
        self.groups
            .iter()
            .filter_map(|(place, part)| Some((groups.get(*place as usize)?, *part)))
    }
}

impl Listed for ListedUser {
    type Row = TeamsUserRow;
    type Shared = Vec<ListedUserGroup>;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn row(&self, groups: &Self::Shared) -> TeamsUserRow {
        TeamsUserRow {
            id: self.id,
            display_name: self.display_name.clone(),
            user_principal_name: self.user_principal_name.clone(),
            license: self.license,
            enabled: self.enabled,
            numbers: self.numbers.clone(),
            groups: self
                .groups(groups)
                .map(|(group, part)| UserGroup {
                    id: group.id,
                    name: group.name.clone(),
                    part,
                    numbers: group.numbers.clone(),
                })
                .collect(),
        }
    }

    fn index(&self, groups: &Self::Shared, builder: &mut TableIndexBuilder) {
        let of_groups = self.groups(groups).flat_map(|(group, _)| &group.numbers);
        let names = self.groups(groups).map(|(group, _)| group.name.as_str());
        builder.push::<{ TABLE.columns().len() }>(IndexRow {
            id: self.id.0,
            values: [
                Value::from(&self.display_name),
                Value::phones(self.numbers.iter().chain(of_groups)),
                Value::from(self.license.as_str()),
                Value::from(service(&self.numbers, self.license).as_str()),
                Value::from(sign_in_state(self.enabled)),
            ],
            search_only: names
                .chain([self.user_principal_name.as_str()])
                .map(Into::into)
                .collect(),
        });
    }

    fn move_references(&mut self, by: u32) {
        self.groups.iter_mut().for_each(|(place, _)| *place += by);
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::table::TableQuery;

    fn number(text: &str) -> PhoneNumber {
        PhoneNumber::parse(text).unwrap()
    }

    fn group(n: u128, name: &str, numbers: &[&str]) -> ListedUserGroup {
        ListedUserGroup {
            id: SmsGroupId(Uuid::from_u128(n)),
            name: name.to_owned(),
            numbers: numbers.iter().copied().map(number).collect(),
        }
    }

    fn person(n: u128, name: &str, license: LicenseState, groups: &[(u32, GroupPart)]) -> ListedUser {
        ListedUser {
            id: TeamsUserId(Uuid::from_u128(n)),
            display_name: name.to_owned(),
            user_principal_name: format!("{}@company.example", name.to_lowercase()),
            license,
            enabled: true,
            numbers: Vec::new(),
            groups: groups.to_vec(),
        }
    }

    #[test]
    fn a_person_is_found_by_name_sign_in_name_numbers_and_groups() {
        let groups = vec![group(1, "Front Desk", &["+12065550100"]), group(2, "Night Shift", &[])];
        let mut people = [
            person(1, "Ada", LicenseState::Licensed, &[(0, GroupPart::Owner)]),
            person(2, "Bo", LicenseState::Unlicensed, &[(1, GroupPart::Member)]),
        ];
        people[1].numbers = vec![number("+12065550101")];
        let mut builder = TableIndexBuilder::new(&TABLE);
        people.iter().for_each(|person| person.index(&groups, &mut builder));
        let mut index = builder.finish();
        let mut found = |query: &str| {
            let query = TableQuery::parse_lenient(query, &TABLE);
            index.evaluate(&query, DateTime::UNIX_EPOCH).rows
        };
        assert_eq!(found("search=bo%40company"), [1]);
        assert_eq!(found("search=(206)%20555-0100"), [0]);
        assert_eq!(found("search=555%200101"), [1]);
        assert_eq!(found("search=night"), [1]);
        assert_eq!(found("search=licensed"), [0_u32; 0]);
        assert_eq!(found("filter=license:in:unlicensed"), [1]);
    }

    #[test]
    fn whoever_has_a_number_is_served_also_without_a_licence() {
        let state = |license, numbers: &[&str]| {
            let mut person = person(1, "Ada", license, &[]);
            person.numbers = numbers.iter().copied().map(number).collect();
            person.row(&Vec::new()).service()
        };
        assert_eq!(state(LicenseState::Licensed, &[]), SmsService::Free);
        assert_eq!(state(LicenseState::Unknown, &[]), SmsService::Free);
        assert_eq!(state(LicenseState::Unlicensed, &[]), SmsService::Unlicensed);
        assert_eq!(state(LicenseState::Unlicensed, &["+12065550100"]), SmsService::Assigned);
    }

    #[test]
    fn people_of_a_second_answer_keep_their_groups() {
        let mut groups = vec![group(1, "Front Desk", &[])];
        let mut later = person(1, "Ada", LicenseState::Licensed, &[(0, GroupPart::Member)]);
        let by = Shared::append(&mut groups, vec![group(2, "Lobby", &[])]);
        later.move_references(by);
        assert_eq!(later.row(&groups).groups[0].name, "Lobby");
    }

    #[test]
    fn owner_and_member_are_one_part() {
        assert_eq!(GroupPart::Owner.and(GroupPart::Member), GroupPart::OwnerAndMember);
        assert_eq!(GroupPart::Member.and(GroupPart::Member), GroupPart::Member);
        assert!(GroupPart::OwnerAndMember.owns() && GroupPart::OwnerAndMember.belongs());
        assert!(!GroupPart::Owner.belongs());
    }
}
