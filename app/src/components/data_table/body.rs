//! The rows. Each `tr` is a place that stays while the rows in it change: what is typed into the search changes texts of
//! elements that are there already, which is many times quicker than making new ones. A row that stays where it was is not
//! drawn again.

use domain::table::ColumnKind;
use leptos::{html, prelude::*, web_sys::HtmlElement};
use wasm_bindgen::JsCast;

use super::{
    Feed, TableAddress,
    column::{AnyAction, AnyColumn, RowHandle},
    layout::Layout,
    selection::AnyBulk,
};
use crate::{
    effect::effect,
    erase::{Erase, Erased, kept},
    ui::return_focus,
    words,
};

/// How the buttons of a row look.
const BUTTON: &str = "button button--subtle button--small";
/// What can take the focus in a row.
const CONTROLS: &str = ":is(a[href], button:not(:disabled), input:not(:disabled))";

/// What is in the cells of a table.
#[derive(Clone)]
pub(super) struct Cells {
    pub(super) columns: Vec<AnyColumn>,
    pub(super) actions: Vec<AnyAction>,
    pub(super) bulk: Option<AnyBulk>,
}

#[component]
pub(super) fn Body(cells: StoredValue<Cells>, feed: Feed, address: TableAddress, layout: Layout) -> Erased {
    let rows = NodeRef::<html::Tbody>::new();
    keep_focus(rows, feed);
    let mut places = Places::new(cells, feed, address, layout);
    let drawn = move || places.draw();
    view! { <tbody node_ref=rows>{drawn}</tbody> }.erase()
}

/// Moves the focus on when the row that has it goes: to the row that is the last now, or to the table itself. What is
/// hidden would lose it.
fn keep_focus(rows: NodeRef<html::Tbody>, feed: Feed) {
    let shown = Memo::new(move |_| {
        let shown = feed.shown.read();
        (shown.rows.len(), shown.total)
    });
    effect(move || {
        let (count, total) = shown.get();
        let Some(rows) = rows.get() else { return };
        let rows: &HtmlElement = &rows;
        let find = |selector: String| -> Option<HtmlElement> {
            // The selectors are made of constants and a number, and valid.
            rows.query_selector(&selector).ok().flatten()?.dyn_into().ok()
        };
        if find(format!("tr:nth-child(n + {}) :focus", count + 1)).is_none() {
            return;
        }
        if total == 0 {
            // All of the table goes.
            return_focus(None);
            return;
        }
        let control = find(format!("tr:nth-child({count}) {CONTROLS}"));
        return_focus(Some(control.as_ref().unwrap_or(rows)));
    });
}

/// The places of the rows. They are added and never taken away; those without a row are hidden and keep what they showed.
struct Places {
    cells: StoredValue<Cells>,
    feed: Feed,
    address: TableAddress,
    layout: Layout,
    /// Owns what the cells make.
    owner: Owner,
    /// The row of each place, or its last one.
    rows: Vec<RowHandle>,
    /// What all rows were drawn with, and how many times that has changed.
    drawn_with: (Vec<&'static str>, bool),
    changes: u32,
}

impl Places {
    fn new(cells: StoredValue<Cells>, feed: Feed, address: TableAddress, layout: Layout) -> Self {
        Self {
            cells,
            feed,
            address,
            layout,
            owner: Owner::current().unwrap_or_default(),
            rows: Vec::new(),
            drawn_with: (Vec::new(), false),
            changes: 0,
        }
    }

    /// All rows, of which only those are drawn that are new in their places. One effect does it for all of them, since
    /// effects and memos of each row would run with every key, whether it changes or not.
    fn draw(&mut self) -> Vec<Erased> {
        let drawn_with = (self.layout.hidden(), self.feed.ready().get());
        if drawn_with != self.drawn_with {
            self.drawn_with = drawn_with;
            self.changes += 1;
        }
        let fresh = self.feed.fresh.get();
        let is_selected = self
            .cells
            .with_value(|cells| cells.bulk.as_ref().map(AnyBulk::selected));
        let shown = self.feed.shown.read();
        for (place, row) in shown.rows.iter().enumerate() {
            match self.rows.get_mut(place) {
                Some(before) => before.clone_from(row),
                None => self.rows.push(row.clone()),
            }
        }
        let (places, count) = (self.rows.iter().enumerate(), shown.rows.len());
        places
            .map(|(place, row)| {
                let is_fresh = fresh == Some(row.id);
                let selected = is_selected.is_some_and(|is_selected| is_selected(row.id));
                view! {
                    <tr
                        class="data-table__row"
                        hidden=count <= place
                        data-new=is_fresh.then_some("true")
                        data-selected=selected.then_some("true")
                    >
                        {self.cells_of(row)}
                    </tr>
                }
                .erase()
            })
            .collect()
    }

