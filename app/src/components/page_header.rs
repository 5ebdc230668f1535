//! The heading of a page: what it is and a sentence about it.

use leptos::prelude::*;

use crate::erase::{Erase, Erased};

/// Title and lead of a page.
#[component]
pub fn PageHeader(
    /// What the page is.
    #[prop(into)]
    title: String,
    /// A sentence about it.
    #[prop(into)]
    lead: String,
) -> Erased {
    view! {
        <div class="page-header">
            <div class="page-header__text">
                <h1 class="page-header__title">{title}</h1>
                <p class="page-header__lead">{lead}</p>
            </div>
        </div>
    }
    .erase()
}
