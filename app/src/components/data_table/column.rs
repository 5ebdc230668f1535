//! What a page declares about a column and about the buttons of a row, and the same with the row's type forgotten, so
//! that the table itself is compiled once for all pages.

use std::{any::Any, sync::Arc};

use domain::table::ColumnSpec;
use leptos::prelude::*;
use uuid::Uuid;

use crate::erase::{Erase, Erased};

/// What the copy button of a cell copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The button's name, such as "Copy group name Sales".
    pub label: String,
    /// The text that goes to the clipboard.
    pub value: String,
}

/// One row, whatever its type.
#[derive(Clone)]
pub(super) struct RowHandle {
    pub(super) id: Uuid,
    /// Which answer the row is from.
    pub(super) generation: u32,
    pub(super) row: Arc<dyn Any + Send + Sync>,
}

pub(super) type FromRow<V> = Arc<dyn Fn(&RowHandle) -> V + Send + Sync>;

/// Forgets the type of the row that `read` reads. A table is made of one type, so the row always is of it.
pub(super) fn erased<T: 'static, V: Default>(read: impl Fn(&T) -> V + Send + Sync + 'static) -> FromRow<V> {
    Arc::new(move |handle| handle.row.downcast_ref::<T>().map(&read).unwrap_or_default())
}

/// One column: how the query model knows it, what it is called, how a cell looks, what it copies and where it leads.
pub struct Column<T> {
    erased: AnyColumn,
    of: std::marker::PhantomData<fn(T)>,
}

#[derive(Clone)]
pub(super) struct AnyColumn {
    pub(super) spec: &'static ColumnSpec,
    pub(super) heading: &'static str,
    pub(super) cell: FromRow<Option<Erased>>,
    pub(super) copied: Option<FromRow<Option<Copied>>>,
    /// The parameters of the dialog that the cell opens.
    pub(super) opens: Option<FromRow<Option<String>>>,
    pub(super) hidden_at_first: bool,
}

impl<T: 'static> Column<T> {
    /// A column of the schema, with its heading and how a cell looks. Cells are drawn anew with every key of a search that
    /// puts another row there, so they hold no state of their own; a row that stays is not drawn again, so signals are read
    /// in closures within the view.
    pub fn new<V: IntoView + 'static>(
        spec: &'static ColumnSpec,
        heading: &'static str,
        cell: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        Self {
            erased: AnyColumn {
                spec,
                heading,
                cell: erased(move |row| Some(cell(row).erase())),
                copied: None,
                opens: None,
                hidden_at_first: false,
            },
            of: std::marker::PhantomData,
        }
    }

    /// Gives the cells a copy button.
    #[must_use]
    pub fn copied(mut self, copied: impl Fn(&T) -> Option<Copied> + Send + Sync + 'static) -> Self {
        self.erased.copied = Some(erased(copied));
        self
    }

    /// Makes the cells links that open a dialog, named by its parameters in the address.
    #[must_use]
    pub fn opens(self, parameters: impl Fn(&T) -> String + Send + Sync + 'static) -> Self {
        self.opens_if(move |row| Some(parameters(row)))
    }

    /// The same where only some cells open one.
    #[must_use]
    pub fn opens_if(mut self, parameters: impl Fn(&T) -> Option<String> + Send + Sync + 'static) -> Self {
        self.erased.opens = Some(erased(parameters));
        self
    }

    /// Leaves the column out until somebody chooses to see it. It can be filtered by in any case.
    #[must_use]
    pub fn hidden_at_first(mut self) -> Self {
        self.erased.hidden_at_first = true;
        self
    }

    pub(super) fn forget_type(self) -> AnyColumn {
        self.erased
    }
}

/// A button at the end of each row, which opens a dialog.
pub struct RowAction<T> {
    erased: AnyAction,
    of: std::marker::PhantomData<fn(T)>,
}

#[derive(Clone)]
pub(super) struct AnyAction {
    pub(super) label: &'static str,
    pub(super) context: FromRow<String>,
    pub(super) opens: FromRow<String>,
    /// Whether the row has the button at all.
    pub(super) offered: FromRow<Option<bool>>,
    /// Why it cannot be pressed in this row, if so.
    pub(super) refused: FromRow<Option<String>>,
}

impl<T: 'static> RowAction<T> {
    /// A button called `label` that opens the dialog of these parameters; `context` names the row for those who hear the
    /// button by itself.
    pub fn new(
        label: &'static str,
        context: impl Fn(&T) -> String + Send + Sync + 'static,
        opens: impl Fn(&T) -> String + Send + Sync + 'static,
    ) -> Self {
        Self {
            erased: AnyAction {
                label,
                context: erased(context),
                opens: erased(opens),
                offered: erased(|_: &T| None),
                refused: erased(|_: &T| None),
            },
            of: std::marker::PhantomData,
        }
    }

    /// Says why nobody here may press it, if so.
    #[must_use]
    pub fn refused(self, reason: Option<String>) -> Self {
        self.refused_by_row(reason, |_| None)
    }

    /// Says why nobody here may press it in any row (`reason`), or else in this one.
    #[must_use]
    pub fn refused_by_row(
        mut self,
        reason: Option<String>,
        row: impl Fn(&T) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.erased.refused = erased(move |of: &T| reason.clone().or_else(|| row(of)));
        self
    }

    /// Leaves it out of rows for which `holds` does not.
    #[must_use]
    pub fn only_where(mut self, holds: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        self.erased.offered = erased(move |of: &T| Some(holds(of)));
        self
    }

    pub(super) fn forget_type(self) -> AnyAction {
        self.erased
    }
}
