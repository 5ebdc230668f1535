//! The rows.

use domain::table::ColumnKind;
use leptos::{either::Either, prelude::*};

use super::{Cell, Column};
use crate::ui::CopyButton;

#[component]
pub(super) fn Body<T: Clone + Send + Sync + 'static>(
    columns: StoredValue<Vec<Column<T>>>,
    row_actions: StoredValue<Option<Cell<T>>>,
    rows: Vec<T>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let cells = columns.with_value(|columns| {
                columns
                    .iter()
                    .enumerate()
                    .map(|(index, column)| cell(column, &row, index == 0))
                    .collect_view()
            });
            let actions = row_actions.with_value(|actions| {
                actions.as_ref().map(|actions| {
                    view! { <td class="data-table__cell data-table__cell--actions">{actions(&row)}</td> }
                })
            });
            view! { <tr class="data-table__row">{cells} {actions}</tr> }
        })
        .collect_view();
    view! { <tbody>{rows}</tbody> }
}

/// One cell; the first of a row is the row's heading.
fn cell<T>(column: &Column<T>, row: &T, is_first: bool) -> impl IntoView + use<T> {
    let number = column.spec.kind == ColumnKind::Number;
    let copy = column
        .copied
        .as_ref()
        .and_then(|copied| copied(row))
        .map(|copied| view! { <CopyButton label=copied.label value=copied.value/> });
    let content = view! {
        <div class="cell">
            <span class="cell__value">{(column.cell)(row)}</span>
            {copy}
        </div>
    };
    if is_first {
        Either::Left(view! {
            <th scope="row" class="data-table__cell data-table__cell--head" data-label=column.heading>
                {content}
            </th>
        })
    } else {
        Either::Right(view! {
            <td class="data-table__cell" class:data-table__cell--number=number data-label=column.heading>
                {content}
            </td>
        })
    }
}
