//! Who is signed in, for every page but the sign-in page.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::{
    components::error_page::ErrorPage,
    context::{Loaded, provide_session, use_loaded, use_visit},
    erase::{Erase, Erased},
    layouts::{palette::provide_palette, shortcuts::provide_shortcuts},
    server_fns::session::load_session,
    ui::Spinner,
    words,
};

/// Provides the signed-in person to the pages below; the server has sent anybody else to the sign-in page already.
#[component]
pub fn SignedInLayout() -> Erased {
    let nobody_else = Memo::new(|_| String::new());
    // Somebody who has just signed in was nobody when the page was rendered.
    let known = use_visit()
        .session
        .filter(|session| !matches!(session, Err(error) if error.is_signed_out()));
    let session = use_loaded(nobody_else, known, |_| load_session());
    let shown = move || match session.get() {
        Loaded::Ready(session) => {
            provide_session(session);
            // An address can tell a form that its last try failed, and in which words: anybody can write a link. Only
            // plain forms need that, and there are none below. No call has this path.
            provide_context(ServerActionError::new("", ""));
            let shortcuts = provide_shortcuts(provide_palette());
            view! {
                <Outlet/>
                {shortcuts.dialog()}
            }
            .erase()
        }
        Loaded::Failed(error) => view! {
            <main class="page page--center" id="main" tabindex="-1">
                <ErrorPage error/>
            </main>
        }
        .erase(),
        Loaded::Loading => view! {
            <main class="page page--center" id="main" tabindex="-1">
                <Spinner label=words::shell::LOADING/>
            </main>
        }
        .erase(),
    };
    shown.erase()
}
