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

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use domain::task::TaskKind;
    use uuid::Uuid;

    use super::*;

    fn task(state: TaskState, done: u64) -> TaskRow {
        TaskRow {
            id: TaskId(Uuid::from_u128(7)),
            kind: TaskKind::ImportNumbers,
            state,
            progress: TaskProgress { done, total: None },
            started_by: "Ada Brandt".to_owned(),
            created_at: Utc::now(),
            started_at: None,
            finished_at: None,
            duration_seconds: None,
            attempts: 1,
            next_attempt_at: None,
            failure: None,
            result: None,
        }
    }

    #[test]
    fn what_is_told_here_shows_while_the_task_runs_and_only_if_it_is_further() {
        let told = ToldProgress::default();
        let progress = TaskProgress {
            done: 5,
            total: Some(9),
        };
        let of = |state, done| told.of(task(state, done)).progress.done;
        assert_eq!(of(TaskState::Running, 1), 1, "nothing was told");
        told.tell(TaskId(Uuid::from_u128(7)), progress);
        assert_eq!(told.of(task(TaskState::Running, 1)).progress, progress);
        assert_eq!(of(TaskState::Running, 6), 6);
        assert_eq!(of(TaskState::Waiting, 0), 0);
        told.forget(TaskId(Uuid::from_u128(7)));
        assert_eq!(of(TaskState::Running, 1), 1);
    }
}
