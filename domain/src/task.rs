//! Tasks: long jobs that an admin started or the system runs.

mod table;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::table::{KINDS, STATES, TABLE};
use crate::{
    ids::{ImportUploadId, TaskId},
    import::ImportKind,
};

/// What a task does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Publishes an enterprise's effective configuration.
    Sync,
    /// Imports phone numbers from a file.
    ImportNumbers,
    /// Imports Teams users from a file.
    ImportUsers,
}

impl TaskKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Sync, Self::ImportNumbers, Self::ImportUsers];

    /// The stored and transmitted form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::ImportNumbers => "import_numbers",
            Self::ImportUsers => "import_users",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sync => "Sync SMS App",
            Self::ImportNumbers => "Import Numbers",
            Self::ImportUsers => "Import Users",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Nobody has taken it up yet.
    Waiting,
    /// A runner holds it.
    Running,
    /// It ended well.
    Done,
    /// It ended with a reason.
    Failed,
}

impl TaskState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Done, Self::Failed];

    /// The stored and transmitted form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Running => "Running",
            Self::Done => "Done",
            Self::Failed => "Failed",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether it may still end one way or the other.
    #[must_use]
    pub fn is_unfinished(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// How much of a task is done, in steps of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskProgress {
    /// Steps that are done.
    pub done: u64,
    /// All steps, as soon as their number is known; never below `done`.
    pub total: Option<u64>,
}

/// What a task came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskResult {
    /// Of [`TaskKind::Sync`].
    Sync {
        /// The number of the snapshot that connectors read now.
        snapshot: i64,
        /// How many changes became live with it.
        changes: u64,
    },
    /// Of [`TaskKind::ImportNumbers`] and [`TaskKind::ImportUsers`].
    Import {
        /// Rows that added something.
        added: u64,
        /// Rows that changed something.
        updated: u64,
        /// Rows that said what was already so.
        unchanged: u64,
        /// Rows that were not carried out.
        rejected: u64,
        /// People who were not in the file and were disabled.
        disabled: u64,
    },
}

/// The file that a task imports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskFile {
    /// Its name, as the browser told it.
    pub name: String,
    /// The upload, as long as it is kept.
    pub upload: Option<ImportUploadId>,
}

/// One row of the Tasks table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRow {
    /// The task's id.
    pub id: TaskId,
    /// What it does.
    pub kind: TaskKind,
    /// How far it is.
    pub state: TaskState,
    /// How much of it is done.
    pub progress: TaskProgress,
    /// The name of whoever started it, as it was then.
    pub started_by: String,
    /// When it was asked for.
    #[serde(with = "crate::moment")]
    pub created_at: DateTime<Utc>,
    /// When the last try began.
    #[serde(default, with = "crate::moment")]
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(default, with = "crate::moment")]
    pub finished_at: Option<DateTime<Utc>>,
    /// How long the last try took, in whole seconds, once it has ended.
    pub duration_seconds: Option<u32>,
    /// How often it was tried, the try under way included.
    pub attempts: u32,
    /// Before when it is not tried again; only while it waits after a failure.
    #[serde(default, with = "crate::moment")]
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// Why the last try failed, for the person who looks; kept until a try succeeds.
    pub failure: Option<String>,
    /// What it came to, once it is done.
    pub result: Option<TaskResult>,
    /// The file that it imports, if it is an import of one.
    pub file: Option<TaskFile>,
}

impl TaskRow {
    /// The upload that it imports, as long as that is kept.
    #[must_use]
    pub fn upload(&self) -> Option<(ImportKind, ImportUploadId)> {
        let upload = self.file.as_ref()?.upload?;
        Some((ImportKind::of_task(self.kind)?, upload))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_are_written() {
        for kind in TaskKind::ALL {
            assert_eq!(TaskKind::parse(kind.as_str()), Some(kind));
        }
        for state in TaskState::ALL {
            assert_eq!(TaskState::parse(state.as_str()), Some(state));
        }
        assert_eq!((TaskKind::parse("fly"), TaskState::parse("tired")), (None, None));
    }

    #[test]
    fn what_waits_or_runs_is_unfinished() {
        let unfinished: Vec<TaskState> = TaskState::ALL.into_iter().filter(|s| s.is_unfinished()).collect();
        assert_eq!(unfinished, [TaskState::Waiting, TaskState::Running]);
    }
}
