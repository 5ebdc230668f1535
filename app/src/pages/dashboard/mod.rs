//! The Dashboard: what needs attention, the sync of legacy enterprises, and the Tasks table with its dialogs.

mod alerts;
mod details;
mod health;
mod progress;
mod retry;
mod strip;
mod sync;
mod tasks;

use domain::enterprise::ConnectorApp;
use leptos::prelude::*;

use self::{
    health::{Attention, use_health},
    tasks::{Tasks, use_tasks},
};
use crate::{
    components::{page_header::PageHeader, page_title::PageTitle},
    context::use_enterprise,
    erase::{Erase, Erased},
    paths::{self, HelpTopic},
    words,
};

/// The page.
#[component]
pub fn DashboardPage() -> Erased {
    let enterprise = use_enterprise();
    let uses_sms = enterprise.switches.sms;
    let syncs = uses_sms && enterprise.switches.connector_app == ConnectorApp::Legacy;
    let tasks = use_tasks(&enterprise.slug);
    let health = use_health(&enterprise.slug);
    let feed = tasks.table.feed;
    view! {
        <PageTitle title=format!("{} · {}", words::dashboard::TITLE, enterprise.name)/>
        <PageHeader title=words::dashboard::TITLE lead=words::dashboard::LEAD/>
        <p class="text-muted">
            <a class="link" href=paths::help(HelpTopic::Dashboard)>
                {words::dashboard::HELP}
            </a>
        </p>
        {uses_sms.then(|| view! { <Attention health feed syncs/> })}
        <Tasks tasks/>
    }
    .erase()
}
