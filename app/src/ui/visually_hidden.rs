//! Words for assistive technology only.

use leptos::prelude::*;

/// Text that is read out but not drawn.
#[component]
pub fn VisuallyHidden(
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <span class="visually-hidden">{children()}</span> }
}
