//! What stands above the table: the page's own buttons, quick search, Reset Filters.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::{TableAddress, TableWords, address::ResetLink};
use crate::{
    ui::{Kept, SearchField},
    words,
};

/// How long typing must pause before the server is asked, in milliseconds; below what is felt as waiting.
const SEARCH_PAUSE: u32 = 120;

#[component]
pub(super) fn Toolbar(id: &'static str, words: TableWords, address: TableAddress, actions: ViewFn) -> impl IntoView {
    view! {
        <div class="data-table__toolbar">
            <div class="data-table__actions">{actions.run()}</div>
            <div class="data-table__tools">
                <Search id words address/>
                <ResetLink address/>
            </div>
        </div>
    }
}

/// Quick search: as you type in the browser, a plain form without it.
#[component]
fn Search(id: &'static str, words: TableWords, address: TableAddress) -> impl IntoView {
    let typed = RwSignal::new(address.query.read_untracked().search.clone());
    // What typing has put into the address; any other search there came by a link or by Back.
    let sent = StoredValue::new(typed.get_untracked());
    Effect::new(move |_| {
        let asked = address.query.read().search.clone();
        if sent.get_value() != asked {
            sent.set_value(asked.clone());
            typed.set(asked);
        }
    });
    let show = move |text: String| {
        let query = address.query.read_untracked().with_search(&text);
        sent.set_value(query.search.clone());
        address.replace(&query);
    };
    let pause = Kept::<Timeout>::new();
    let on_input = Callback::new(move |text: String| pause.set(Some(Timeout::new(SEARCH_PAUSE, move || show(text)))));
    let on_clear = Callback::new(move |()| show(String::new()));
    let hidden = move || {
        address
            .query
            .read()
            .with_search("")
            .to_pairs()
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view()
    };
    view! {
        <form class="data-table__search" method="get" action=move || address.path() role="search">
            <SearchField
                id=format!("{id}-search")
                name="search"
                label=words::table::search(words.many)
                value=typed
                on_input
                on_clear
                clear_href=address.href(&address.query.read_untracked().with_search(""))
            />
            {hidden}
            <button class="visually-hidden-focusable" type="submit">
                {words::table::SEARCH}
            </button>
        </form>
    }
}
