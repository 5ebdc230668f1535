//! All groups on their way to the browser: the people once, and each group by the places of its people.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{SmsGroupRow, TABLE, first_unreachable};
use crate::{
    ids::SmsGroupId,
    phone::PhoneNumber,
    table::{IndexRow, Listed, Shared, TableIndexBuilder, Value},
    teams_user::Unreachable,
};

/// Somebody who owns or belongs to a group of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPerson {
    /// The name people know.
    pub display_name: String,
    /// The Microsoft sign-in name.
    pub user_principal_name: String,
    /// Whether and why messages will not reach this person.
    pub unreachable: Option<Unreachable>,
}

/// One group of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedGroup {
    /// The group's id.
    pub id: SmsGroupId,
    /// Counts up with each change.
    pub version: i64,
    /// The group's name.
    pub name: String,
    /// The owner's place among the people.
    pub owner: u32,
    /// The members' places among the people.
    pub members: Vec<u32>,
    /// Its numbers, ascending.
    pub numbers: Vec<PhoneNumber>,
}

impl Shared for Vec<ListedPerson> {
    fn append(&mut self, mut other: Self) -> u32 {
        let before = u32::try_from(self.len()).unwrap_or(u32::MAX);
        Self::append(self, &mut other);
        before
    }
}

impl Listed for ListedGroup {
    type Row = SmsGroupRow;
    type Shared = Vec<ListedPerson>;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn row(&self, people: &Self::Shared) -> SmsGroupRow {
        let owner = people.get(self.owner as usize);
        SmsGroupRow {
            id: self.id,
            version: self.version,
            name: self.name.clone(),
            member_count: small(self.members.len()),
            unreachable_count: small(self.members.len() - self.reachable(people)),
            unreachable: first_unreachable(
                self.members(people)
                    .filter_map(|member| Some((member.display_name.clone(), member.unreachable?))),
            ),
            numbers: self.numbers.clone(),
            owner_name: owner.map(|owner| owner.display_name.clone()).unwrap_or_default(),
            owner_unreachable: owner.and_then(|owner| owner.unreachable),
        }
    }

    fn index(&self, people: &Self::Shared, builder: &mut TableIndexBuilder) {
        let owner = people.get(self.owner as usize);
        let owner_name = owner.map(|owner| &owner.display_name);
        let owner_principal = owner.map(|owner| owner.user_principal_name.as_str());
        let members = self.members(people);
        let member_texts = members.flat_map(|member| [member.display_name.as_str(), &member.user_principal_name]);
        builder.push::<{ TABLE.columns().len() }>(IndexRow {
            id: self.id.0,
            values: [
                Value::from(&self.name),
                Value::from(small(self.members.len())),
                Value::phones(&self.numbers),
                Value::from(owner_name),
                Value::from(small(self.reachable(people))),
            ],
            search_only: member_texts.chain(owner_principal).map(Into::into).collect(),
        });
    }

    fn move_references(&mut self, by: u32) {
        self.owner += by;
        self.members.iter_mut().for_each(|member| *member += by);
    }
}

impl ListedGroup {
    fn members<'p>(&self, people: &'p [ListedPerson]) -> impl Iterator<Item = &'p ListedPerson> {
        self.members.iter().filter_map(|place| people.get(*place as usize))
    }

    /// How many members messages reach.
    fn reachable(&self, people: &[ListedPerson]) -> usize {
        self.members(people)
            .filter(|member| member.unreachable.is_none())
            .count()
    }
}

/// A count as rows hold it; no group has more members than that.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::{sms_group::UNREACHABLE_NAMED, table::TableQuery};

    fn person(name: &str, unreachable: Option<Unreachable>) -> ListedPerson {
        ListedPerson {
            display_name: name.to_owned(),
            user_principal_name: format!("{}@company.example", name.to_lowercase()),
            unreachable,
        }
    }

    fn group(n: u128, name: &str, owner: u32, members: &[u32]) -> ListedGroup {
        ListedGroup {
            id: SmsGroupId(Uuid::from_u128(n)),
            version: 1,
            name: name.to_owned(),
            owner,
            members: members.to_vec(),
            numbers: vec![PhoneNumber::parse("+12065550100").unwrap()],
        }
    }

    #[test]
    fn a_group_is_found_by_its_people_and_shows_how_many_get_messages() {
        let people = vec![
            person("Ada", None),
            person("Bo", Some(Unreachable::Disabled)),
            person("Cy", None),
        ];
        let groups = [group(1, "Sales", 0, &[0, 1]), group(2, "Support", 2, &[1, 2])];
        let mut builder = TableIndexBuilder::new(&TABLE);
        groups.iter().for_each(|group| group.index(&people, &mut builder));
        let mut index = builder.finish();
        let mut found = |search: &str| {
            let query = TableQuery::default().with_search(search);
            index.evaluate(&query, DateTime::UNIX_EPOCH).rows
        };
        assert_eq!(found("bo@company"), [0, 1]);
        assert_eq!(found("ada"), [0]);
        assert_eq!(found("(206) 555-0100"), [0, 1]);
        let row = groups[0].row(&people);
        assert_eq!(
            (row.member_count, row.unreachable_count, row.owner_name.as_str()),
            (2, 1, "Ada")
        );
    }

    #[test]
    fn a_row_names_the_first_of_those_messages_do_not_reach() {
        let mut people: Vec<ListedPerson> = (0..12)
            .rev()
            .map(|n| person(&format!("Bo {n:02}"), Some(Unreachable::Disabled)))
            .collect();
        people.push(person("ábel", Some(Unreachable::Unlicensed)));
        people.push(person("Ada", None));
        let members: Vec<u32> = (0..14).collect();
        let row = group(1, "Sales", 13, &members).row(&people);
        assert_eq!(row.unreachable_count, 13);
        let named: Vec<(&str, Unreachable)> = row
            .unreachable
            .iter()
            .map(|member| (member.name.as_str(), member.why))
            .collect();
        assert_eq!(named.len(), UNREACHABLE_NAMED);
        assert_eq!(
            (named[0], named[1], named[9]),
            (
                ("ábel", Unreachable::Unlicensed),
                ("Bo 00", Unreachable::Disabled),
                ("Bo 08", Unreachable::Disabled),
            )
        );
    }

    #[test]
    fn people_of_a_second_answer_keep_their_groups() {
        let mut people = vec![person("Ada", None)];
        let mut later = group(1, "Sales", 0, &[1]);
        let by = Shared::append(&mut people, vec![person("Bo", None), person("Cy", None)]);
        later.move_references(by);
        let names: Vec<&str> = later
            .members(&people)
            .map(|member| member.display_name.as_str())
            .collect();
        assert_eq!((later.row(&people).owner_name.as_str(), names), ("Bo", vec!["Cy"]));
    }
}
