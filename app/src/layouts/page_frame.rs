//! The frame of every signed-in page: top bar and main part.

use domain::enterprise::EnterpriseContext;
use leptos::prelude::*;

use super::top_bar::TopBar;
use crate::erase::{Content, Erase};

/// Top bar and main part; `enterprise` is the one whose pages are open, if any.
#[component]
pub fn PageFrame(
    /// The enterprise whose pages are open, if any.
    enterprise: Option<EnterpriseContext>,
    /// The main part.
    children: Content,
) -> AnyView {
    view! {
        <TopBar enterprise/>
        <main class="page" id="main" tabindex="-1">
            {children.view()}
        </main>
    }
    .erase()
}
