//! A link above a table to the rows of a ready-made filter.

use domain::table::TableQuery;
use leptos::prelude::*;

use super::TableAddress;
use crate::erase::{Erase, Erased};

/// An item of `ul.ready-filters__list`. A plain link, so it works before the browser's part has arrived.
#[component]
pub fn ReadyFilter(
    /// The table's place in the address.
    address: TableAddress,
    /// What the link says.
    #[prop(into)]
    label: String,
    /// The query that it leads to.
    wanted: TableQuery,
) -> Erased {
    let href = address.href(&wanted);
    let current = move || (address.query().read().filters == wanted.filters).then_some("true");
    view! {
        <li>
            <a class="ready-filter" href=href aria-current=current>
                {label}
            </a>
        </li>
    }
    .erase()
}
