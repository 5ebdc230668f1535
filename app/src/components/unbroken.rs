//! Names, ids and numbers that stay on one line.

use leptos::prelude::*;

use crate::erase::Erase;

/// `text` on one line as far as there is room; a table scrolls inside of its region rather than break it.
pub fn unbroken(text: String) -> AnyView {
    view! { <span class="unbroken">{text}</span> }.erase()
}
