//! What stands above the table: the page's own buttons, quick search, Reset Filters, the export, the view options.

use icondata_lu as lu;
use leptos::prelude::*;

use super::{Step, TableAddress, TableWords, layout::Layout, view_options::ViewOptions};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    ui::{Appearance, LinkButton, SearchField},
    words,
};

#[component]
pub(super) fn Toolbar(
    id: &'static str,
    words: TableWords,
    address: TableAddress,
    layout: Layout,
    /// Id and heading of each column that can be hidden.
    columns: Vec<(&'static str, &'static str)>,
    actions: ViewFn,
) -> Erased {
    view! {
        <div class="data-table__toolbar">
            <div class="data-table__actions">{actions.run()}</div>
            <div class="data-table__tools">
                <Search id words address/>
                <div class="data-table__tool-buttons">
                    <ResetLink address/>
                    <ExportLink address/>
                    <ViewOptions id layout columns/>
                </div>
            </div>
        </div>
    }
    .erase()
}

/// Quick search: as you type in the browser, a plain form without it.
#[component]
fn Search(id: &'static str, words: TableWords, address: TableAddress) -> Erased {
    let query = address.query();
    let typed = RwSignal::new(query.read_untracked().search.clone());
    // A search that was not typed here came by a link, by Back or by Reset Filters; what is typed stays as it is, spaces
    // at its end included.
    effect(move || {
        let asked = query.read().search.clone();
        let same = query.read_untracked().with_search(&typed.read_untracked()).search == asked;
        if !same {
            typed.set(asked);
        }
    });
    let show = move |text: String| address.show(query.get_untracked().with_search(&text), Step::Typing);
    view! {
        <form
            class="data-table__search"
            method="get"
            action=address.path()
            role="search"
            // All of it has been searched for already, key by key.
            on:submit=|event| event.prevent_default()
        >
            <SearchField
                id=format!("{id}-search")
                name="search"
                label=words::table::search(words.many)
                value=typed
                on_input=Callback::new(show)
                clear_href=address.href(&query.read_untracked().with_search(""))
            />
            {super::hidden_fields(&query.read_untracked().with_search(""))}
            <button class="visually-hidden-focusable" type="submit">
                {words::table::SEARCH}
            </button>
        </form>
    }
    .erase()
}

/// Leads to what search and filters find as a file. A plain link, so that it works without the browser's part.
#[component]
fn ExportLink(address: TableAddress) -> Erased {
    let query = address.query();
    let href = address.link(move || address.export_href(&query.read()));
    view! {
        <LinkButton
            href
            label=words::table::EXPORT
            icon=lu::LuDownload
            appearance=Appearance::Subtle
            rel="external"
        />
    }
    .erase()
}

/// Clears search and filters; cannot be pressed when there are none.
#[component]
pub(super) fn ResetLink(address: TableAddress) -> Erased {
    let query = address.query();
    let href = address.link(move || address.href(&query.read().reset()));
    let reason =
        Signal::derive(move || (!query.read().is_filtered()).then(|| words::table::NOTHING_TO_RESET.to_owned()));
    view! {
        <LinkButton
            href
            label=words::table::RESET_FILTERS
            appearance=Appearance::Subtle
            disabled_reason=reason
        />
    }
    .erase()
}
