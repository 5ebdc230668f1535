//! Loads the enterprise named in the address and frames its pages.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::{
    components::error_page::ErrorPage,
    context::{provide_enterprise, use_slug},
    layouts::page_frame::PageFrame,
    server_fns::enterprise::load_enterprise,
};

/// Provides the enterprise to the pages below, or says in their place why it cannot be shown.
#[component]
pub fn EnterpriseLayout() -> impl IntoView {
    let slug = use_slug();
    let enterprise = Resource::new(move || slug.get(), |slug| async move { load_enterprise(slug?).await });
    provide_enterprise(enterprise);
    view! {
        <PageFrame enterprise>
            <Transition>
                {move || Suspend::new(async move {
                    enterprise.await.err().map(|error| view! { <ErrorPage error/> })
                })}
            </Transition>
            <Outlet/>
        </PageFrame>
    }
    .into_any()
}
