//! The frame of every signed-in page: top bar and main part.

use domain::enterprise::EnterpriseContext;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::top_bar::TopBar;
use crate::{
    context::{Loaded, use_session},
    paths,
};

/// Top bar and main part; `enterprise` is the one whose pages are open, if any.
#[component]
pub fn PageFrame(
    /// The enterprise whose pages are open, if any.
    #[prop(optional)]
    enterprise: Option<Loaded<EnterpriseContext>>,
    /// The main part.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let path = use_location().pathname;
    let in_services = Signal::derive(move || paths::is_service(&path.read()));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let session = session.await.ok()?;
                let enterprise = match enterprise {
                    Some(enterprise) => enterprise.await.ok(),
                    None => None,
                };
                Some(view! { <TopBar session enterprise in_services/> })
            })}
        </Transition>
        <main class="page" id="main" tabindex="-1">
            {children()}
        </main>
    }
    .into_any()
}
