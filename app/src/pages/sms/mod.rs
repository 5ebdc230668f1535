//! Services → SMS: the four tabs.

pub mod carriers;
pub mod domains;
pub mod general;
pub mod groups;

use domain::enterprise::SmsTab;
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};

use crate::{
    components::page_title::PageTitle,
    context::with_enterprise,
    paths::{self, HelpTopic},
    ui::EmptyState,
    words,
};

/// A tab's page: `content` under an introduction; where the enterprise does not have the tab, why not. Nothing while SMS is
/// off, since the layout says that.
fn tab_page<V: IntoView + 'static>(
    tab: SmsTab,
    help: HelpTopic,
    content: impl Fn() -> V + Send + Sync + 'static,
) -> impl IntoView {
    with_enterprise(move |enterprise| {
        let there = enterprise.sms_tabs().contains(&tab);
        enterprise.switches.sms.then(|| {
            let title = format!("{} · {}", words::sms::page_title(tab), enterprise.name);
            view! {
                <PageTitle title/>
                {if there {
                    Either::Left((introduction(tab, help), content()))
                } else {
                    Either::Right(not_available(tab))
                }}
            }
        })
    })
}

/// What the tab is for, and the link to its help.
fn introduction(tab: SmsTab, help: HelpTopic) -> impl IntoView {
    view! {
        <p class="text-muted">
            {words::sms::lead(tab)} " "
            <a class="link" href=paths::help(help)>
                {words::sms::help_link(tab)}
            </a>
        </p>
    }
}

fn not_available(tab: SmsTab) -> impl IntoView {
    view! {
        <EmptyState icon=lu::LuInfo title=words::sms::TAB_NOT_AVAILABLE text=words::sms::why_not_available(tab)/>
    }
}
