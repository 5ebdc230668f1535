//! The frame of every signed-in page: top bar and main part.

use domain::enterprise::EnterpriseContext;
use leptos::prelude::*;

use super::top_bar::TopBar;

/// Top bar and main part; `enterprise` is the one whose pages are open, if any.
#[component]
pub fn PageFrame(
    /// The enterprise whose pages are open, if any.
    enterprise: Option<EnterpriseContext>,
    /// The main part.
    children: Children,
) -> impl IntoView {
    view! {
        <TopBar enterprise/>
        <main class="page" id="main" tabindex="-1">
            {children()}
        </main>
    }
    .into_any()
}
