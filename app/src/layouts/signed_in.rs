//! Loads who is signed in, for every page but the sign-in page.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::{context::provide_session, server_fns::session::load_session};

/// Provides the signed-in person to the pages below; the server has sent anybody else to the sign-in page already.
#[component]
pub fn SignedInLayout() -> impl IntoView {
    provide_session(Resource::new(|| (), |()| load_session()));
    view! { <Outlet/> }
}
