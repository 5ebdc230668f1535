//! Loads who is signed in, for every page but the sign-in page.

use leptos::{either::Either, prelude::*};
use leptos_router::components::Outlet;

use crate::{components::error_page::ErrorPage, context::provide_session, server_fns::session::load_session};

/// Provides the signed-in person to the pages below; the server has sent anybody else to the sign-in page already.
#[component]
pub fn SignedInLayout() -> impl IntoView {
    let session = Resource::new(|| (), |()| load_session());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match session.await {
                    Ok(session) => {
                        provide_session(session);
                        Either::Left(view! { <Outlet/> })
                    }
                    Err(error) => {
                        Either::Right(view! {
                            <main class="page page--center" id="main" tabindex="-1">
                                <ErrorPage error/>
                            </main>
                        })
                    }
                }
            })}
        </Transition>
    }
}