    fn cells_of(&self, row: &RowHandle) -> Erased {
        let (cells, address, row) = (self.cells, self.address, row.clone());
        let (hidden, ready) = self.drawn_with.clone();
        let key = (
            row.id.as_u128(),
            u64::from(row.generation) << 32 | u64::from(self.changes),
        );
        kept(key, &self.owner, move || {
            cells
                .with_value(|cells| cells.of(&row, address, &hidden, ready))
                .erase()
        })
    }
}

impl Cells {
    /// What the copy button of a row's cell in `column` copies.
    pub(super) fn copied(&self, column: &str, row: &RowHandle) -> Option<String> {
        let column = self.columns.iter().find(|known| known.spec.id == column)?;
        column.copied.as_ref()?(row).map(|copied| copied.value)
    }

    fn of(&self, row: &RowHandle, address: TableAddress, hidden: &[&'static str], ready: bool) -> Vec<Erased> {
        let shown = self.columns.iter().filter(|column| !hidden.contains(&column.spec.id));
        let mut cells: Vec<Erased> = self.bulk.iter().map(|bulk| bulk.row_box(row, ready)).collect();
        cells.extend(
            shown
                .enumerate()
                .map(|(index, column)| cell(column, row, address, index == 0, ready)),
        );
        if !self.actions.is_empty() {
            let buttons: Vec<Erased> = self
                .actions
                .iter()
                .filter(|action| (action.offered)(row).unwrap_or(true))
                .map(|action| button(action, row, address, ready))
                .collect();
            cells.push(view! { <td class="data-table__cell data-table__cell--actions">{buttons}</td> }.erase());
        }
        cells
    }
}

/// One cell; the first of a row is the row's heading.
fn cell(column: &AnyColumn, row: &RowHandle, address: TableAddress, is_first: bool, ready: bool) -> Erased {
    let value = (column.cell)(row);
    let value = match column.opens.as_ref().and_then(|opens| opens(row)) {
        Some(parameters) => Some(dialog_link("link", parameters, address, ready, value)),
        None => value,
    };
    let copied = column.copied.as_ref().and_then(|copied| copied(row));
    let copy = copied.map(|copied| copy_button(column.spec.id, copied.label));
    let content = view! {
        <div class="cell">
            <span class="cell__value">{value}</span>
            {copy}
        </div>
    };
    if is_first {
        view! {
            <th scope="row" class="data-table__cell data-table__cell--head" data-label=column.heading>
                {content}
            </th>
        }
        .erase()
    } else {
        let class = if column.spec.kind == ColumnKind::Number {
            "data-table__cell data-table__cell--number"
        } else {
            "data-table__cell"
        };
        view! {
            <td class=class data-label=column.heading>
                {content}
            </td>
        }
        .erase()
    }
}

/// Copies when it is pressed: the table itself listens, see `clicks`.
fn copy_button(column: &'static str, label: String) -> impl IntoView {
    view! { <button class="copy-button" type="button" aria-label=label data-copy=column></button> }
}

fn button(action: &AnyAction, row: &RowHandle, address: TableAddress, ready: bool) -> Erased {
    let context = (action.context)(row);
    let content = view! {
        <span class="button__label">
            {action.label}
            <span class="visually-hidden">{format!(" {context}")}</span>
        </span>
    };
    if let Some(reason) = (action.refused)(row) {
        // The bubble of the table tells why.
        return view! {
            <a
                class=BUTTON
                role="link"
                tabindex="0"
                aria-disabled="true"
                aria-description=reason.clone()
                data-tip=reason
            >
                {content}
            </a>
        }
        .erase();
    }
    dialog_link(BUTTON, (action.opens)(row), address, ready, content)
}

/// A link that opens a dialog over the table; without an address until the page can. The table itself listens.
fn dialog_link<V: IntoView + 'static>(
    class: &'static str,
    parameters: String,
    address: TableAddress,
    ready: bool,
    content: V,
) -> Erased {
    let href = ready.then(|| format!("{}?{parameters}", address.path()));
    let waiting = !ready;
    view! {
        <a
            class=class
            href=href
            data-dialog=""
            role=waiting.then_some("link")
            aria-disabled=waiting.then_some("true")
            aria-description=waiting.then_some(words::shell::STILL_LOADING)
        >
            {content}
        </a>
    }
    .erase()
}
