//! The provider's console: heading, tabs, and that it is there for nobody else.

use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use crate::{
    components::page_header::PageHeader,
    context::{provide_live_of_provider, use_session},
    erase::{Erase, Erased},
    layouts::page_frame::PageFrame,
    pages::not_found::NotFound,
    paths::{self, HelpTopic},
    ui::{Tab, Tabs},
    words,
};

/// The frame of the console's pages. Whoever runs no provider finds nothing at their addresses.
#[component]
pub fn ProviderLayout() -> Erased {
    let Some(provider) = use_session().provider else {
        return view! { <NotFound/> }.erase();
    };
    provide_live_of_provider();
    let path = use_location().pathname;
    let tabs = Signal::derive(move || {
        let open = path.get();
        let open = open.trim_end_matches('/');
        let enterprises = paths::provider();
        let (requests, contact) = (paths::provider_requests(), paths::provider_contact());
        let alerts = paths::provider_alerts();
        let elsewhere = [&requests, &alerts, &contact].iter().any(|path| open == path.as_str());
        let tab = |label: &str, href: String, current: bool| Tab {
            label: label.to_owned(),
            href,
            current,
        };
        vec![
            tab(words::provider::ENTERPRISES, enterprises, !elsewhere),
            tab(words::provider::REQUESTS, requests.clone(), open == requests),
            tab(words::provider::ALERTS, alerts.clone(), open == alerts),
            tab(words::provider::CONTACT, contact.clone(), open == contact),
        ]
    });
    view! {
        <PageFrame enterprise=None>
            <PageHeader title=words::provider::TITLE lead=words::provider::lead(&provider.name)/>
            <Tabs label=words::provider::TABS tabs/>
            <p class="text-muted">
                <a class="link" href=paths::help(HelpTopic::ProviderConsole)>
                    {words::provider::HELP}
                </a>
            </p>
            <Outlet/>
        </PageFrame>
    }
    .erase()
}
