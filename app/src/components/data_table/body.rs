//! The rows. Each `tr` is a place that stays while the rows in it change: what is typed into the search changes texts of
//! elements that are there already, which is many times quicker than making new ones.

use std::cmp::max;

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
    erase::{Erase, Erased, changing},
    ui::{keyed, return_focus, use_hydrated},
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
    let hydrated = use_hydrated();
    // Places are added and never taken away; those without a row are hidden.
    let places =
        Memo::new(move |before: Option<&usize>| max(feed.shown.read().rows.len(), before.copied().unwrap_or_default()));
    let rows = NodeRef::<html::Tbody>::new();
    keep_focus(rows, feed);
    let places = move || (0..places.get()).collect();
    let row = move |place| view! { <Row place cells feed address layout hydrated/> }.erase();
    view! { <tbody node_ref=rows>{keyed(places, row)}</tbody> }.erase()
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

#[component]
fn Row(
    place: usize,
    cells: StoredValue<Cells>,
    feed: Feed,
    address: TableAddress,
    layout: Layout,
    hydrated: Signal<bool>,
) -> Erased {
    // A place without a row keeps the cells of its last one, out of sight.
    let row = Memo::new(move |before: Option<&Option<RowHandle>>| {
        let shown = feed.shown.read();
        shown.rows.get(place).cloned().or_else(|| before.cloned().flatten())
    });
    let empty = Memo::new(move |_| feed.shown.read().rows.len() <= place);
    let fresh = move || {
        let fresh = feed.fresh.get()?;
        row.with(|row| row.as_ref().is_some_and(|row| row.id == fresh))
            .then_some("true")
    };
    let is_selected = cells.with_value(|cells| cells.bulk.as_ref().map(AnyBulk::selected));
    let selected = move || {
        let is_selected = is_selected?;
        let id = row.with(|row| row.as_ref().map(|row| row.id))?;
        is_selected(id).then_some("true")
    };
    view! {
        <tr
            class="data-table__row"
            hidden=changing(move || empty.get())
            data-new=changing(fresh)
            data-selected=changing(selected)
        >
            {move || {
                let (ready, hidden) = (hydrated.get(), layout.hidden());
                row.with(|row| {
                    let row = row.as_ref()?;
                    Some(cells.with_value(|cells| cells.of(row, address, &hidden, ready)))
                })
            }}
        </tr>
    }
    .erase()
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
