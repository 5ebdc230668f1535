//! Names, ids and numbers that stay on one line.

use leptos::prelude::*;

use crate::erase::{Erase, Erased};

/// `text` on one line as far as there is room; a table scrolls inside of its region rather than break it.
pub fn unbroken(text: String) -> Erased {
    view! { <span class="unbroken">{text}</span> }.erase()
}
