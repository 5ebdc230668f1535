//! The changes that are not live yet: what, by whom, since when.

use domain::config_snapshot::{Deeds, PendingChange, PendingChanges};
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
    let PendingChange { what, made } = change;
    view! {
        <li class="change-list__item">
            <span class="change-list__what">{words::configuration::change(&what)}</span>
            <span class="change-list__who">{who(made)}</span>
        </li>
    }
    .erase()
}

fn who(made: Option<Deeds>) -> impl IntoView {
    let Some(made) = made else {
        return Either::Right(words::configuration::CHANGED_BY_NOBODY);
    };
    let last = made.are_many().then(|| {
        view! {
            {words::configuration::last_changed_by(&made.last.by)}
            " "
            <DateAndTime at=made.last.at/>
        }
    });
    Either::Left(view! {
        {words::configuration::WAITING_SINCE}
        " "
        <DateAndTime at=made.first.at/>
        {words::configuration::made_by(&made)}
        {last}
    })
}
