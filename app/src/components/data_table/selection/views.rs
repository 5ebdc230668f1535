//! The boxes of a table whose rows can be selected, and the bar above it.

use leptos::{html::Input, prelude::*, web_sys::HtmlInputElement};
use wasm_bindgen::JsCast;

use super::super::{Feed, TableWords, column::RowHandle};
use super::{AnyBulk, RowSelection};
use crate::{
    effect::effect,
    erase::{Erase, Erased, changing},
    ui::{Appearance, Button, ButtonSize, use_hydrated},
    words,
};

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
                    disabled=changing(move || !hydrated.get())
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
