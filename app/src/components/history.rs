//! The history of one thing: what was done to it, by whom and when. For the end of a dialog's body.

use domain::{
    access::Resource as Subject,
    audit::{AuditEntry, AuditHistory},
    live::LiveEvent,
};
use leptos::{either::EitherOf3, html, prelude::*};
use uuid::Uuid;

use super::{date_time::DateAndTime, difference::DifferenceList};
use crate::{
    context::{News, on_news, use_enterprise},
    erase::{Erase, Erased},
    paths,
    server_fns::audit::list_audit_history,
    ui::{Banner, Spinner, Tone},
    words,
};

/// A closed part that can be opened. Nothing is asked of the server before that.
#[component]
pub fn History(
    /// The kind of thing.
    resource: Subject,
    /// Which one.
    id: Uuid,
) -> Erased {
    let details = NodeRef::<html::Details>::new();
    let opened = RwSignal::new(false);
    let toggled = move |_| {
        if let Some(details) = details.get_untracked() {
            opened.set(details.open());
        }
    };
    view! {
        <details node_ref=details class="history" on:toggle=toggled>
            <summary class="history__summary">{words::audit::HISTORY}</summary>
            {move || opened.get().then(|| view! { <Entries resource id/> })}
        </details>
    }
    .erase()
}

/// The latest entries, the latest first; follows what others do while it is open.
#[component]
fn Entries(resource: Subject, id: Uuid) -> Erased {
    let slug = use_enterprise().slug;
    let log = paths::audit(&slug);
    let changed = RwSignal::new(0_u32);
    on_news(move |news: News| {
        if news.iter().any(|event| concerns(event, resource, id)) {
            changed.try_update(|changed| *changed += 1);
        }
    });
    let history = LocalResource::new(move || {
        changed.track();
        list_audit_history(slug.clone(), resource, id)
    });
    let shown = move || match history.get() {
        Some(Ok(history)) => EitherOf3::A(view! { <List history log=log.clone()/> }),
        Some(Err(error)) => EitherOf3::B(view! { <Banner tone=Tone::Danger text=error.to_string()/> }),
        None => EitherOf3::C(view! { <Spinner label=words::audit::LOADING_HISTORY/> }),
    };
    shown.erase()
}

fn concerns(event: &LiveEvent, resource: Subject, id: Uuid) -> bool {
    match event {
        LiveEvent::Everything => true,
        LiveEvent::Changed(subject) => subject.tells_of(resource, id),
        LiveEvent::Outdated | LiveEvent::Over => false,
    }
}

#[component]
fn List(history: AuditHistory, log: String) -> Erased {
    let AuditHistory { entries, older } = history;
    if entries.is_empty() {
        return view! { <p class="text-muted">{words::audit::NO_HISTORY}</p> }.erase();
    }
    let entries = entries.into_iter().map(|entry| view! { <Entry entry/> }).collect_view();
    let older = older.then(|| {
        view! {
            <p>
                <a class="link" href=log>
                    {words::audit::OLDER}
                </a>
            </p>
        }
    });
    view! {
        <ol class="history__entries">{entries}</ol>
        {older}
    }
    .erase()
}

#[component]
fn Entry(entry: AuditEntry) -> Erased {
    view! {
        <li class="history__entry">
            <p class="history__deed">
                <span class="text-strong">{words::audit::deed(&entry.action, &entry.resource)}</span>
                " "
                <span class="text-muted">{entry.actor} ", " <DateAndTime at=entry.at/></span>
            </p>
            <DifferenceList changes=entry.changes/>
        </li>
    }
    .erase()
}
