//! What a page declares about a column.

use std::sync::Arc;

use domain::table::ColumnSpec;
use leptos::prelude::*;

/// Draws something from a row.
pub type Cell<T> = Arc<dyn Fn(&T) -> AnyView + Send + Sync>;

/// What the copy button of a cell copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The button's name, such as "Copy group name Sales".
    pub label: String,
    /// The text that goes to the clipboard.
    pub value: String,
}

/// Finds what the copy button of a row's cell copies; none where there is nothing to copy.
pub type CopiedFrom<T> = Arc<dyn Fn(&T) -> Option<Copied> + Send + Sync>;

/// One column: how the query model knows it, what it is called, how a cell looks and what it copies.
pub struct Column<T: 'static> {
    pub(super) spec: &'static ColumnSpec,
    pub(super) heading: &'static str,
    pub(super) cell: Cell<T>,
    pub(super) copied: Option<CopiedFrom<T>>,
}

impl<T: 'static> Column<T> {
    /// A column of the schema, with its heading and how a cell looks.
    pub fn new<V: IntoView + 'static>(
        spec: &'static ColumnSpec,
        heading: &'static str,
        cell: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        Self {
            spec,
            heading,
            cell: Arc::new(move |row| cell(row).into_any()),
            copied: None,
        }
    }

    /// Gives the cells a copy button.
    #[must_use]
    pub fn copied(mut self, copied: impl Fn(&T) -> Option<Copied> + Send + Sync + 'static) -> Self {
        self.copied = Some(Arc::new(copied));
        self
    }
}
