//! Links above the table to the numbers that need a look.

use domain::{
    number::{NumberService, TABLE},
    table::{Condition, TableQuery},
};
use leptos::prelude::*;

use crate::{
    components::data_table::{ReadyFilter, TableAddress},
    erase::{Erase, Erased},
    words,
};

/// The links. Plain ones, so they work before the browser's part has arrived.
#[component]
pub(super) fn ReadyFilters(
    address: TableAddress,
    /// Whether the table shows carriers.
    carriers: bool,
) -> Erased {
    let [_, assigned_to, carrier, services, _] = TABLE.columns();
    let not_capable = Condition::Choice(vec![NumberService::NotCapable.as_str().to_owned()]);
    let mut filters = vec![
        (words::numbers::FILTER_UNASSIGNED, assigned_to.id, Condition::IsEmpty),
        (words::numbers::FILTER_NOT_CAPABLE, services.id, not_capable),
    ];
    if carriers {
        filters.push((words::numbers::FILTER_NO_PROFILE, carrier.id, Condition::IsEmpty));
    }
    let links = filters
        .into_iter()
        .map(|(label, column, condition)| {
            let wanted = TableQuery::default().with_filter(column, condition);
            view! { <ReadyFilter address label wanted/> }
        })
        .collect_view();
    view! {
        <nav class="ready-filters" aria-label=words::numbers::READY_FILTERS>
            <ul class="ready-filters__list">{links}</ul>
        </nav>
    }
    .erase()
}
