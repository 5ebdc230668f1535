//! The Tasks table, and its rows on their way to the browser.

use std::borrow::Cow;

use uuid::Uuid;

use super::{TaskKind, TaskRow, TaskState};
use crate::table::{ChoiceOption, ColumnSpec, Direction, IndexRow, Listed, TableIndexBuilder, TableSchema, Value};

/// The words of the column that says what a task does; also the place to add another kind.
pub const KINDS: &[ChoiceOption] = &[
    kind(TaskKind::Sync),
    kind(TaskKind::ImportNumbers),
    kind(TaskKind::ImportUsers),
];

/// The words of the state column, in the order of a task's life.
pub const STATES: &[ChoiceOption] = &[
    state(TaskState::Waiting),
    state(TaskState::Running),
    state(TaskState::Done),
    state(TaskState::Failed),
];

const fn kind(kind: TaskKind) -> ChoiceOption {
    ChoiceOption {
        value: kind.as_str(),
        label: kind.label(),
    }
}

const fn state(state: TaskState) -> ChoiceOption {
    ChoiceOption {
        value: state.as_str(),
        label: state.label(),
    }
}

/// The Tasks table, the latest first.
pub static TABLE: TableSchema<[ColumnSpec; 5]> = TableSchema::new([
    ColumnSpec::choice("kind", KINDS),
    ColumnSpec::text("started_by"),
    ColumnSpec::date("created_at"),
    ColumnSpec::choice("state", STATES),
    ColumnSpec::number("duration").not_searchable(),
])
.sorted_by("created_at", Direction::Descending);

impl Listed for TaskRow {
    type Row = Self;
    type Shared = ();

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn row(&self, (): &()) -> Self {
        self.clone()
    }

    fn index(&self, (): &(), builder: &mut TableIndexBuilder) {
        builder.push::<{ TABLE.columns().len() }>(IndexRow {
            id: self.id.0,
            values: [
                Value::from(self.kind.as_str()),
                Value::from(&self.started_by),
                Value::from(self.created_at),
                Value::from(self.state.as_str()),
                Value::from(self.duration_seconds),
            ],
            search_only: self.file.iter().map(|file| Cow::from(&file.name)).collect(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_state_can_be_chosen() {
        let values = |options: &[ChoiceOption]| options.iter().map(|option| option.value).collect::<Vec<_>>();
        assert_eq!(values(KINDS), TaskKind::ALL.map(TaskKind::as_str));
        assert_eq!(values(STATES), TaskState::ALL.map(TaskState::as_str));
    }
}
