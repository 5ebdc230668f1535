//! The mark of the product.

use leptos::prelude::*;

use crate::erase::{Erase, Erased};

/// The product's mark: two speech bubbles that share a corner. Decorative; the product's name stands beside it. The same
/// drawing is the page icon in `style/icons/favicon.svg`.
#[component]
pub fn Logo() -> Erased {
    view! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect class="logo__tile" width="32" height="32" rx="8"></rect>
            <path
                class="logo__back"
                d="M13 7h10a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3h-.5v3L19 18h-6a3 3 0 0 1-3-3v-5a3 3 0 0 1 3-3z"
            ></path>
            <path
                class="logo__front"
                d="M9 12.5h9a3 3 0 0 1 3 3v4a3 3 0 0 1-3 3h-5L9.5 26v-3.5H9a3 3 0 0 1-3-3v-4a3 3 0 0 1 3-3z"
            ></path>
        </svg>
    }
    .erase()
}
