//! Services → SMS: heading, tabs, and what they say while SMS is off.

use domain::enterprise::{EnterpriseContext, SmsTab};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use crate::{
    components::{page_header::PageHeader, page_title::PageTitle},
    context::use_enterprise,
    erase::{Erase, Erased},
    paths,
    ui::{EmptySize, EmptyState, Tab, Tabs},
    words,
};

/// The frame of the SMS pages.
#[component]
pub fn SmsLayout() -> Erased {
    let enterprise = use_enterprise();
    if !enterprise.switches.sms {
        return view! { <SmsOff enterprise/> }.erase();
    }
    let path = use_location().pathname;
    let tabs = Signal::derive(move || {
        let open = path.get();
        enterprise
            .sms_tabs()
            .into_iter()
            .map(|tab| {
                let href = paths::sms_tab(&enterprise.slug, tab);
                Tab {
                    label: words::sms::tab(tab).to_owned(),
                    current: href == open.trim_end_matches('/'),
                    href,
                }
            })
            .collect::<Vec<_>>()
    });
    view! {
        <PageHeader title=words::sms::TITLE lead=words::sms::LEAD/>
        <Tabs label=words::sms::TABS tabs/>
        <Outlet/>
    }
    .erase()
}

/// What stands in place of a tab that this enterprise does not have.
#[component]
pub fn TabNotAvailable(
    /// The tab.
    tab: SmsTab,
) -> Erased {
    view! {
        <EmptyState icon=lu::LuInfo title=words::sms::TAB_NOT_AVAILABLE text=words::sms::why_not_available(tab)/>
    }
    .erase()
}

/// What stands in place of a page for text messaging while it is off: whom to ask.
#[component]
pub fn SmsOff(
    /// The enterprise.
    enterprise: EnterpriseContext,
) -> Erased {
    let text = words::sms::off_text(&enterprise.provider);
    view! {
        <PageTitle title=format!("{} · {}", words::sms::OFF_TITLE, enterprise.name)/>
        <EmptyState icon=lu::LuMessageSquareOff title=words::sms::OFF_TITLE text size=EmptySize::Page/>
    }
    .erase()
}
