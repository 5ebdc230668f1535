//! Steps between the pages of a list, as links.

use icondata_core::Icon as IconData;
use icondata_lu as lu;
use leptos::prelude::*;

use super::Icon;
use crate::{
    erase::{Content, Erase, Erased, changing},
    words,
};

/// Where one is in a list, and the ways on. A step without an address is shown but leads nowhere.
#[component]
pub fn Pagination(
    /// What is paged, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
    /// Where one is, for example "26–50 of 240".
    #[prop(into)]
    range: Signal<String>,
    /// Address of the first page, unless this is it.
    #[prop(into)]
    first: Signal<Option<String>>,
    /// Address of the page before.
    #[prop(into)]
    previous: Signal<Option<String>>,
    /// Address of the page after.
    #[prop(into)]
    next: Signal<Option<String>>,
    /// Address of the last page, unless this is it.
    #[prop(into)]
    last: Signal<Option<String>>,
    /// Whether there is nothing to page.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    /// The choice of the page size.
    #[prop(optional)]
    children: Option<Content>,
) -> Erased {
    view! {
        <nav class="pagination" aria-label=label hidden=changing(move || hidden.get())>
            {children.map(Content::view)}
            <p class="pagination__range">{range}</p>
            <ul class="pagination__links">
                <Step href=first label=words::ui::FIRST_PAGE icon=lu::LuChevronsLeft />
                <Step href=previous label=words::ui::PREVIOUS_PAGE icon=lu::LuChevronLeft />
                <Step href=next label=words::ui::NEXT_PAGE icon=lu::LuChevronRight />
                <Step href=last label=words::ui::LAST_PAGE icon=lu::LuChevronsRight />
            </ul>
        </nav>
    }
    .erase()
}

/// One element in both states, so that the focus stays on it when the end is reached.
#[component]
fn Step(href: Signal<Option<String>>, label: &'static str, icon: IconData) -> Erased {
    let ended = Memo::new(move |_| href.with(Option::is_none));
    view! {
        <li>
            <a
                class="pagination__link"
                href=changing(move || href.get())
                role=changing(move || ended.get().then_some("link"))
                tabindex=changing(move || ended.get().then_some("0"))
                aria-disabled=changing(move || ended.get().then_some("true"))
                aria-label=label
            >
                <Icon icon />
            </a>
        </li>
    }
    .erase()
}
