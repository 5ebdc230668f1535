//! The headings, which sort.

use domain::table::{ColumnKind, ColumnSpec, Direction, SortMode, TableQuery, TableSchema};
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};

use super::{TableAddress, column::AnyColumn, filter::ColumnFilterButton, layout::Layout};
use crate::{ui::Icon, words};

#[component]
pub(super) fn Head(
    id: &'static str,
    schema: &'static TableSchema,
    columns: Vec<AnyColumn>,
    address: TableAddress,
    layout: Layout,
    has_actions: bool,
) -> impl IntoView {
    let headings = columns
        .into_iter()
        .map(|column| {
            let AnyColumn { spec, heading, .. } = column;
            view! { <Heading table=id schema spec heading address layout/> }
        })
        .collect_view();
    let actions = has_actions.then(|| {
        view! {
            <th scope="col" class="data-table__th data-table__th--actions">
                {words::table::ACTIONS}
            </th>
        }
    });
    view! {
        <thead>
            <tr>{headings} {actions}</tr>
        </thead>
    }
}

#[component]
fn Heading(
    table: &'static str,
    schema: &'static TableSchema,
    spec: &'static ColumnSpec,
    heading: &'static str,
    address: TableAddress,
    layout: Layout,
) -> impl IntoView {
    let id = spec.id;
    let sort = Memo::new(move |_| schema.sort_of(&address.query().read()));
    let place = Memo::new(move |_| sort.read().iter().position(|key| key.column == id));
    let direction = move || {
        place
            .get()
            .and_then(|place| sort.read().get(place).map(|key| key.direction))
    };
    let aria_sort = move || {
        let direction = direction().filter(|_| place.get() == Some(0))?;
        Some(match direction {
            Direction::Ascending => "ascending",
            Direction::Descending => "descending",
        })
    };
    let href = move || {
        let shown = TableQuery {
            sort: sort.get(),
            ..address.query().get()
        };
        address.href(&shown.with_sort_toggled(id, SortMode::Replace))
    };
    let class = if spec.kind == ColumnKind::Number {
        "data-table__th data-table__th--number"
    } else {
        "data-table__th"
    };
    let content = if spec.sortable {
        Either::Left(view! {
            <a class="data-table__sort" href=href data-sort=id data-sorted=move || direction().map(|_| "true")>
                {heading}
                <SortMark sorts=sort.into() place=place.into()/>
            </a>
        })
    } else {
        Either::Right(heading)
    };
    view! {
        <th scope="col" class=class aria-sort=aria_sort hidden=move || !layout.shows(id)>
            <div class="data-table__heading">
                {content}
                {spec.filterable.then(|| view! { <ColumnFilterButton table spec heading address/> })}
            </div>
        </th>
    }
}

/// Which way a heading sorts, and its place among several sort keys.
#[component]
fn SortMark(sorts: Signal<Vec<domain::table::SortKey>>, place: Signal<Option<usize>>) -> impl IntoView {
    let icon = move || {
        let direction = place
            .get()
            .and_then(|place| sorts.read().get(place).map(|key| key.direction));
        match direction {
            None => lu::LuChevronsUpDown,
            Some(Direction::Ascending) => lu::LuArrowUp,
            Some(Direction::Descending) => lu::LuArrowDown,
        }
    };
    let number = move || place.get().filter(|_| sorts.read().len() > 1).map(|place| place + 1);
    view! {
        <span class="data-table__sort-icon">
            {move || view! { <Icon icon=icon()/> }}
            {number}
        </span>
    }
}
