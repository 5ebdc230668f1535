//! Words for assistive technology only.

use leptos::prelude::*;

use crate::erase::{Content, Erase};

/// Text that is read out but not drawn.
#[component]
pub fn VisuallyHidden(
    /// The words.
    children: Content,
) -> AnyView {
    view! { <span class="visually-hidden">{children.view()}</span> }.erase()
}
