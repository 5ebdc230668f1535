//! The frame of every signed-in page: top bar, main part, and the palette over both.

use domain::enterprise::EnterpriseContext;
use leptos::prelude::*;

use super::{palette::PalettePlace, top_bar::TopBar};
use crate::erase::{Content, Erase, Erased};

/// Top bar, main part and palette; `enterprise` is the one whose pages are open, if any.
#[component]
pub fn PageFrame(
    /// The enterprise whose pages are open, if any.
    enterprise: Option<EnterpriseContext>,
    /// The main part.
    children: Content,
) -> Erased {
    view! {
        <TopBar enterprise=enterprise.clone()/>
        <main class="page" id="main" tabindex="-1">
            {children.view()}
        </main>
        <PalettePlace enterprise/>
    }
    .erase()
}
