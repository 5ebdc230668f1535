//! The pages of the portal: rendered on the server, hydrated in the browser.
//!
//! Here are only the document and the routes. Pages live in `pages`, what stays while they change in `layouts`, what
//! several pages share in `components`, what knows nothing of this product in `ui`. `parts` says which pages are loaded
//! with their first use, `paths` holds the addresses, `words` every sentence. Everything a page reads or changes goes
//! through `server_fns`.

#![recursion_limit = "512"]
#![expect(
    unreachable_pub,
    reason = "the component macro makes the props of every component public, also in private modules"
)]

pub mod components;
pub mod context;
mod effect;
mod erase;
pub mod error;
pub mod layouts;
pub mod pages;
pub mod parts;
pub mod paths;
mod sent_along;
pub mod server_fns;
pub mod ui;
pub mod words;

#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod server_context;

#[cfg(feature = "ssr")]
pub use document::{Assets, shell};

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    components::page_title::PageTitle,
    context::provide_visit,
    erase::{Erase, Erased},
    layouts::{enterprise::EnterpriseLayout, provider::ProviderLayout, signed_in::SignedInLayout, sms::SmsLayout},
    pages::{
        enterprise_start::EnterpriseStart,
        home::Home,
        not_found::NotFound,
        sms::groups::{GroupsTab, provide_undo},
    },
    ui::{HydrationMarker, ToastRegion, provide_toasts},
};

/// The whole application inside `<body>`.
#[component]
pub fn App() -> Erased {
    provide_meta_context();
    provide_visit();
    provide_toasts();
    provide_undo();

    view! {
        <PageTitle title="Messaging Portal"/>
        <HydrationMarker/>
        // The router would scroll there, but not move the focus; `external` leaves the link to the browser.
        <a class="skip-link" href="#main" rel="external">{words::shell::SKIP_TO_CONTENT}</a>
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view=parts::SIGN_IN.view() ssr=SsrMode::Async/>
                <Route path=path!("/invitation/:token") view=parts::INVITATION.view() ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=page(SignedInLayout) ssr=SsrMode::Async>
                    <Route path=path!("/") view=page(Home)/>
                    <Route path=path!("/help/:topic") view=parts::HELP.view()/>
                    <Route path=path!("/account/tokens") view=parts::TOKENS.view()/>
                    <ParentRoute path=path!("/provider") view=page(ProviderLayout)>
                        <Route path=path!("") view=parts::PROVIDER_ENTERPRISES.view()/>
                        <Route path=path!("/requests") view=parts::PROVIDER_REQUESTS.view()/>
                        <Route path=path!("/alerts") view=parts::PROVIDER_ALERTS.view()/>
                        <Route path=path!("/contact") view=parts::PROVIDER_CONTACT.view()/>
                        <Route path=path!("/enterprises/:enterprise") view=parts::PROVIDER_MEMBERS.view()/>
                    </ParentRoute>
                    <ParentRoute path=path!("/e/:enterprise") view=page(EnterpriseLayout)>
                        <Route path=path!("") view=page(EnterpriseStart)/>
                        <Route path=path!("/configuration") view=parts::CONFIGURATION.view()/>
                        <Route path=path!("/audit") view=parts::AUDIT.view()/>
                        <Route path=path!("/users") view=parts::USERS.view()/>
                        <Route path=path!("/numbers") view=parts::NUMBERS.view()/>
                        <Route path=path!("/users/import") view=parts::IMPORT.view()/>
                        <Route path=path!("/users/import/:upload") view=parts::IMPORT.view()/>
                        <Route path=path!("/numbers/import") view=parts::IMPORT.view()/>
                        <Route path=path!("/numbers/import/:upload") view=parts::IMPORT.view()/>
                        <Route path=path!("/dashboard") view=parts::DASHBOARD.view()/>
                        <ParentRoute path=path!("/services/sms") view=page(SmsLayout)>
                            <Route path=path!("") view=parts::GENERAL.view()/>
                            <Route path=path!("/groups") view=page(GroupsTab)/>
                            <Route path=path!("/carriers") view=parts::CARRIERS.view()/>
                            <Route path=path!("/domains") view=parts::DOMAINS.view()/>
                        </ParentRoute>
                    </ParentRoute>
                    <Route path=path!("/*any") view=page(NotFound)/>
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion/>
    }
    .erase()
}

/// What makes a page or a layout, of one type for all routes: the router's work is compiled once for each type.
fn page(view: fn() -> Erased) -> fn() -> Erased {
    view
}
