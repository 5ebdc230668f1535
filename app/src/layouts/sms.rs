//! Services → SMS: heading and tabs, and what stands in place of everything while SMS is off.

use domain::enterprise::EnterpriseContext;
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};
use leptos_router::{components::Outlet, hooks::use_location};

use crate::{
    components::{page_header::PageHeader, page_title::PageTitle},
    context::with_enterprise,
    paths,
    ui::{EmptySize, EmptyState, Tab, Tabs},
    words,
};

/// The frame of the SMS pages.
#[component]
pub fn SmsLayout() -> impl IntoView {
    view! {
        {with_enterprise(|enterprise| {
            if enterprise.switches.sms {
                Either::Left(view! { <SmsHead enterprise/> })
            } else {
                Either::Right(view! { <SmsOff enterprise/> })
            }
        })}
        <Outlet/>
    }
    .into_any()
}

/// Heading and tabs.
#[component]
fn SmsHead(enterprise: EnterpriseContext) -> impl IntoView {
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
    }
}

#[component]
fn SmsOff(enterprise: EnterpriseContext) -> impl IntoView {
    let text = words::sms::off_text(&enterprise.provider);
    view! {
        <PageTitle title=format!("{} · {}", words::sms::OFF_TITLE, enterprise.name)/>
        <EmptyState icon=lu::LuMessageSquareOff title=words::sms::OFF_TITLE text size=EmptySize::Page/>
    }
}
