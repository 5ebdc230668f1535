//! Selecting rows, on pages that can do something to many at once.
//!
//! A selection is either rows by their ids, which stay selected while the table is sorted, paged and searched, or all
//! rows that the query of the table finds. The latter holds no ids, so it works for lists of any length, and it ends when
//! another search or filter finds other rows. Boxes have no listeners of their own: the table listens once.

use std::collections::BTreeSet;

use domain::table::TableQuery;
use leptos::{ev, html::Input, prelude::*, web_sys::HtmlInputElement};
use uuid::Uuid;
use wasm_bindgen::JsCast;

use super::{
    Feed, TableAddress, TableWords,
    column::{FromRow, RowHandle, erased},
};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    ui::{Appearance, Button, ButtonSize, use_hydrated},
    words,
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
    pub(super) fn has(&self, id: Uuid) -> bool {
        match &*self.chosen.read() {
            Chosen::Rows(ids) => ids.contains(&id),
            Chosen::Matching(_) => true,
        }
    }

    /// Answers a change of one of the table's boxes.
    pub(super) fn answer(self, event: &ev::Event) {
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

/// The same with the row's type forgotten.
#[derive(Clone)]
pub(super) struct AnyBulk {
    pub(super) selection: RowSelection,
    name: FromRow<String>,
    actions: ViewFn,
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
            },
            of: std::marker::PhantomData,
        }
    }

    pub(super) fn forget_type(self) -> AnyBulk {
        self.erased
    }
}

/// The box in the heading: all rows in sight, some of them, none.
#[component]
pub(super) fn SelectPage(selection: RowSelection) -> Erased {
    let hydrated = use_hydrated();
    let input = NodeRef::<Input>::new();
    let all = Memo::new(move |_| {
        let (selected, rows) = selection.on_page();
        rows > 0 && selected == rows
    });
    let some = Memo::new(move |_| {
        let (selected, rows) = selection.on_page();
        selected > 0 && selected < rows
    });
    // A press has changed the box already, perhaps to what it should not become, so it is always told anew.
    effect(move || {
        selection.chosen.track();
        let (all, some) = (all.get(), some.get());
        if let Some(input) = input.get() {
            input.set_checked(all);
            input.set_indeterminate(some);
        }
    });
    view! {
        <th scope="col" class="data-table__th data-table__th--select">
            <label class="row-select">
                <input
                    node_ref=input
                    class="row-select__box"
                    type="checkbox"
                    data-select="page"
                    aria-label=words::table::SELECT_PAGE
                    disabled=move || !hydrated.get()
                />
            </label>
        </th>
    }
    .erase()
}

/// Moves the focus to the box in the heading, from a button that goes away with what it did.
fn focus_page_box() {
    // The selector is a constant and valid.
    let found = document().query_selector("[data-select=page]").ok().flatten();
    if let Some(input) = found.and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        // An input that is there can take the focus.
        drop(input.focus());
    }
}

/// The box of a row.
pub(super) fn select_cell(bulk: &AnyBulk, row: &RowHandle, ready: bool) -> Erased {
    let (selection, id) = (bulk.selection, row.id);
    view! {
        <td class="data-table__cell data-table__cell--select">
            <label class="row-select">
                <input
                    class="row-select__box"
                    type="checkbox"
                    data-select=id.to_string()
                    aria-label=words::table::select(&(bulk.name)(row))
                    disabled=!ready
                    prop:checked=move || selection.has(id)
                />
            </label>
        </td>
    }
    .erase()
}

/// How many rows are selected and what can be done to them; out of sight while there are none.
#[component]
pub(super) fn SelectionBar(bulk: AnyBulk, feed: Feed, words: TableWords) -> Erased {
    let AnyBulk { selection, actions, .. } = bulk;
    let count = Memo::new(move |_| selection.count());
    let text = move || {
        let count = count.get();
        (count > 0).then(|| words::table::selected(count, words.one, words.many))
    };
    // Offered once all rows in sight are selected and there are more.
    let more = Memo::new(move |_| {
        let (selected, rows) = selection.on_page();
        let matching = feed.shown.read().matching;
        let whole_page = rows > 0 && selected == rows && (rows as u64) < matching;
        (whole_page && count.get() < matching).then_some(matching)
    });
    let any = Memo::new(move |_| count.get() > 0);
    let all_matching = move || {
        more.get().map(|matching| {
            view! {
                <Button
                    label=words::table::select_matching(matching, words.many)
                    appearance=Appearance::Subtle
                    size=ButtonSize::Small
                    on_press=move |()| selection.choose_matching()
                />
            }
        })
    };
    let bar = move || {
        any.get().then(|| {
            view! {
                <div class="selection-bar" role="group" aria-label=words::table::SELECTION>
                    <span class="selection-bar__count">{text}</span>
                    {all_matching}
                    <div class="selection-bar__actions">
                        {actions.run()}
                        <Button
                            label=words::table::CLEAR_SELECTION
                            appearance=Appearance::Subtle
                            size=ButtonSize::Small
                            on_press=move |()| {
                                selection.clear();
                                focus_page_box();
                            }
                        />
                    </div>
                </div>
            }
        })
    };
    view! {
        <span class="visually-hidden" role="status">
            {text}
        </span>
        {bar}
    }
    .erase()
}
