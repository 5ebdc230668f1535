//! Placeholders of the right size while content is on its way.

use leptos::prelude::*;

use crate::{
    erase::{Erase, Erased},
    words,
};

/// How long a line of a skeleton is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum SkeletonWidth {
    /// A number or a date.
    Short,
    /// A name.
    #[default]
    Medium,
    /// A sentence.
    Long,
    /// As wide as its surroundings.
    Full,
}

impl SkeletonWidth {
    fn class(self) -> &'static str {
        match self {
            Self::Short => "skeleton skeleton--short",
            Self::Medium => "skeleton",
            Self::Long => "skeleton skeleton--long",
            Self::Full => "skeleton skeleton--full",
        }
    }

    /// Different lengths from cell to cell, the same at every rendering.
    fn of_cell(row: usize, column: usize) -> Self {
        match (row * 2 + column * 3) % 5 {
            0 | 3 => Self::Medium,
            1 => Self::Long,
            _ => Self::Short,
        }
    }
}

/// One grey line in place of a text. It becomes visible after 300 ms, so that quick answers do not flicker.
#[component]
pub fn Skeleton(
    /// How long the line is.
    #[prop(optional)]
    width: SkeletonWidth,
) -> Erased {
    view! { <span class=width.class() aria-hidden="true"></span> }.erase()
}

/// Rows of a table body while the real ones are loading. Hidden from assistive technology: the table says `aria-busy`.
#[component]
pub fn SkeletonRows(
    /// Cells in a row.
    columns: usize,
    /// Rows.
    rows: usize,
) -> Erased {
    let cell = |row, column| {
        view! { <td class="data-table__cell"><Skeleton width=SkeletonWidth::of_cell(row, column) /></td> }
    };
    (0..rows)
        .map(|row| {
            let cells = (0..columns).map(|column| cell(row, column)).collect_view();
            view! { <tr class="data-table__row" aria-hidden="true">{cells}</tr> }
        })
        .collect_view()
        .erase()
}

/// A turning ring for work of unknown length.
#[component]
pub fn Spinner(
    /// What is going on.
    #[prop(optional, into)]
    label: Option<String>,
) -> Erased {
    let label = label.unwrap_or_else(|| words::ui::LOADING.to_owned());
    view! {
        <span class="spinner" role="status">
            <span class="spinner__ring" aria-hidden="true"></span>
            <span class="visually-hidden">{label}</span>
        </span>
    }
    .erase()
}
