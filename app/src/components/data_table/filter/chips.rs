//! The active filters as a list above the table, each of which can be removed.

use domain::table::TableSchema;
use icondata_lu as lu;
use leptos::prelude::*;

use super::super::TableAddress;
use crate::{
    erase::{Erase, changing},
    ui::Icon,
    words,
};

/// A chip per filter; the X is a link, so it works before the browser's part has arrived.
#[component]
pub(in super::super) fn FilterChips(
    address: TableAddress,
    schema: &'static TableSchema,
    /// Id and heading of each column of the page.
    columns: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let chips = move || {
        let query = address.query().get();
        query
            .filters
            .iter()
            .filter_map(|filter| {
                let (_, spec) = schema.find(&filter.column)?;
                // A page may leave out a column; a filter on it can be removed all the same.
                let heading = columns
                    .iter()
                    .find(|(id, _)| *id == spec.id)
                    .map_or(spec.id, |(_, heading)| *heading);
                let text = format!(
                    "{heading} {}",
                    words::filter::condition(&filter.condition, spec.choices)
                );
                let href = address.href(&query.without_filter(&filter.column));
                let chip = view! {
                    <li class="filter-chip">
                        <span class="filter-chip__text">{text.clone()}</span>
                        <a class="filter-chip__remove" href=href aria-label=words::filter::remove(&text)>
                            <Icon icon=lu::LuX/>
                        </a>
                    </li>
                };
                Some(chip.erase())
            })
            .collect_view()
    };
    view! {
        <ul
            class="data-table__filters"
            aria-label=words::filter::ACTIVE
            hidden=changing(move || address.query().read().filters.is_empty())
        >
            {chips}
        </ul>
    }
}
