//! The headings, which sort.

use domain::table::{ColumnKind, ColumnSpec, Direction, SortMode, TableQuery, TableSchema};
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};

use super::{Column, TableAddress, filter::ColumnFilterButton};
use crate::{ui::Icon, words};

#[component]
pub(super) fn Head<T: Send + Sync + 'static>(
    id: &'static str,
    schema: &'static TableSchema,
    columns: StoredValue<Vec<Column<T>>>,
    address: TableAddress,
    has_actions: bool,
) -> impl IntoView {
    let headings = columns.with_value(|columns| {
        columns
            .iter()
            .map(|column| {
                view! { <Heading table=id schema spec=column.spec heading=column.heading address/> }
            })
            .collect_view()
    });
    view! {
        <thead>
            <tr>
                {headings}
                {has_actions
                    .then(|| {
                        view! {
                            <th scope="col" class="data-table__th data-table__th--actions">
                                {words::table::ACTIONS}
                            </th>
                        }
                    })}
            </tr>
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
) -> impl IntoView {
    let id = spec.id;
    let sort = Memo::new(move |_| schema.sort_of(&address.query.read()));
    let direction = move || sort.read().iter().find(|key| key.column == id).map(|key| key.direction);
    let is_first = move || sort.read().first().is_some_and(|key| key.column == id);
    let aria_sort = move || {
        is_first().then(direction).flatten().map(|direction| match direction {
            Direction::Ascending => "ascending",
            Direction::Descending => "descending",
        })
    };
    let icon = move || match direction() {
        None => lu::LuChevronsUpDown,
        Some(Direction::Ascending) => lu::LuArrowUp,
        Some(Direction::Descending) => lu::LuArrowDown,
    };
    let href = move || {
        let shown = TableQuery {
            sort: sort.get(),
            ..address.query.get()
        };
        address.href(&shown.with_sort_toggled(id, SortMode::Replace))
    };
    let number = spec.kind == ColumnKind::Number;
    let content = if spec.sortable {
        Either::Left(view! {
            <a class="data-table__sort" href=href>
                {heading}
                <span class="data-table__sort-icon">{move || view! { <Icon icon=icon()/> }}</span>
            </a>
        })
    } else {
        Either::Right(heading)
    };
    view! {
        <th scope="col" class="data-table__th" class:data-table__th--number=number aria-sort=aria_sort>
            <div class="data-table__heading">
                {content}
                {spec.filterable.then(|| view! { <ColumnFilterButton table spec heading address/> })}
            </div>
        </th>
    }
}
