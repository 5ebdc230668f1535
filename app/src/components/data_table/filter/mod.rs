//! The filter of a column: a button beside the heading and a popover with operator and value.

mod chips;
mod draft;
mod popover;

use domain::table::{ColumnFilter, ColumnSpec};
use icondata_lu as lu;
use leptos::prelude::*;

pub(super) use self::chips::FilterChips;
use self::popover::FilterPopover;
use super::{Step, TableAddress, popover::place_below_button};
use crate::{
    erase::{Erase, Erased},
    ui::{Icon, TipHost, use_hydrated},
    words,
};

/// The button that opens a column's filter; its name says what is active.
#[component]
pub(super) fn ColumnFilterButton(
    /// The prefix of the element ids in this table.
    table: &'static str,
    spec: &'static ColumnSpec,
    heading: &'static str,
    address: TableAddress,
) -> Erased {
    let hydrated = use_hydrated();
    let popover = format!("{table}-filter-{}", spec.id);
    let target = popover.clone();
    let active = Memo::new(move |_| active_filter(&address, spec.id));
    let label = Signal::derive(move || match active.get() {
        Some(filter) => {
            let condition = words::filter::condition(&filter.condition, spec.choices);
            words::filter::button_active(heading, &condition)
        }
        None => words::filter::button(heading),
    });
    let open = RwSignal::new(false);
    view! {
        <TipHost text=Signal::derive(move || Some(label.get())) held_back=open>
            <button
                class="data-table__filter"
                type="button"
                popovertarget=target
                aria-label=label
                data-active=move || active.get().is_some().then_some("true")
                disabled=move || !hydrated.get()
            >
                <Icon icon=lu::LuListFilter/>
            </button>
        </TipHost>
        <FilterPopover id=popover spec heading address open/>
    }
    .erase()
}

fn active_filter(address: &TableAddress, column: &str) -> Option<ColumnFilter> {
    address
        .query()
        .read()
        .filters
        .iter()
        .find(|filter| filter.column == column)
        .cloned()
}
