//! Pairs of a term and its value.

use leptos::prelude::*;

/// A list of terms with their values; holds [`Description`]s.
#[component]
pub fn DescriptionList(
    /// The pairs.
    children: Children,
) -> impl IntoView {
    view! { <dl class="description-list">{children()}</dl> }
}

/// One pair of a [`DescriptionList`].
#[component]
pub fn Description(
    /// What the value is.
    #[prop(into)]
    term: Signal<String>,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="description-list__item">
            <dt class="description-list__term">{term}</dt>
            <dd class="description-list__value">{children()}</dd>
        </div>
    }
}
