//! The pages of the portal: rendered on the server, hydrated in the browser.
//!
//! Here are only the document and the routes. Pages live in `pages`, what stays while they change in `layouts`, what
//! several pages share in `components`, what knows nothing of this product in `ui`. `route` is how the router is told of
//! the routes, `parts` says which pages are loaded with their first use, `paths` holds the addresses, `words` every
//! sentence. Everything a page reads or changes goes through `server_fns`.

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
mod route;
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
use leptos_router::components::{Router, Routes};

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
    route::{PageRoutes, layout, page},
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
            <Routes fallback=NotFound children=ToChildren::to_children(routes)/>
        </Router>
        <ToastRegion/>
    }
    .erase()
}

/// Which page is at which address, inside of which layouts.
fn routes() -> PageRoutes {
    let console = vec![
        page("", parts::PROVIDER_ENTERPRISES.view()),
        page("/requests", parts::PROVIDER_REQUESTS.view()),
        page("/alerts", parts::PROVIDER_ALERTS.view()),
        page("/contact", parts::PROVIDER_CONTACT.view()),
        page("/enterprises/:enterprise", parts::PROVIDER_MEMBERS.view()),
    ];
    let sms = vec![
        page("", parts::GENERAL.view()),
        page("/groups", GroupsTab),
        page("/carriers", parts::CARRIERS.view()),
        page("/domains", parts::DOMAINS.view()),
    ];
    let enterprise = vec![
        page("", EnterpriseStart),
        page("/configuration", parts::CONFIGURATION.view()),
        page("/audit", parts::AUDIT.view()),
        page("/users", parts::USERS.view()),
        page("/numbers", parts::NUMBERS.view()),
        page("/users/import", parts::IMPORT.view()),
        page("/users/import/:upload", parts::IMPORT.view()),
        page("/numbers/import", parts::IMPORT.view()),
        page("/numbers/import/:upload", parts::IMPORT.view()),
        page("/dashboard", parts::DASHBOARD.view()),
        layout("/services/sms", SmsLayout, sms),
    ];
    let signed_in = vec![
        page("/", Home),
        page("/help/:topic", parts::HELP.view()),
        page("/account/tokens", parts::TOKENS.view()),
        layout("/provider", ProviderLayout, console),
        layout("/e/:enterprise", EnterpriseLayout, enterprise),
        page("/*any", NotFound),
    ];
    PageRoutes::new(vec![
        page("/sign-in", parts::SIGN_IN.view()),
        page("/invitation/:token", parts::INVITATION.view()),
        layout("", SignedInLayout, signed_in),
    ])
}

#[cfg(test)]
mod tests {
    use leptos_router::{GeneratedRouteData, MatchNestedRoutes, PathSegment};

    use super::*;

    fn address(route: &GeneratedRouteData) -> String {
        let written = |segment: &PathSegment| match segment {
            PathSegment::Param(name) => format!("/:{name}"),
            PathSegment::Splat(name) => format!("/*{name}"),
            other => format!("/{}", other.as_raw_str()),
        };
        route.segments.iter().map(written).collect()
    }

    #[test]
    fn every_page_has_its_address_and_what_is_a_part_is_loaded_there() {
        let listed: Vec<(String, &str)> = routes()
            .generate_routes()
            .into_iter()
            .map(|route| {
                let address = address(&route);
                let part = parts::of_address(&address).map_or("", |part| part.name());
                (address, part)
            })
            .collect();
        let expected = [
            ("/sign-in", "sign_in"),
            ("/invitation/:token", "invitation"),
            ("", ""),
            ("/help/:topic", "help"),
            ("/account/tokens", "tokens"),
            ("/provider", "provider_enterprises"),
            ("/provider/requests", "provider_requests"),
            ("/provider/alerts", "provider_alerts"),
            ("/provider/contact", "provider_contact"),
            ("/provider/enterprises/:enterprise", "provider_members"),
            ("/e/:enterprise", ""),
            ("/e/:enterprise/configuration", "configuration"),
            ("/e/:enterprise/audit", "audit"),
            ("/e/:enterprise/users", "users"),
            ("/e/:enterprise/numbers", "numbers"),
            ("/e/:enterprise/users/import", "import_page"),
            ("/e/:enterprise/users/import/:upload", "import_page"),
            ("/e/:enterprise/numbers/import", "import_page"),
            ("/e/:enterprise/numbers/import/:upload", "import_page"),
            ("/e/:enterprise/dashboard", "dashboard"),
            ("/e/:enterprise/services/sms", "general"),
            ("/e/:enterprise/services/sms/groups", ""),
            ("/e/:enterprise/services/sms/carriers", "carriers"),
            ("/e/:enterprise/services/sms/domains", "domains"),
            ("/*any", ""),
        ];
        assert_eq!(
            listed,
            expected.map(|(address, part)| (address.to_owned(), part)).to_vec()
        );
    }
}
