//! Selecting rows, on pages that can do something to many at once.
//!
//! A selection is either rows by their ids, which stay selected while the table is sorted, paged and searched, or all
//! rows that the query of the table finds. The latter holds no ids, so it works for lists of any length, and it ends when
//! another search or filter finds other rows. Boxes have no listeners of their own: the table listens once.

mod views;

use std::collections::BTreeSet;

use domain::table::TableQuery;
use leptos::{ev, prelude::*, web_sys::HtmlInputElement};
use uuid::Uuid;
use wasm_bindgen::JsCast;

use self::views::{SelectPage, SelectionBar, select_cell};
use super::{
    Feed, TableAddress, TableWords,
    column::{FromRow, RowHandle, erased},
};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
};

/// Which rows are selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// These; perhaps none.
    Rows(BTreeSet<Uuid>),
    /// All that a query finds, whatever its page.
    Matching(TableQuery),
}

/// The selected rows of one table.
#[derive(Clone, Copy)]
pub struct RowSelection {
    chosen: RwSignal<Chosen>,
    address: TableAddress,
    feed: Feed,
}

/// A table's selection, at first empty.
#[must_use]
pub fn use_row_selection(address: TableAddress, feed: Feed) -> RowSelection {
    let selection = RowSelection {
        chosen: RwSignal::new(Chosen::Rows(BTreeSet::new())),
        address,
        feed,
    };
    let mut before: Option<TableQuery> = None;
    effect(move || {
        let query = address.query().get();
        if let Some(before) = before.replace(query.clone()) {
            selection.follow(&before, &query);
        }
    });
    selection
}

impl RowSelection {
    /// Which rows are selected now. Not reactive.
    #[must_use]
    pub fn chosen(&self) -> Chosen {
        self.chosen.get_untracked()
    }

    /// How many rows are selected.
    #[must_use]
    pub fn count(&self) -> u64 {
        match &*self.chosen.read() {
            Chosen::Rows(ids) => ids.len() as u64,
            Chosen::Matching(_) => self.feed.shown.read().matching,
        }
    }

    /// Selects nothing.
    pub fn clear(&self) {
        self.chosen.set(Chosen::Rows(BTreeSet::new()));
    }

    /// Whether a row is selected, which must be one that the table shows.
    fn has(&self, id: Uuid) -> bool {
        match &*self.chosen.read() {
            Chosen::Rows(ids) => ids.contains(&id),
            Chosen::Matching(_) => true,
        }
    }

    /// Answers a change of one of the table's boxes.
    fn answer(self, event: &ev::Event) {
        let Some(input) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        let Some(what) = input.get_attribute("data-select") else {
            return;
        };
        let ids = match Uuid::parse_str(&what) {
            Ok(id) => vec![id],
            Err(_) => self.page(),
        };
        self.set(&ids, input.checked());
    }

    fn set(self, ids: &[Uuid], selected: bool) {
        let mut rows = match self.chosen.get_untracked() {
            Chosen::Rows(rows) => rows,
            // Who takes a row out of "all" goes on with the rows in sight.
            Chosen::Matching(_) => self.page().into_iter().collect(),
        };
        for id in ids {
            if selected {
                rows.insert(*id);
            } else {
                rows.remove(id);
            }
        }
        self.chosen.set(Chosen::Rows(rows));
    }

    /// The rows in sight. Not reactive.
    fn page(self) -> Vec<Uuid> {
        let shown = self.feed.shown.read_untracked();
        shown.rows.iter().map(|row| row.id).collect()
    }

    fn choose_matching(self) {
        let query = self.address.query().get_untracked();
        self.chosen.set(Chosen::Matching(query.with_page(1)));
    }

    /// What another query does to the selection. Sorting and paging do nothing to it.
    fn follow(self, before: &TableQuery, now: &TableQuery) {
        let same_rows = before.search == now.search && before.filters == now.filters;
        if same_rows {
            return;
        }
        let was_reset = before.is_filtered() && !now.is_filtered();
        let is_of_query = self
            .chosen
            .with_untracked(|chosen| matches!(chosen, Chosen::Matching(_)));
        if was_reset || is_of_query {
            self.clear();
        }
    }

    /// How many of the rows in sight are selected, and how many there are.
    fn on_page(self) -> (usize, usize) {
        let shown = self.feed.shown.read();
        let selected = shown.rows.iter().filter(|row| self.has(row.id)).count();
        (selected, shown.rows.len())
    }
}

/// What a page can do to many rows at once.
pub struct BulkActions<T> {
    erased: AnyBulk,
    of: std::marker::PhantomData<fn(T)>,
}

/// The same with the row's type forgotten. It brings all that a table does about its selection, so that what is loaded
/// for a table without one has nothing of it.
#[derive(Clone)]
pub(super) struct AnyBulk {
    selection: RowSelection,
    name: FromRow<String>,
    actions: ViewFn,
    deeds: Deeds,
}

#[derive(Clone, Copy)]
struct Deeds {
    page_box: fn(RowSelection) -> Erased,
    row_box: fn(&AnyBulk, &RowHandle, bool) -> Erased,
    bar: fn(AnyBulk, Feed, TableWords) -> Erased,
    has: fn(RowSelection, Uuid) -> bool,
    answer: fn(RowSelection, &ev::Event),
}

impl AnyBulk {
    /// The box in the heading: all rows in sight, some of them, none.
    pub(super) fn page_box(&self) -> Erased {
        (self.deeds.page_box)(self.selection)
    }

    /// The box of a row.
    pub(super) fn row_box(&self, row: &RowHandle, ready: bool) -> Erased {
        (self.deeds.row_box)(self, row, ready)
    }

    /// How many rows are selected and what can be done to them.
    pub(super) fn bar(self, feed: Feed, words: TableWords) -> Erased {
        (self.deeds.bar)(self, feed, words)
    }

    /// Tells whether a row is selected, which must be one that the table shows.
    pub(super) fn selected(&self) -> impl Fn(Uuid) -> bool + Copy + Send + Sync + use<> {
        let (has, selection) = (self.deeds.has, self.selection);
        move |id| has(selection, id)
    }

    /// Answers changes of the table's boxes.
    pub(super) fn answer(&self) -> impl Fn(&ev::Event) + Copy + Send + Sync + use<> {
        let (answer, selection) = (self.deeds.answer, self.selection);
        move |event: &ev::Event| answer(selection, event)
    }
}

impl<T: 'static> BulkActions<T> {
    /// These buttons, for the rows of `selection`; `name` tells a row from others for those who only hear its box.
    pub fn new(
        selection: RowSelection,
        name: impl Fn(&T) -> String + Send + Sync + 'static,
        actions: impl Into<ViewFn>,
    ) -> Self {
        Self {
            erased: AnyBulk {
                selection,
                name: erased(name),
                actions: actions.into(),
                deeds: Deeds {
                    page_box: |selection| view! { <SelectPage selection/> }.erase(),
                    row_box: select_cell,
                    bar: |bulk, feed, words| view! { <SelectionBar bulk feed words/> }.erase(),
                    has: |selection, id| selection.has(id),
                    answer: RowSelection::answer,
                },
            },
            of: std::marker::PhantomData,
        }
    }

    pub(super) fn forget_type(self) -> AnyBulk {
        self.erased
    }
}
