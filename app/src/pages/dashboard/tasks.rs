//! The Tasks table and its dialogs.

use domain::{
    access::{Action, Resource as Subject},
    enterprise::EnterpriseSlug,
    live::TASKS,
    task::{TABLE, TaskRow, TaskState},
};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{details::DetailsDialog, progress::Progress, retry::RetryDialog};
use crate::{
    components::{
        data_table::{Column, DataTable, Feed, RowAction, Table, TableAddress, TableSource, TableWords, use_table},
        date_time::DateAndTime,
        permission::refusal,
    },
    erase::{Erase, Erased},
    paths::TaskDialog,
    server_fns::task::{list_all_tasks, list_tasks},
    ui::{Chip, Tone},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::tasks::CAPTION,
    one: words::tasks::ONE,
    many: words::tasks::MANY,
    empty_title: words::tasks::EMPTY_TITLE,
    empty_text: words::tasks::EMPTY_TEXT,
};

/// The table and which of its dialogs is open.
pub(super) struct TaskTable {
    pub(super) table: Table<TaskRow>,
    dialogs: Dialogs,
}

/// Which dialog is open, and the way to another one.
#[derive(Clone, Copy)]
pub(super) struct Dialogs {
    pub(super) open: Memo<Option<TaskDialog>>,
    pub(super) feed: Feed,
    address: TableAddress,
}

impl Dialogs {
    /// Shows another dialog in place of the open one.
    pub(super) fn show(self, dialog: TaskDialog) {
        self.address.open(&dialog.parameters(), true);
    }

    pub(super) fn close(self) {
        self.address.open("", true);
    }
}

/// Prepares the table for the page that asks.
pub(super) fn use_tasks(slug: &EnterpriseSlug) -> TaskTable {
    let source = TableSource::<TaskRow>::of_enterprise(slug, list_tasks, list_all_tasks).made_of(TASKS);
    let table = use_table(&TABLE, source, |row: &TaskRow| row.id.0);
    let parameters = use_query_map();
    let dialogs = Dialogs {
        open: Memo::new(move |_| {
            let parameters = parameters.read();
            TaskDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
        }),
        feed: table.feed,
        address: table.address,
    };
    TaskTable { table, dialogs }
}

#[component]
pub(super) fn Tasks(tasks: TaskTable) -> Erased {
    let TaskTable { table, dialogs } = tasks;
    view! {
        <h2 class="section-title">{words::tasks::TITLE}</h2>
        <DataTable id="tasks" words=WORDS schema=&TABLE columns=columns() row_actions=row_actions() table/>
        <DetailsDialog dialogs/>
        <RetryDialog dialogs/>
    }
    .erase()
}

fn columns() -> Vec<Column<TaskRow>> {
    let [kind, started_by, created_at, state, duration] = TABLE.columns();
    vec![
        Column::new(kind, words::tasks::KIND, kind_cell)
            .opens(|row: &TaskRow| TaskDialog::Details(row.id).parameters()),
        Column::new(started_by, words::tasks::STARTED_BY, |row: &TaskRow| {
            row.started_by.clone()
        }),
        Column::new(created_at, words::tasks::REQUESTED, |row: &TaskRow| {
            let at = row.created_at;
            view! { <DateAndTime at/> }
        }),
        Column::new(state, words::tasks::STATE, state_cell),
        Column::new(duration, words::tasks::DURATION, |row: &TaskRow| {
            row.duration_seconds.map(words::tasks::duration)
        }),
    ]
}

fn row_actions() -> Vec<RowAction<TaskRow>> {
    vec![
        RowAction::new(words::tasks::RETRY, words::tasks::named, |row: &TaskRow| {
            TaskDialog::Retry(row.id).parameters()
        })
        .only_where(|row: &TaskRow| row.state == TaskState::Failed)
        .refused(refusal(Action::Update, Subject::Task)),
        RowAction::new(words::tasks::DETAILS, words::tasks::named, |row: &TaskRow| {
            TaskDialog::Details(row.id).parameters()
        }),
    ]
}

/// What the task does, with the file that it imports.
fn kind_cell(row: &TaskRow) -> impl IntoView + use<> {
    let label = row.kind.label();
    let file = row.file.as_ref().map(|file| {
        let name = file.name.clone();
        view! { <span class="text-muted">{name}</span> }
    });
    view! {
        {label}
        " "
        {file}
    }
}

/// How far the task is, and why it failed if it did.
pub(super) fn state_cell(row: &TaskRow) -> impl IntoView + use<> {
    let tone = match (row.state, &row.failure) {
        (TaskState::Waiting, None) => Tone::Neutral,
        (TaskState::Waiting, Some(_)) => Tone::Warning,
        (TaskState::Running, _) => Tone::Info,
        (TaskState::Done, _) => Tone::Success,
        (TaskState::Failed, _) => Tone::Danger,
    };
    let more = match (row.state, &row.failure) {
        (TaskState::Running, _) => {
            let row = row.clone();
            Some(Either::Left(view! { <Progress row/> }))
        }
        (state, Some(reason)) => {
            let text = words::tasks::failure(state, reason);
            Some(Either::Right(view! { <span class="text-muted">{text}</span> }))
        }
        (_, None) => None,
    };
    view! {
        <Chip tone label=row.state.label()/>
        " "
        {more}
    }
}
