//! Words for assistive technology only.

use leptos::prelude::*;

use crate::erase::{Content, Erase, Erased};

/// Text that is read out but not drawn.
#[component]
pub fn VisuallyHidden(
    /// The words.
    children: Content,
) -> Erased {
    view! { <span class="visually-hidden">{children.view()}</span> }.erase()
}
