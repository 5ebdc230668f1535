//! The Configuration page: what is live for the connector app, what is not yet, and the snapshots before.

mod snapshots;
mod table;

use domain::{
    config_snapshot::TABLE,
    live::{CONFIGURATION, Stale},
};
use leptos::{either::Either, prelude::*};

use self::{
    snapshots::{Current, Earlier},
    table::{WORDS, columns, source},
};
use crate::{
    components::{
        data_table::{DataTable, use_table},
        page_header::PageHeader,
        page_title::PageTitle,
        pending_changes::PendingChangesList,
    },
    context::{News, on_news, use_enterprise},
    erase::{Erase, Erased},
    error::AppError,
    paths::{self, HelpTopic},
    sent_along::Sent,
    server_fns::config_snapshot::{get_pending_changes, get_snapshot_history},
    ui::{Banner, Spinner, Tone},
    words,
};

/// What is live, what is not, and what was.
#[component]
pub fn ConfigurationPage() -> Erased {
    let enterprise = use_enterprise();
    let app = enterprise.switches.connector_app;
    let (of_history, of_pending) = (enterprise.slug.clone(), enterprise.slug.clone());
    let history = Sent::new(move || get_snapshot_history(of_history.clone()));
    let pending = Sent::new(move || get_pending_changes(of_pending.clone()));
    let rows = use_table(&TABLE, source(&enterprise.slug), table::id);
    on_news(move |news: News| {
        if CONFIGURATION.stale_after(&news) != Stale::Nothing {
            history.refetch();
            pending.refetch();
        }
    });
    let current = move || {
        Suspend::new(async move {
            match history.read().await {
                Ok(history) => Either::Left(view! { <Current snapshot=history.current app/> }),
                Err(error) => Either::Right(view! { <NotLoaded error/> }),
            }
        })
    };
    let not_live = move || {
        Suspend::new(async move {
            match pending.read().await {
                Ok(pending) => Either::Left(view! { <PendingChangesList pending/> }),
                Err(error) => Either::Right(view! { <NotLoaded error/> }),
            }
        })
    };
    let earlier = move || {
        Suspend::new(async move {
            match history.read().await {
                Ok(history) => Either::Left(view! { <Earlier snapshots=history.earlier/> }),
                Err(error) => Either::Right(view! { <NotLoaded error/> }),
            }
        })
    };
    view! {
        <PageTitle title=format!("{} · {}", words::configuration::TITLE, enterprise.name)/>
        <PageHeader title=words::configuration::TITLE lead=words::configuration::LEAD/>
        <p>
            <a class="link" href=paths::help(HelpTopic::Configuration)>
                {words::configuration::HELP}
            </a>
        </p>
        <section class="stack" aria-labelledby="live-heading">
            <h2 class="section-title" id="live-heading">{words::configuration::CURRENT}</h2>
            <Transition fallback=waiting>{current}</Transition>
        </section>
        <section class="stack" aria-labelledby="not-live-heading">
            <h2 class="section-title" id="not-live-heading">{words::configuration::NOT_LIVE}</h2>
            <Transition fallback=waiting>{not_live}</Transition>
        </section>
        <section class="stack" aria-labelledby="numbers-heading">
            <h2 class="section-title" id="numbers-heading">{words::configuration::CAPTION}</h2>
            <DataTable id="configuration" words=WORDS schema=&TABLE columns=columns() table=rows/>
        </section>
        <section class="stack" aria-labelledby="earlier-heading">
            <h2 class="section-title" id="earlier-heading">{words::configuration::EARLIER}</h2>
            <Transition fallback=waiting>{earlier}</Transition>
        </section>
    }
    .erase()
}

fn waiting() -> Erased {
    view! { <Spinner label=words::configuration::LOADING/> }.erase()
}

#[component]
fn NotLoaded(error: AppError) -> Erased {
    let text = error.to_string();
    view! { <Banner tone=Tone::Danger text/> }.erase()
}
