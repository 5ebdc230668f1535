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
                <Route path=path!("/sign-in") view=|| parts::SIGN_IN.show() ssr=SsrMode::Async/>
                <Route path=path!("/invitation/:token") view=|| parts::INVITATION.show() ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=SignedInLayout ssr=SsrMode::Async>
                    <Route path=path!("/") view=Home/>
                    <Route path=path!("/help/:topic") view=|| parts::HELP.show()/>
                    <Route path=path!("/account/tokens") view=|| parts::TOKENS.show()/>
                    <ParentRoute path=path!("/provider") view=ProviderLayout>
                        <Route path=path!("") view=|| parts::PROVIDER_ENTERPRISES.show()/>
                        <Route path=path!("/requests") view=|| parts::PROVIDER_REQUESTS.show()/>
                        <Route path=path!("/alerts") view=|| parts::PROVIDER_ALERTS.show()/>
                        <Route path=path!("/contact") view=|| parts::PROVIDER_CONTACT.show()/>
                        <Route path=path!("/enterprises/:enterprise") view=|| parts::PROVIDER_MEMBERS.show()/>
                    </ParentRoute>
                    <ParentRoute path=path!("/e/:enterprise") view=EnterpriseLayout>
                        <Route path=path!("") view=EnterpriseStart/>
                        <Route path=path!("/configuration") view=|| parts::CONFIGURATION.show()/>
                        <Route path=path!("/audit") view=|| parts::AUDIT.show()/>
                        <Route path=path!("/users") view=|| parts::USERS.show()/>
                        <Route path=path!("/numbers") view=|| parts::NUMBERS.show()/>
                        <Route path=path!("/users/import") view=|| parts::IMPORT.show()/>
                        <Route path=path!("/users/import/:upload") view=|| parts::IMPORT.show()/>
                        <Route path=path!("/numbers/import") view=|| parts::IMPORT.show()/>
                        <Route path=path!("/numbers/import/:upload") view=|| parts::IMPORT.show()/>
                        <Route path=path!("/dashboard") view=|| parts::DASHBOARD.show()/>
                        <ParentRoute path=path!("/services/sms") view=SmsLayout>
                            <Route path=path!("") view=|| parts::GENERAL.show()/>
                            <Route path=path!("/groups") view=GroupsTab/>
                            <Route path=path!("/carriers") view=|| parts::CARRIERS.show()/>
                            <Route path=path!("/domains") view=|| parts::DOMAINS.show()/>
                        </ParentRoute>
                    </ParentRoute>
                    <Route path=path!("/*any") view=NotFound/>
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion/>
    }
    .erase()
}
