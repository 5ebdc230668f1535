//! What stands below the table: the range, the pages, the page size.

use domain::table::PageSize;
use leptos::prelude::*;

use super::{Feed, Step, TableAddress};
use crate::{
    erase::{Erase, Erased, changing},
    ui::{Pagination, use_hydrated},
    words,
};

#[component]
pub(super) fn Footer(id: &'static str, address: TableAddress, feed: Feed) -> Erased {
    let query = address.query();
    let page_href = move |page: u64| address.href(&query.read().with_page(page));
    let pages = move || {
        let shown = feed.shown.read();
        (shown.page, shown.page_count())
    };
    let can_go_back = Memo::new(move |_| pages().0 > 1);
    let can_go_on = Memo::new(move |_| {
        let (page, last) = pages();
        page < last
    });
    let step = move |can_go: Memo<bool>, to: fn(u64, u64) -> u64| {
        let href = address.link(move || {
            let (page, last) = pages();
            page_href(to(page, last))
        });
        Signal::derive(move || can_go.get().then(|| href.get()))
    };
    let range = Signal::derive(move || {
        let shown = feed.shown.read();
        let range = shown.range();
        words::table::range(range.first, range.last, shown.matching)
    });
    view! {
        <Pagination
            label=words::table::PAGES
            range
            first=step(can_go_back, |_, _| 1)
            previous=step(can_go_back, |page, _| page.saturating_sub(1))
            next=step(can_go_on, |page, _| page + 1)
            last=step(can_go_on, |_, last| last)
            hidden=Memo::new(move |_| feed.shown.read().rows.is_empty())
        >
            <PageSizeForm id address/>
        </Pagination>
    }
    .erase()
}

/// The page size: takes effect at once in the browser, by a button without it.
#[component]
fn PageSizeForm(id: &'static str, address: TableAddress) -> Erased {
    let hydrated = use_hydrated();
    let field = format!("{id}-page-size");
    let query = address.query();
    let choose = move |event| {
        if let Some(size) = event_target_value(&event).parse().ok().and_then(PageSize::from_rows) {
            address.show(query.get_untracked().with_size(size), Step::Single);
        }
    };
    let options = PageSize::ALL
        .into_iter()
        .map(|size| {
            let rows = size.rows();
            let is_chosen = Memo::new(move |_| query.read().size == size);
            view! {
                <option value=rows.to_string() selected=changing(move || is_chosen.get())>
                    {rows.to_string()}
                </option>
            }
        })
        .collect_view();
    view! {
        <form class="pagination__size" method="get" action=address.path()>
            <label for=field.clone()>{words::table::PAGE_SIZE}</label>
            <select class="select" id=field name="page_size" on:change=choose>
                {options}
            </select>
            {super::hidden_fields(&query.read_untracked().with_size(PageSize::default()))}
            <button
                class="button button--subtle button--small pagination__apply"
                type="submit"
                hidden=changing(move || hydrated.get())
            >
                {words::table::APPLY}
            </button>
        </form>
    }
    .erase()
}
