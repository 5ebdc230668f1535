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
    let (page, last) = (move || feed.shown.read().page, move || feed.shown.read().page_count());
    let back = move |to: u64| (page() > 1).then(|| page_href(to));
    let on = move |to: u64| (page() < last()).then(|| page_href(to));
    let range = Signal::derive(move || {
        let shown = feed.shown.read();
        let range = shown.range();
        words::table::range(range.first, range.last, shown.matching)
    });
    view! {
        <Pagination
            label=words::table::PAGES
            range
            first=Signal::derive(move || back(1))
            previous=Signal::derive(move || back(page().saturating_sub(1)))
            next=Signal::derive(move || on(page() + 1))
            last=Signal::derive(move || on(last()))
            hidden=Signal::derive(move || feed.shown.read().rows.is_empty())
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
            view! {
                <option value=rows.to_string() selected=changing(move || query.read().size == size)>
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
