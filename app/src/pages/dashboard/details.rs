//! Everything about a task, also while it runs.

use chrono::{DateTime, Utc};
use domain::{
    access::{Action, Resource as Subject},
    ids::TaskId,
    live::{Stale, TASKS},
    task::{TaskRow, TaskState},
};
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};

use super::tasks::{Dialogs, state_cell};
use crate::{
    components::{date_time::DateAndTime, permission::refusal},
    context::{on_news, use_enterprise},
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::{self, TaskDialog},
    server_fns::task::get_task,
    ui::{Appearance, Banner, Button, Description, DescriptionList, Dialog, DialogBody, DialogFooter, Spinner, Tone},
    words,
};

#[component]
pub(super) fn DetailsDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(TaskDialog::Details(id)) => Some(id),
        _ => None,
    });
    let shown = RwSignal::new(None::<TaskRow>);
    let title = move || {
        let shown = shown.read();
        shown
            .as_ref()
            .map_or(words::tasks::KIND, |row| row.kind.label())
            .to_owned()
    };
    let close = Callback::new(move |()| dialogs.close());
    let refused = StoredValue::new(refusal(Action::Update, Subject::Task));
    let retry = move |()| {
        if let Some(id) = id.get_untracked() {
            dialogs.show(TaskDialog::Retry(id));
        }
    };
    let has_failed = move || shown.read().as_ref().is_some_and(|row| row.state == TaskState::Failed);
    view! {
        <Dialog
            id="task"
            title=Signal::derive(title)
            open=Signal::derive(move || id.get().is_some())
            on_close=close
        >
            {move || id.get().map(|id| view! { <Details id shown/> })}
            <DialogFooter>
                <Button label=words::dialogs::CLOSE on_press=close/>
                {move || {
                    has_failed()
                        .then(|| {
                            view! {
                                <Button
                                    label=words::tasks::RETRY
                                    appearance=Appearance::Primary
                                    disabled_reason=refused.get_value()
                                    on_press=retry
                                />
                            }
                        })
                }}
            </DialogFooter>
        </Dialog>
    }
    .erase()
}

/// The task as it is, read again with each of its changes.
pub(super) fn use_task(id: TaskId) -> LocalResource<Result<TaskRow, AppError>> {
    let slug = use_enterprise().slug;
    let task = LocalResource::new(move || get_task(slug.clone(), id));
    on_news(move |news| {
        let is_old = match TASKS.stale_after(&news) {
            Stale::Nothing => false,
            Stale::Rows(ids) => ids.contains(&id.0),
            Stale::Table => true,
        };
        if is_old {
            task.refetch();
        }
    });
    task
}

#[component]
fn Details(id: TaskId, shown: RwSignal<Option<TaskRow>>) -> Erased {
    shown.set(None);
    let task = use_task(id);
    effect(move || {
        if let Some(Ok(row)) = task.get() {
            shown.set(Some(row));
        }
    });
    let content = move || match task.get() {
        Some(Ok(row)) => EitherOf3::A(view! { <Facts row/> }),
        Some(Err(error)) => {
            let text = error.to_string();
            EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
        }
        None => EitherOf3::C(view! { <Spinner label=words::tasks::LOADING_ONE/> }),
    };
    view! { <DialogBody>{content}</DialogBody> }.erase()
}

#[component]
fn Facts(row: TaskRow) -> Erased {
    let moment = |at: Option<DateTime<Utc>>| match at {
        Some(at) => Either::Left(view! { <DateAndTime at/> }),
        None => Either::Right(words::tasks::NONE),
    };
    let state = state_cell(&row);
    let link = row.upload().map(|(kind, id)| {
        let href = paths::import_file(&use_enterprise().slug, kind, id);
        view! {
            <a class="link" href=href>
                {words::tasks::OPEN_IMPORT}
            </a>
        }
    });
    let file = row.file.map(|file| {
        view! {
            <Description term=words::tasks::FILE>
                {file.name} " " {link}
            </Description>
        }
    });
    let (requested, began, ended) = (
        moment(Some(row.created_at)),
        moment(row.started_at),
        moment(row.finished_at),
    );
    let next = row.next_attempt_at.map(|at| {
        view! {
            <Description term=words::tasks::NEXT_TRY>
                <DateAndTime at/>
            </Description>
        }
    });
    let duration = row.duration_seconds.map(|seconds| {
        let text = words::tasks::duration(seconds);
        view! { <Description term=words::tasks::DURATION>{text}</Description> }
    });
    let result = row.result.map(|result| {
        let text = words::tasks::result(result);
        view! { <Description term=words::tasks::RESULT>{text}</Description> }
    });
    let tries = row.attempts.to_string();
    view! {
        <DescriptionList>
            <Description term=words::tasks::STATE>{state}</Description>
            {file}
            {result}
            <Description term=words::tasks::STARTED_BY>{row.started_by}</Description>
            <Description term=words::tasks::REQUESTED>{requested}</Description>
            <Description term=words::tasks::BEGAN>{began}</Description>
            <Description term=words::tasks::ENDED>{ended}</Description>
            {duration}
            <Description term=words::tasks::TRIES>{tries}</Description>
            {next}
        </DescriptionList>
    }
    .erase()
}
