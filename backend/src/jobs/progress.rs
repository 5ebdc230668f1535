//! How far tasks are that cannot write it into the database, because a transaction of theirs is open there.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{
    ids::TaskId,
    task::{TaskProgress, TaskRow, TaskState},
};

/// The progress of tasks that this program works on.
#[derive(Default)]
pub(crate) struct ToldProgress(Mutex<HashMap<TaskId, TaskProgress>>);

impl ToldProgress {
    /// Keeps how far a task is.
    pub(super) fn tell(&self, task: TaskId, progress: TaskProgress) {
        self.tasks().insert(task, progress);
    }

    /// The task is over.
    pub(super) fn forget(&self, task: TaskId) {
        self.tasks().remove(&task);
    }

    /// The task with the progress that is known here, if it runs and is known to be further.
    pub(crate) fn of(&self, mut task: TaskRow) -> TaskRow {
        let told = self.tasks().get(&task.id).copied();
        if let Some(told) = told.filter(|told| task.state == TaskState::Running && told.done > task.progress.done) {
            task.progress = told;
        }
        task
    }

    fn tasks(&self) -> MutexGuard<'_, HashMap<TaskId, TaskProgress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
