//! The filter of a column: a button beside the heading and a popover with operator and value. Its fields are a part of the
//! browser's module that is loaded with the first use of a filter.

mod chips;
mod draft;
mod fields;
mod operator;

use domain::table::{ColumnFilter, ColumnSpec};
use icondata_lu as lu;
use leptos::{html, prelude::*};

pub(super) use self::chips::FilterChips;
use self::fields::{FieldsOf, FilterFields};
use super::{
    Step, TableAddress,
    popover::{PopoverContent, place_below_button},
};
use crate::{
    erase::{Erase, Erased, changing},
    parts::part,
    ui::{Icon, TipHost, use_hydrated},
    words,
};

part!(
    popovers,
    filter_fields,
    load_filter_fields,
    (of: FieldsOf) => view! { <FilterFields of/> }.erase()
);

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
    let element = NodeRef::<html::Div>::new();
    let of = FieldsOf {
        id: popover.clone(),
        spec,
        heading,
        address,
        open,
        popover: element,
    };
    let content = PopoverContent::new(|| Box::pin(load_filter_fields()));
    let fields = content.view(move || Box::pin(filter_fields(of.clone())));
    view! {
        <TipHost text=Signal::derive(move || Some(label.get())) held_back=open>
            <button
                class="data-table__filter"
                type="button"
                popovertarget=target
                aria-label=label
                data-active=changing(move || active.get().is_some().then_some("true"))
                disabled=changing(move || !hydrated.get())
                on:click=move |event| content.press(&event)
            >
                <Icon icon=lu::LuListFilter/>
            </button>
        </TipHost>
        <div
            class="filter-popover"
            id=popover
            popover="auto"
            role="dialog"
            aria-label=words::filter::title(heading)
            node_ref=element
            on:toggle=move |event| open.set(place_below_button(&event))
        >
            {fields}
        </div>
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
