//! What the check came to, the button that imports, how far that is and what it came to.

use domain::{
    import::{ImportKind, ImportUpload, UserImportSummary},
    task::{TaskRow, TaskState},
};
use icondata_lu as lu;
use leptos::{either::EitherOf4, prelude::*};

use super::file::FileState;
use crate::{
    erase::{Erase, Erased},
    paths,
    server_fns::import_upload::apply_import,
    ui::{Appearance, Banner, Button, Checkbox, Tone, hold_while},
    words,
};

#[component]
pub(super) fn Apply(
    file: FileState,
    /// Why the person may not import, if so.
    refused: Option<String>,
) -> Erased {
    let summary = file.read(|upload| upload.summary);
    let applied = file.read(|upload| upload.applied_at.is_some());
    let under_way = file.read(ImportUpload::is_under_way);
    let disable = RwSignal::new(false);
    hold_while(Signal::derive(move || disable.get() && !applied.get()));
    let counts = move || {
        let summary = summary.get()?;
        Some(words::imports::counts(&summary, applied.get()))
    };
    let missing = Memo::new(move |_| {
        let missing = summary.get().and_then(|summary| summary.missing).unwrap_or_default();
        if applied.get() { 0 } else { missing }
    });
    let tick = move || (missing.get() > 0).then(|| view! { <DisableMissing disable people=missing.get() under_way/> });
    let refused = StoredValue::new(refused);
    let button = move || {
        (!applied.get()).then(|| view! { <ApplyButton file summary disable under_way refused=refused.get_value()/> })
    };
    view! {
        <section class="card" aria-labelledby="apply-title">
            <div class="card__header">
                <h2 class="card__title" id="apply-title">
                    {words::imports::APPLY_TITLE}
                </h2>
                {button}
            </div>
            <div class="card__body stack">
                <p role="status">{counts}</p>
                {tick}
                <Task file/>
            </div>
        </section>
    }
    .erase()
}

#[component]
fn DisableMissing(disable: RwSignal<bool>, people: u64, #[prop(into)] under_way: Signal<bool>) -> Erased {
    view! {
        <Checkbox
            id="import-disable-missing"
            label=words::imports::disable_missing(people)
            hint=words::imports::DISABLE_HINT
            checked=disable
            disabled=under_way
        />
    }
    .erase()
}

#[component]
fn ApplyButton(
    file: FileState,
    summary: Memo<Option<UserImportSummary>>,
    disable: RwSignal<bool>,
    under_way: Memo<bool>,
    refused: Option<String>,
) -> Erased {
    let changes = move || {
        let rows = summary.get().unwrap_or_default().rows;
        rows.added + rows.updated
    };
    let reason = Signal::derive(move || {
        let nothing = changes() == 0 && !disable.get();
        refused
            .clone()
            .or_else(|| nothing.then(|| words::imports::NOTHING.to_owned()))
    });
    let press = move |()| {
        let Some(run) = file.upload.with_untracked(|upload| upload.as_ref()?.run) else {
            return;
        };
        let disable_missing = file.kind == ImportKind::Users && disable.get_untracked();
        file.ask(apply_import(
            file.slug.get_value(),
            file.kind,
            file.id,
            run,
            disable_missing,
        ));
    };
    view! {
        <Button
            label=Signal::derive(move || words::imports::apply(changes()))
            icon=lu::LuCheck
            appearance=Appearance::Primary
            busy=Signal::derive(move || file.busy.get() || under_way.get())
            disabled_reason=reason
            on_press=press
        />
    }
    .erase()
}

/// How far the import is, or how it ended.
#[component]
fn Task(file: FileState) -> Erased {
    let task = file.read(|upload| upload.task.clone());
    let shown = move || {
        let task = task.get()?;
        Some(match task.state {
            TaskState::Waiting => {
                let text = task.failure.as_ref().map_or_else(
                    || words::imports::WAITING.to_owned(),
                    |reason| words::tasks::failure(task.state, reason),
                );
                EitherOf4::A(view! { <p>{text}</p> })
            }
            TaskState::Running => EitherOf4::B(view! { <Running task/> }),
            TaskState::Done => EitherOf4::C(view! { <Done file task/> }),
            TaskState::Failed => {
                let text = task.failure.unwrap_or_default();
                let title = words::imports::FAILED_TITLE.to_owned();
                EitherOf4::D(view! { <Banner tone=Tone::Danger title text/> })
            }
        })
    };
    shown.erase()
}

#[component]
fn Running(task: TaskRow) -> Erased {
    let (done, total) = (task.progress.done, task.progress.total);
    let value = total.map(|_| done.to_string());
    let max = total.map(|total| total.max(1).to_string());
    view! {
        <p>{words::imports::RUNNING}</p>
        <span class="progress-line">
            <progress class="progress import__progress" value=value max=max aria-label=words::imports::PROGRESS></progress>
            <span class="numeric">{words::tasks::progress(task.progress)}</span>
        </span>
    }
    .erase()
}

#[component]
fn Done(file: FileState, task: TaskRow) -> Erased {
    let text = task.result.map(words::tasks::result).unwrap_or_default();
    view! {
        <Banner
            tone=Tone::Success
            title=words::imports::DONE_TITLE.to_owned()
            text
            href=paths::imported(&file.slug.get_value(), file.kind)
            link_label=words::imports::show(file.kind)
        />
    }
    .erase()
}
