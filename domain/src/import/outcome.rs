//! The table of what becomes, or became, of each row of a file.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::RowOutcome;
use crate::table::{ChoiceOption, ColumnSpec, Direction, IndexRow, Listed, TableIndexBuilder, TableSchema, Value};

/// What becomes of a row, or of a person who has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// A new thing is added.
    Added,
    /// A thing that is there is changed.
    Updated,
    /// The thing is there and already as the row says.
    Unchanged,
    /// Nothing is done.
    Rejected,
    /// No row: an enabled person of the portal who is not in the file.
    Missing,
}

impl OutcomeKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Rejected,
        Self::Added,
        Self::Updated,
        Self::Unchanged,
        Self::Missing,
    ];

    /// The stored and transmitted form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Rejected => "rejected",
            Self::Missing => "missing",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Updated => "Changed",
            Self::Unchanged => "Unchanged",
            Self::Rejected => "Rejected",
            Self::Missing => "Not in the file",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl From<&RowOutcome> for OutcomeKind {
    fn from(outcome: &RowOutcome) -> Self {
        match outcome {
            RowOutcome::Added { .. } => Self::Added,
            RowOutcome::Updated { .. } => Self::Updated,
            RowOutcome::Unchanged => Self::Unchanged,
            RowOutcome::Rejected { .. } => Self::Rejected,
        }
    }
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeRow {
    /// Its place among the outcomes of the file, from 1.
    pub position: u32,
    /// The line of the file it starts on, counted from 1 with the header; none for a person who is not in the file.
    pub line: Option<u32>,
    /// The number or the sign-in name, as written in the file.
    pub subject: String,
    /// What becomes of it.
    pub outcome: OutcomeKind,
    /// Why it is rejected, what is changed, what a new thing is, or what a person who is not in the file holds; empty where
    /// nothing is to be said.
    pub reason: String,
}

/// The words of the outcome column, what needs somebody first.
pub const OUTCOMES: &[ChoiceOption] = &[
    outcome(OutcomeKind::Rejected),
    outcome(OutcomeKind::Added),
    outcome(OutcomeKind::Updated),
    outcome(OutcomeKind::Unchanged),
    outcome(OutcomeKind::Missing),
];

const fn outcome(kind: OutcomeKind) -> ChoiceOption {
    ChoiceOption {
        value: kind.as_str(),
        label: kind.label(),
    }
}

/// The outcomes of a file, in its order.
pub static TABLE: TableSchema<[ColumnSpec; 4]> = TableSchema::new([
    ColumnSpec::number("line").not_searchable(),
    ColumnSpec::text("subject"),
    ColumnSpec::choice("outcome", OUTCOMES),
    ColumnSpec::text("reason"),
])
.sorted_by("line", Direction::Ascending);

impl OutcomeRow {
    /// What tells it apart from the others of its file.
    #[must_use]
    pub fn key(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.position))
    }
}

impl Listed for OutcomeRow {
    type Row = Self;
    type Shared = ();

    fn id(&self) -> Uuid {
        self.key()
    }

    fn row(&self, (): &()) -> Self {
        self.clone()
    }

    fn index(&self, (): &(), builder: &mut TableIndexBuilder) {
        builder.push::<{ TABLE.columns().len() }>(IndexRow {
            id: self.key(),
            values: [
                Value::from(self.line),
                Value::from(&self.subject),
                Value::from(self.outcome.as_str()),
                Value::from(&self.reason),
            ],
            search_only: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_read_as_they_are_written_and_all_can_be_chosen() {
        for kind in OutcomeKind::ALL {
            assert_eq!(OutcomeKind::parse(kind.as_str()), Some(kind));
        }
        let values: Vec<&str> = OUTCOMES.iter().map(|option| option.value).collect();
        assert_eq!(values, OutcomeKind::ALL.map(OutcomeKind::as_str));
        assert_eq!(OutcomeKind::parse("lost"), None);
    }
}
