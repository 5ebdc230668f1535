//! Tasks: their table and dialogs.

use domain::task::{TaskProgress, TaskResult, TaskRow, TaskState};

/// Heading above the table.
pub const TITLE: &str = "Tasks";
/// Caption.
pub const CAPTION: &str = "Tasks";
/// One of them.
pub const ONE: &str = "task";
/// Many.
pub const MANY: &str = "tasks";
/// Nothing yet.
pub const EMPTY_TITLE: &str = "No tasks yet";
/// What comes here.
pub const EMPTY_TEXT: &str = "Work that takes a while runs in the background and is listed here.";
/// Column.
pub const KIND: &str = "Task";
/// Term in the dialog, and column of the exported file.
pub const FILE: &str = "File";
/// Link in the dialog, to the page of the file.
pub const OPEN_IMPORT: &str = "Open the import";
/// Column.
pub const STARTED_BY: &str = "Started By";
/// Column.
pub const REQUESTED: &str = "Requested";
/// Column.
pub const STATE: &str = "State";
/// Column.
pub const DURATION: &str = "Duration";
/// Column of the exported file.
pub const DURATION_SECONDS: &str = "Duration in Seconds";
/// Column of the exported file.
pub const FAILURE: &str = "Reason";
/// Term in the dialog.
pub const BEGAN: &str = "Last try began";
/// Term in the dialog.
pub const ENDED: &str = "Ended";
/// Term in the dialog.
pub const TRIES: &str = "Tries";
/// Term in the dialog.
pub const NEXT_TRY: &str = "Next try";
/// Term in the dialog.
pub const RESULT: &str = "Result";
/// Stands where there is no value.
pub const NONE: &str = "None";
/// Button of a row.
pub const DETAILS: &str = "Details";
/// Button of the row of a failed task.
pub const RETRY: &str = "Retry";
/// While a task is read.
pub const LOADING_ONE: &str = "Loading the task";
/// What trying again does.
pub const RETRY_TEXT: &str =
    "It starts anew, from its beginning. What an earlier try has not finished has changed nothing.";
/// Why it failed.
pub const RETRY_REASON: &str = "Why it failed";
/// Somebody else was quicker, or it has ended well.
pub const NOT_FAILED: &str = "This task is not failed any more. There is nothing to try again.";

/// Name of a task in a row, for those who hear its buttons by themselves: "Sync SMS App of 23 Nov 2026, 14:05 UTC",
/// "Import Numbers numbers.csv of 23 Nov 2026, 14:05 UTC".
#[must_use]
pub fn named(row: &TaskRow) -> String {
    let file = row.file.as_ref().map(|file| format!(" {}", file.name));
    format!(
        "{}{} of {} UTC",
        row.kind.label(),
        file.unwrap_or_default(),
        row.created_at.format("%-d %b %Y, %H:%M")
    )
}

/// The question before trying again.
#[must_use]
pub fn retry_title(row: &TaskRow) -> String {
    format!("Retry {}?", row.kind.label())
}

/// It waits for a runner.
#[must_use]
pub fn retried(row: &TaskRow) -> String {
    format!("{} is tried again.", row.kind.label())
}

/// How long it took.
#[must_use]
pub fn duration(seconds: u32) -> String {
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => "Under 1 s".to_owned(),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// How far it is: "120 of 500".
#[must_use]
pub fn progress(progress: TaskProgress) -> String {
    match progress.total {
        Some(total) => format!("{} of {total}", progress.done),
        None => progress.done.to_string(),
    }
}

/// Name of the progress bar of a task.
#[must_use]
pub fn progress_of(row: &TaskRow) -> String {
    format!("Progress of {}", row.kind.label())
}

/// What it came to.
#[must_use]
pub fn result(result: TaskResult) -> String {
    match result {
        TaskResult::Sync { changes: 0, .. } => "Everything was live already.".to_owned(),
        TaskResult::Sync { snapshot, changes: 1 } => format!("1 change is live, in snapshot {snapshot}."),
        TaskResult::Sync { snapshot, changes } => format!("{changes} changes are live, in snapshot {snapshot}."),
        TaskResult::Import {
            added,
            updated,
            unchanged,
            rejected,
            disabled,
        } => {
            let rows = format!("{added} added, {updated} changed, {unchanged} unchanged, {rejected} rejected");
            match disabled {
                0 => format!("{rows}."),
                _ => format!("{rows}; {disabled} people who are not in the file were disabled."),
            }
        }
    }
}

/// Why the last try failed, in the cell of the state.
#[must_use]
pub fn failure(state: TaskState, reason: &str) -> String {
    if state == TaskState::Failed {
        reason.to_owned()
    } else {
        format!("Trying again. The last try failed: {reason}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_two_parts_at_most() {
        let told = [0, 1, 59, 60, 61, 3_599, 3_600, 7_384].map(duration);
        assert_eq!(
            told,
            [
                "Under 1 s",
                "1 s",
                "59 s",
                "1 min 0 s",
                "1 min 1 s",
                "59 min 59 s",
                "1 h 0 min",
                "2 h 3 min"
            ]
        );
    }
}
