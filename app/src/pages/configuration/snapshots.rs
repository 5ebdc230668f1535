//! The snapshot that is live, and those before it.

use domain::{config_snapshot::Snapshot, enterprise::ConnectorApp};
use icondata_lu as lu;
use leptos::prelude::*;

use crate::{
    components::date_time::DateAndTime,
    erase::{Erase, Erased},
    ui::{Description, DescriptionList, EmptyState},
    words,
};

/// The snapshot that is live, or what it takes to have one.
#[component]
pub(super) fn Current(snapshot: Option<Snapshot>, app: ConnectorApp) -> Erased {
    let Some(snapshot) = snapshot else {
        let text = match app {
            ConnectorApp::Legacy => words::configuration::NEVER_LEGACY,
            ConnectorApp::Unified => words::configuration::NEVER_UNIFIED,
        };
        return view! { <EmptyState icon=lu::LuFileCheck title=words::configuration::NEVER_TITLE text=text.to_owned()/> }
            .erase();
    };
    let content = words::configuration::content(&snapshot);
    let Snapshot {
        number,
        published_at,
        published_by,
        ..
    } = snapshot;
    view! {
        <DescriptionList>
            <Description term=words::configuration::SNAPSHOT>{number}</Description>
            <Description term=words::configuration::PUBLISHED>
                <DateAndTime at=published_at/>
            </Description>
            <Description term=words::configuration::PUBLISHED_BY>{published_by}</Description>
            <Description term=words::configuration::CONTENT>{content}</Description>
        </DescriptionList>
    }
    .erase()
}

/// The snapshots before, the latest first.
#[component]
pub(super) fn Earlier(snapshots: Vec<Snapshot>) -> Erased {
    if snapshots.is_empty() {
        return view! { <p class="text-muted">{words::configuration::NONE_EARLIER}</p> }.erase();
    }
    let items = snapshots
        .into_iter()
        .map(|snapshot| view! { <EarlierSnapshot snapshot/> })
        .collect_view();
    view! {
        <ol class="change-list" aria-label=words::configuration::EARLIER>
            {items}
        </ol>
    }
    .erase()
}

#[component]
fn EarlierSnapshot(snapshot: Snapshot) -> Erased {
    view! {
        <li class="change-list__item">
            <span class="change-list__what">{words::configuration::number(snapshot.number)}</span>
            <span class="change-list__who">
                {words::configuration::content(&snapshot)} ", "
                {words::configuration::published_by(&snapshot.published_by)} " "
                <DateAndTime at=snapshot.published_at/>
            </span>
        </li>
    }
    .erase()
}
