//! The banner above the groups of an enterprise whose changes wait for a sync, as those with the legacy app do.

use domain::{
    enterprise::{ConnectorApp, EnterpriseContext},
    live::{CONFIGURATION, Stale},
};
use leptos::prelude::*;

use crate::{
    context::{News, on_news, use_enterprise},
    erase::{Erase, Erased},
    paths,
    sent_along::Sent,
    server_fns::config_snapshot::count_pending_changes,
    ui::{Banner, Tone},
    words,
};

/// How many changes are not live yet; nothing where changes are live at once.
#[derive(Clone, Copy)]
pub(super) struct NotLive(Option<Sent<u64>>);

/// Counts them, and again with each change by anybody.
pub(super) fn use_not_live(enterprise: &EnterpriseContext) -> NotLive {
    if enterprise.switches.connector_app == ConnectorApp::Unified {
        return NotLive(None);
    }
    let slug = enterprise.slug.clone();
    let count = Sent::new(move || count_pending_changes(slug.clone()));
    on_news(move |news: News| {
        if CONFIGURATION.stale_after(&news) != Stale::Nothing {
            count.refetch();
        }
    });
    NotLive(Some(count))
}

impl NotLive {
    /// Counts again after a change of one's own, without waiting for the news of it.
    pub(super) fn count_again(self) {
        if let Some(count) = self.0 {
            count.refetch();
        }
    }
}

/// Says how many changes are not live, and where to do something about it.
#[component]
pub(super) fn NotLiveBanner(not_live: NotLive) -> Erased {
    let Some(count) = not_live.0 else {
        return ().erase();
    };
    let dashboard = paths::dashboard(&use_enterprise().slug);
    let banner = move || {
        let href = dashboard.clone();
        Suspend::new(async move {
            // If they cannot be counted, the table below says why.
            let count = count.read().await.ok().filter(|count| *count > 0)?;
            Some(view! {
                <Banner
                    tone=Tone::Warning
                    title=words::configuration::not_live(count)
                    text=words::configuration::SYNC_NEEDED
                    href
                    link_label=words::configuration::TO_DASHBOARD
                />
            })
        })
    };
    view! { <Transition>{banner}</Transition> }.erase()
}
