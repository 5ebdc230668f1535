//! How far a running task is.

use domain::task::TaskRow;
use leptos::prelude::*;

use crate::{
    erase::{Erase, Erased},
    words,
};

/// A bar with the counts beside it; while the number of steps is not known, the bar only says that something goes on.
#[component]
pub(super) fn Progress(row: TaskRow) -> Erased {
    let (done, total) = (row.progress.done, row.progress.total);
    let value = total.map(|_| done.to_string());
    let max = total.map(|total| total.max(1).to_string());
    let counts = (total.is_some() || done > 0).then(|| words::tasks::progress(row.progress));
    view! {
        <span class="progress-line">
            <progress class="progress" value=value max=max aria-label=words::tasks::progress_of(&row)></progress>
            <span class="numeric">{counts}</span>
        </span>
    }
    .erase()
}
