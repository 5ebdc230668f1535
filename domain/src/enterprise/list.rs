//! The provider's table of enterprises.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{EnterpriseSlug, EnterpriseSwitches};
use crate::{
    ids::EnterpriseId,
    table::{ChoiceOption, ColumnSpec, IndexRow, Listed, TableIndexBuilder, TableSchema, Value},
};

/// What a provider has set for an enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseRecord {
    /// Its id.
    pub id: EnterpriseId,
    /// Counts up with each change.
    pub version: i64,
    /// Its name in addresses.
    pub slug: EnterpriseSlug,
    /// Its name for people.
    pub name: String,
    /// Its switches.
    pub switches: EnterpriseSwitches,
    /// For how many days a released number is kept back; none for not at all.
    pub number_cooling_off_days: Option<u32>,
    /// Whether its own people are locked out for now.
    pub suspended: bool,
}

/// One row of the provider's table of enterprises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseRow {
    /// What the provider has set.
    pub record: EnterpriseRecord,
    /// How many Teams users it has.
    pub user_count: u32,
    /// How many numbers it has.
    pub number_count: u32,
    /// How many SMS groups it has.
    pub group_count: u32,
    /// How many of its domains had expired when the row was read.
    pub expired_domains: u32,
    /// How many of its domains were about to expire then.
    pub expiring_domains: u32,
}

const fn choice(value: &'static str, label: &'static str) -> ChoiceOption {
    ChoiceOption { value, label }
}

const SMS: &[ChoiceOption] = &[choice("on", "On"), choice("off", "Off")];
const APPS: &[ChoiceOption] = &[choice("legacy", "Legacy"), choice("unified", "Unified")];
const STATES: &[ChoiceOption] = &[choice("active", "Active"), choice("suspended", "Suspended")];

/// The provider's table of enterprises.
pub static TABLE: TableSchema<[ColumnSpec; 10]> = TableSchema::new([
    ColumnSpec::text("name"),
    ColumnSpec::text("slug"),
    ColumnSpec::choice("state", STATES),
    ColumnSpec::choice("sms", SMS),
    ColumnSpec::choice("connector_app", APPS),
    ColumnSpec::number("expired"),
    ColumnSpec::number("expiring"),
    ColumnSpec::number("users"),
    ColumnSpec::number("numbers"),
    ColumnSpec::number("groups"),
]);

impl EnterpriseRow {
    /// The row as the table's index takes it in.
    #[must_use]
    pub fn indexed(&self) -> IndexRow<'_, 10> {
        let record = &self.record;
        IndexRow {
            id: record.id.0,
            values: [
                Value::from(&record.name),
                Value::from(record.slug.as_str()),
                Value::from(if record.suspended { "suspended" } else { "active" }),
                Value::from(if record.switches.sms { "on" } else { "off" }),
                Value::from(record.switches.connector_app.as_str()),
                Value::from(self.expired_domains),
                Value::from(self.expiring_domains),
                Value::from(self.user_count),
                Value::from(self.number_count),
                Value::from(self.group_count),
            ],
            search_only: Vec::new(),
        }
    }
}

impl Listed for EnterpriseRow {
    type Row = Self;
    type Shared = ();

    fn id(&self) -> Uuid {
        self.record.id.0
    }

    fn row(&self, (): &()) -> Self {
        self.clone()
    }

    fn index(&self, (): &(), builder: &mut TableIndexBuilder) {
        builder.push(self.indexed());
    }
}
