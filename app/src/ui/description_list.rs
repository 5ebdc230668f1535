//! Pairs of a term and its value.

use leptos::prelude::*;

use crate::erase::{Content, Erase, Erased};

/// A list of terms with their values; holds [`Description`]s.
#[component]
pub fn DescriptionList(
    /// The pairs.
    children: Content,
) -> Erased {
    view! { <dl class="description-list">{children.view()}</dl> }.erase()
}

/// One pair of a [`DescriptionList`].
#[component]
pub fn Description(
    /// What the value is.
    #[prop(into)]
    term: Signal<String>,
    /// The value.
    children: Content,
) -> Erased {
    view! {
        <div class="description-list__item">
            <dt class="description-list__term">{term}</dt>
            <dd class="description-list__value">{children.view()}</dd>
        </div>
    }
    .erase()
}
