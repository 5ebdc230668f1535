//! The question whether to try a failed task again.

use domain::{
    access::{Action, Resource as Subject},
    ids::TaskId,
    task::{TaskRow, TaskState},
};
use leptos::{either::EitherOf3, prelude::*};

use super::{details::use_task, tasks::Dialogs};
use crate::{
    components::{confirm_dialog::ConfirmDialog, permission::refusal},
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::TaskDialog,
    server_fns::task::RetryTask,
    ui::{Banner, Spinner, Tone, use_toasts},
    words,
};

#[component]
pub(super) fn RetryDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(TaskDialog::Retry(id)) => Some(id),
        _ => None,
    });
    let slug = StoredValue::new(use_enterprise().slug);
    let toasts = use_toasts();
    let shown = RwSignal::new(None::<TaskRow>);
    let retry = ServerAction::<RetryTask>::new();
    effect(move || {
        if let Some(Ok(row)) = retry.value().get() {
            retry.clear();
            dialogs.close();
            let text = words::tasks::retried(&row);
            dialogs.feed.changed(vec![row.id.0], move || toasts.success(text));
        }
    });
    let close = Callback::new(move |()| {
        retry.clear();
        dialogs.close();
    });
    let on_confirm = Callback::new(move |()| {
        if let Some(id) = id.get_untracked() {
            retry.dispatch(RetryTask {
                enterprise: slug.get_value(),
                id,
            });
        }
    });
    let title = move || {
        let shown = shown.read();
        shown
            .as_ref()
            .map_or_else(|| words::tasks::RETRY.to_owned(), words::tasks::retry_title)
    };
    let error = Signal::derive(move || retry.value().get().and_then(Result::err));
    view! {
        <ConfirmDialog
            id="retry-task"
            title=Signal::derive(title)
            open=Signal::derive(move || id.get().is_some())
            confirm=words::tasks::RETRY
            refused=refusal(Action::Update, Subject::Task)
            busy=retry.pending()
            error
            on_confirm
            on_close=close
        >
            {move || id.get().map(|id| view! { <Consequences id shown/> })}
        </ConfirmDialog>
    }
    .erase()
}

/// Why it failed, and what trying again does.
#[component]
fn Consequences(id: TaskId, shown: RwSignal<Option<TaskRow>>) -> Erased {
    shown.set(None);
    let task = use_task(id);
    effect(move || {
        if let Some(Ok(row)) = task.get() {
            shown.set(Some(row));
        }
    });
    let consequences = move || match task.get() {
        Some(Ok(row)) if row.state == TaskState::Failed => {
            let reason = row.failure.unwrap_or_default();
            EitherOf3::A(view! {
                <p>{format!("{}: {reason}", words::tasks::RETRY_REASON)}</p>
                <p>{words::tasks::RETRY_TEXT}</p>
            })
        }
        Some(Ok(_)) => EitherOf3::B(view! { <Banner tone=Tone::Info text=words::tasks::NOT_FAILED/> }),
        Some(Err(error)) => {
            let text = error.to_string();
            EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
        }
        None => EitherOf3::C(view! { <Spinner label=words::tasks::LOADING_ONE/> }),
    };
    consequences.erase()
}
