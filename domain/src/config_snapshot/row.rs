//! The configuration as a table: one row for each number.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Configuration, ConfiguredGroup, ConfiguredNumber, ConfiguredPerson, Serves};
use crate::{
    ids::{PhoneNumberId, SmsGroupId},
    phone::PhoneNumber,
    table::{ChoiceOption, ColumnSpec, IndexRow, Listed, TableIndexBuilder, TableSchema, Value},
};

/// A number of the published configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfiguredRow {
    /// The number's id.
    pub id: PhoneNumberId,
    /// The number.
    pub number: PhoneNumber,
    /// The name of whom it serves.
    pub serves: String,
    /// Whether that is a group.
    pub group: bool,
    /// The sign-in names of those who get its messages, ascending.
    pub receivers: Vec<String>,
}

/// The words of the kind column.
pub const KINDS: &[ChoiceOption] = &[
    ChoiceOption {
        value: "teams_user",
        label: "Teams user",
    },
    ChoiceOption {
        value: "sms_group",
        label: "SMS group",
    },
];

/// The table of the published configuration.
pub static TABLE: TableSchema<[ColumnSpec; 4]> = TableSchema::new([
    ColumnSpec::phone("number"),
    ColumnSpec::text("serves"),
    ColumnSpec::choice("kind", KINDS),
    ColumnSpec::text_list("receivers"),
]);

impl ConfiguredRow {
    /// The word of the kind column.
    #[must_use]
    pub fn kind(&self) -> &'static ChoiceOption {
        &KINDS[usize::from(self.group)]
    }

    /// The row as the table's index takes it in.
    #[must_use]
    pub fn indexed(&self) -> IndexRow<'_, 4> {
        IndexRow {
            id: self.id.0,
            values: [
                Value::phones([&self.number]),
                Value::from(&self.serves),
                Value::from(self.kind().value),
                Value::list(self.receivers.iter().map(String::as_str)),
            ],
            search_only: Vec::new(),
        }
    }
}

impl Listed for ConfiguredRow {
    type Row = Self;
    type Shared = ();

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn row(&self, (): &()) -> Self {
        self.clone()
    }

    fn index(&self, (): &(), builder: &mut TableIndexBuilder) {
        builder.push(self.indexed());
    }
}

/// The rows of a configuration, by number.
#[must_use]
pub fn rows(configuration: &Configuration) -> Vec<ConfiguredRow> {
    let Configuration { numbers, groups } = configuration;
    let groups: BTreeMap<SmsGroupId, &ConfiguredGroup> = groups.iter().map(|group| (group.id, group)).collect();
    numbers.iter().map(|number| row(number, &groups)).collect()
}

fn row(number: &ConfiguredNumber, groups: &BTreeMap<SmsGroupId, &ConfiguredGroup>) -> ConfiguredRow {
    let (served, receivers): (Option<&str>, Vec<&ConfiguredPerson>) = match &number.serves {
        Serves::TeamsUser { user } => (Some(user.display_name.as_str()), vec![user]),
        Serves::SmsGroup { id } => {
            let group = groups.get(id);
            let members = group.into_iter().flat_map(|group| &group.members);
            (group.map(|group| group.name.as_str()), members.collect())
        }
    };
    let mut receivers: Vec<String> = receivers
        .into_iter()
        .map(|person| person.user_principal_name.clone())
        .collect();
    receivers.sort_unstable();
    ConfiguredRow {
        id: number.id,
        number: number.number,
        serves: served.unwrap_or_default().to_owned(),
        group: matches!(number.serves, Serves::SmsGroup { .. }),
        receivers,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{
        super::tests::{group, in_group, number, user},
        *,
    };
    use crate::table::{TableIndex, TableQuery};

    #[test]
    fn each_number_tells_whom_it_serves_and_who_gets_its_messages() {
        let configuration = Configuration::new(
            vec![number(2, user(3)), number(1, in_group(1))],
            vec![group(1, "Sales", 9, &[2, 1])],
        );
        let told: Vec<_> = rows(&configuration)
            .into_iter()
            .map(|row| {
                (
                    row.number.to_string(),
                    row.serves.clone(),
                    row.kind().label,
                    row.receivers,
                )
            })
            .collect();
        let members = ["person1@company.example", "person2@company.example"].map(str::to_owned);
        assert_eq!(
            told,
            [
                (
                    "+12065550101".to_owned(),
                    "Sales".to_owned(),
                    "SMS group",
                    members.to_vec()
                ),
                (
                    "+12065550102".to_owned(),
                    "Person 3".to_owned(),
                    "Teams user",
                    vec!["person3@company.example".to_owned()]
                ),
            ]
        );
    }

    #[test]
    fn a_number_is_found_by_whoever_gets_its_messages() {
        let configuration = Configuration::new(
            vec![number(1, in_group(1)), number(2, user(3))],
            vec![group(1, "Sales", 9, &[1, 2])],
        );
        let rows = rows(&configuration);
        let mut index = TableIndex::build(&TABLE, &rows, ConfiguredRow::indexed);
        let mut found = |search: &str| {
            let query = TableQuery::default().with_search(search);
            index.evaluate(&query, DateTime::UNIX_EPOCH).rows
        };
        assert_eq!(found("person2@"), [0]);
        assert_eq!(found("(206) 555-0102"), [1]);
        assert_eq!(found("sms group"), [0]);
    }
}
