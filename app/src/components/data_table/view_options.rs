//! Which columns are shown and how dense the rows are. What there is to choose is a part of the browser's module that is
//! loaded with its first use.

use icondata_lu as lu;
use leptos::prelude::*;

use super::{
    layout::Layout,
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
    view_choices,
    load_view_choices,
    (layout: Layout, columns: Vec<(&'static str, &'static str)>) => view! { <Choices layout columns/> }.erase()
);

/// A button with a popover of checkboxes.
#[component]
pub(super) fn ViewOptions(
    /// The prefix of the element ids in this table.
    id: &'static str,
    layout: Layout,
    /// Id and heading of each column that can be hidden.
    columns: Vec<(&'static str, &'static str)>,
) -> Erased {
    let hydrated = use_hydrated();
    let popover = format!("{id}-view-options");
    let target = popover.clone();
    let open = RwSignal::new(false);
    let content = PopoverContent::new(|| Box::pin(load_view_choices()));
    let choices = content.view(move || Box::pin(view_choices(layout, columns.clone())));
    view! {
        <TipHost text=Signal::stored(Some(words::table::VIEW_OPTIONS.to_owned())) held_back=open>
            <button
                class="button button--subtle button--icon"
                type="button"
                popovertarget=target
                aria-label=words::table::VIEW_OPTIONS
                disabled=changing(move || !hydrated.get())
                on:click=move |event| content.press(&event)
            >
                <Icon icon=lu::LuSettings2/>
            </button>
        </TipHost>
        <div
            class="filter-popover"
            id=popover
            popover="auto"
            role="dialog"
            aria-label=words::table::VIEW_OPTIONS
            on:toggle=move |event| open.set(place_below_button(&event))
        >
            {choices}
        </div>
    }
    .erase()
}

#[component]
fn Choices(layout: Layout, columns: Vec<(&'static str, &'static str)>) -> Erased {
    let boxes = columns
        .into_iter()
        .map(|(column, heading)| {
            let shown = Signal::derive(move || layout.shows(column));
            view! { <Choice label=heading chosen=shown on_choose=move |shown| layout.set_shown(column, shown)/> }
        })
        .collect_view();
    let compact = Signal::derive(move || layout.is_compact());
    view! {
        <fieldset class="stack">
            <legend class="filter-popover__title">{words::table::COLUMNS}</legend>
            {boxes}
        </fieldset>
        <fieldset class="stack">
            <legend class="filter-popover__title">{words::table::ROWS}</legend>
            <Choice
                label=words::table::COMPACT
                chosen=compact
                on_choose=move |compact| layout.set_compact(compact)
            />
        </fieldset>
    }
    .erase()
}

#[component]
fn Choice(label: &'static str, chosen: Signal<bool>, #[prop(into)] on_choose: Callback<bool>) -> Erased {
    view! {
        <label class="checkbox">
            <input
                type="checkbox"
                prop:checked=chosen
                on:change=move |event| on_choose.run(event_target_checked(&event))
            />
            <span class="checkbox__label">{label}</span>
        </label>
    }
    .erase()
}
