//! How a table is laid out on this device: which columns are hidden and how dense its rows are. Remembered by the browser.

use leptos::prelude::*;

use crate::{effect::effect, ui::storage};

/// The layout of one table.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    id: &'static str,
    hidden: RwSignal<Vec<&'static str>>,
    compact: RwSignal<bool>,
}

/// The layout of the table of that id, as it was left on this device; the server knows only the usual one, which is
/// without the columns `hidden_at_first`.
pub(super) fn use_layout(id: &'static str, columns: Vec<&'static str>, hidden_at_first: Vec<&'static str>) -> Layout {
    let layout = Layout {
        id,
        hidden: RwSignal::new(hidden_at_first),
        compact: RwSignal::new(false),
    };
    effect(move || {
        if let Some(remembered) = storage::read(&layout.hidden_key()) {
            let hidden: Vec<&'static str> = columns
                .iter()
                .copied()
                .filter(|column| remembered.split(',').any(|name| name == *column))
                .collect();
            let is_other = *layout.hidden.read_untracked() != hidden;
            if is_other {
                layout.hidden.set(hidden);
            }
        }
        if storage::read(DENSITY_KEY).as_deref() == Some(COMPACT) {
            layout.compact.set(true);
        }
    });
    layout
}

/// One density for all tables.
const DENSITY_KEY: &str = "table-density";
const COMPACT: &str = "compact";

impl Layout {
    /// The ids of the hidden columns.
    pub(super) fn hidden(&self) -> Vec<&'static str> {
        self.hidden.get()
    }

    /// Whether a column is shown.
    pub(super) fn shows(&self, column: &'static str) -> bool {
        !self.hidden.read().contains(&column)
    }

    /// Shows or hides a column.
    pub(super) fn set_shown(&self, column: &'static str, shown: bool) {
        self.hidden.update(|hidden| {
            hidden.retain(|other| *other != column);
            if !shown {
                hidden.push(column);
            }
        });
        storage::write(&self.hidden_key(), &self.hidden.read_untracked().join(","));
    }

    /// What style sheets know the density by; none for the usual one.
    pub(super) fn density(&self) -> Option<&'static str> {
        self.compact.get().then_some(COMPACT)
    }

    /// Whether rows are dense.
    pub(super) fn is_compact(&self) -> bool {
        self.compact.get()
    }

    /// Makes rows dense or not.
    pub(super) fn set_compact(&self, compact: bool) {
        self.compact.set(compact);
        storage::write(DENSITY_KEY, if compact { COMPACT } else { "" });
    }

    fn hidden_key(&self) -> String {
        format!("table-{}-hidden", self.id)
    }
}
