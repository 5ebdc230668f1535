//! The headings, which sort.

use domain::table::{ColumnKind, Direction, SortMode};
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};

use super::{Column, TableAddress};
use crate::{ui::Icon, words};

#[component]
pub(super) fn Head<T: Send + Sync + 'static>(
    columns: StoredValue<Vec<Column<T>>>,
    address: TableAddress,
    has_actions: bool,
) -> impl IntoView {
    let headings = columns.with_value(|columns| {
        columns
            .iter()
            .map(|column| {
                let number = column.spec.kind == ColumnKind::Number;
                view! { <Heading id=column.spec.id heading=column.heading sortable=column.spec.sortable number address/> }
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
    id: &'static str,
    heading: &'static str,
    sortable: bool,
    number: bool,
    address: TableAddress,
) -> impl IntoView {
    let direction = move || {
        address
            .query
            .read()
            .sort
            .iter()
            .find(|key| key.column == id)
            .map(|key| key.direction)
    };
    let is_first = move || address.query.read().sort.first().is_some_and(|key| key.column == id);
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
    let href = move || address.href(&address.query.read().with_sort_toggled(id, SortMode::Replace));
    let content = if sortable {
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
            <div class="data-table__heading">{content}</div>
        </th>
    }
}
