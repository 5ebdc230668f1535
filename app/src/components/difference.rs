//! What an entry of the audit log changed, field by field: as a table, and as a short list.

use domain::audit::{Change, FieldChange};
use leptos::{either::EitherOf3, prelude::*};

use crate::{
    erase::{Erase, Erased},
    words,
};

/// Each field with what it held and what it holds; of lists what went and what came.
#[component]
pub fn DifferenceTable(
    /// What changed.
    changes: Vec<FieldChange>,
) -> Erased {
    if changes.is_empty() {
        return view! { <p class="text-muted">{words::audit::NO_CHANGES}</p> }.erase();
    }
    let rows = changes.into_iter().map(row).collect_view();
    view! {
        <table class="difference">
            <caption class="difference__caption">{words::audit::CHANGES}</caption>
            <thead>
                <tr>
                    <th scope="col">{words::audit::FIELD}</th>
                    <th scope="col">{words::audit::BEFORE}</th>
                    <th scope="col">{words::audit::AFTER}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .erase()
}

fn row(FieldChange { field, change }: FieldChange) -> Erased {
    let in_words = |held: Option<String>| held.map(|text| words::audit::value(&field, &text).to_owned());
    let (before, after) = match change {
        Change::Value { before, after } => (value(in_words(before)), value(in_words(after))),
        Change::List { added, removed, .. } => (list(words::audit::REMOVED, removed), list(words::audit::ADDED, added)),
        Change::Secret => (secret(), secret()),
    };
    view! {
        <tr>
            <th scope="row">{words::audit::field(&field)}</th>
            <td data-label=words::audit::BEFORE>{before}</td>
            <td data-label=words::audit::AFTER>{after}</td>
        </tr>
    }
    .erase()
}

fn value(value: Option<String>) -> Erased {
    match value {
        Some(text) => view! { <span class="difference__value">{text}</span> }.erase(),
        None => nothing(),
    }
}

fn nothing() -> Erased {
    view! { <span class="text-muted">{words::audit::NOTHING}</span> }.erase()
}

fn secret() -> Erased {
    view! { <span class="text-muted">{words::audit::SECRET}</span> }.erase()
}

fn list(what: &'static str, names: Vec<String>) -> Erased {
    if names.is_empty() {
        return view! { <span class="text-muted">"–"</span> }.erase();
    }
    let names = names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    view! {
        <span class="difference__what">{what}</span>
        <ul class="difference__list">{names}</ul>
    }
    .erase()
}

/// Each change in a line.
#[component]
pub fn DifferenceList(
    /// What changed.
    changes: Vec<FieldChange>,
    /// How many more fields changed.
    #[prop(default = 0)]
    more: u32,
) -> Erased {
    let lines = changes
        .iter()
        .map(|change| view! { <li>{words::audit::change(change)}</li> })
        .collect_view();
    let more = (more > 0).then(|| view! { <li class="text-muted">{words::audit::more_fields(more)}</li> });
    let shown = match (changes.is_empty(), more) {
        (true, None) => EitherOf3::A(view! { <span class="text-muted">{words::audit::NO_CHANGES}</span> }),
        (_, Some(more)) => EitherOf3::B(view! { <ul class="difference-lines">{lines} {more}</ul> }),
        (false, None) => EitherOf3::C(view! { <ul class="difference-lines">{lines}</ul> }),
    };
    shown.erase()
}
