//! Tabs that are links: each has its own address, the current one says so.

use leptos::prelude::*;

use crate::erase::{Erase, Erased};

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether its page is the one shown.
    pub current: bool,
}

/// A row of links between sibling pages.
#[component]
pub fn Tabs(
    /// What the pages have in common, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs in their order.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
) -> Erased {
    let links = move || {
        tabs.get()
            .into_iter()
            .map(|tab| {
                view! {
                    <li>
                        <a class="tabs__link" href=tab.href aria-current=tab.current.then_some("page")>
                            {tab.label}
                        </a>
                    </li>
                }
                .erase()
            })
            .collect_view()
    };
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tabs__list">{links}</ul>
        </nav>
    }
    .erase()
}
