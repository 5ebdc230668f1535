//! The headings, which sort.

use domain::table::{ColumnKind, ColumnSpec, Direction, SortKey, TableSchema};
use icondata_lu as lu;
use leptos::prelude::*;

use super::{TableAddress, column::AnyColumn, filter::ColumnFilterButton, layout::Layout};
use crate::{
    erase::{Erase, Erased, changing},
    ui::Icon,
    words,
};

#[component]
pub(super) fn Head(
    id: &'static str,
    schema: &'static TableSchema,
    columns: Vec<AnyColumn>,
    address: TableAddress,
    layout: Layout,
    has_actions: bool,
    page_box: Option<Erased>,
) -> Erased {
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
            <tr>{page_box} {headings} {actions}</tr>
        </thead>
    }
    .erase()
}

#[component]
fn Heading(
    table: &'static str,
    schema: &'static TableSchema,
    spec: &'static ColumnSpec,
    heading: &'static str,
    address: TableAddress,
    layout: Layout,
) -> Erased {
    let id = spec.id;
    let sorting = Memo::new(move |_| Sorting::of(id, &schema.sort_of(&address.query().read())));
    let aria_sort = move || {
        let sorting = sorting.get().filter(|sorting| sorting.place == 0)?;
        Some(match sorting.direction {
            Direction::Ascending => "ascending",
            Direction::Descending => "descending",
        })
    };
    let href = address.link(move || address.href(&schema.sorted_by_heading(&address.query().read(), id)));
    let class = if spec.kind == ColumnKind::Number {
        "data-table__th data-table__th--number"
    } else {
        "data-table__th"
    };
    let content = if spec.sortable {
        view! {
            <a
                class="data-table__sort"
                href=href
                data-sort=id
                data-sorted=changing(move || sorting.get().map(|_| "true"))
            >
                {heading}
                <SortMark sorting/>
            </a>
        }
        .erase()
    } else {
        heading.erase()
    };
    view! {
        <th scope="col" class=class aria-sort=changing(aria_sort) hidden=changing(move || !layout.shows(id))>
            <div class="data-table__heading">
                {content}
                {spec.filterable.then(|| view! { <ColumnFilterButton table spec heading address/> })}
            </div>
        </th>
    }
    .erase()
}

/// What a column has to do with the order of the rows.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sorting {
    direction: Direction,
    /// The column's place among the sort keys.
    place: usize,
    /// How many sort keys there are.
    keys: usize,
}

impl Sorting {
    fn of(column: &str, sort: &[SortKey]) -> Option<Self> {
        let place = sort.iter().position(|key| key.column == column)?;
        sort.get(place).map(|key| Self {
            direction: key.direction,
            place,
            keys: sort.len(),
        })
    }
}

/// Which way a heading sorts, and its place among several sort keys.
#[component]
fn SortMark(sorting: Memo<Option<Sorting>>) -> Erased {
    let icon = move || match sorting.get().map(|sorting| sorting.direction) {
        None => lu::LuChevronsUpDown,
        Some(Direction::Ascending) => lu::LuArrowUp,
        Some(Direction::Descending) => lu::LuArrowDown,
    };
    let number = move || {
        sorting
            .get()
            .filter(|sorting| sorting.keys > 1)
            .map(|sorting| sorting.place + 1)
    };
    view! {
        <span class="data-table__sort-icon">
            {move || view! { <Icon icon=icon()/> }}
            {number}
        </span>
    }
    .erase()
}
