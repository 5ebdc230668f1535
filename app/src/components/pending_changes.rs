//! The changes that are not live yet: what, by whom, since when.

use domain::config_snapshot::{LastChange, PendingChange, PendingChanges};
use leptos::{either::Either, prelude::*};

use super::date_time::DateAndTime;
use crate::{
    erase::{Erase, Erased},
    words,
};

/// The changes one by one, or that there are none.
#[component]
pub fn PendingChangesList(
    /// The changes.
    pending: PendingChanges,
) -> Erased {
    let PendingChanges { total, changes, .. } = pending;
    if changes.is_empty() {
        return view! { <p class="text-muted">{words::configuration::ALL_LIVE}</p> }.erase();
    }
    let untold = total.saturating_sub(changes.len() as u64);
    let items = changes
        .into_iter()
        .map(|change| view! { <Change change/> })
        .collect_view();
    view! {
        <ol class="change-list" aria-label=words::configuration::CHANGES>
            {items}
        </ol>
        {(untold > 0).then(|| view! { <p class="text-muted">{words::configuration::more(untold)}</p> })}
    }
    .erase()
}

#[component]
fn Change(change: PendingChange) -> Erased {
    let PendingChange { what, last } = change;
    view! {
        <li class="change-list__item">
            <span class="change-list__what">{words::configuration::change(&what)}</span>
            <span class="change-list__who">{who(last)}</span>
        </li>
    }
    .erase()
}

fn who(last: Option<LastChange>) -> impl IntoView {
    match last {
        Some(last) => Either::Left(view! {
            {words::configuration::changed_by(&last)}
            " "
            <DateAndTime at=last.at/>
        }),
        None => Either::Right(words::configuration::CHANGED_BY_NOBODY),
    }
}
