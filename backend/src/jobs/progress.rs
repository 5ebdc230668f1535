//! How far tasks are that cannot write it into the database, because a transaction of theirs is open there.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use domain::{
    ids::{EnterpriseId, TaskId},
    task::{TaskProgress, TaskRow, TaskState},
};

use crate::store::task::queue::Written;

/// The progress of tasks that this program works on.
#[derive(Default)]
pub(crate) struct ToldProgress(Mutex<HashMap<TaskId, Told>>);

/// How far a task is.
#[derive(Clone, Copy)]
struct Told {
    progress: TaskProgress,
    enterprise: EnterpriseId,
    at: DateTime<Utc>,
}

impl ToldProgress {
    /// Keeps how far a task is.
    pub(crate) fn tell(&self, written: Written, progress: TaskProgress) {
        let Written { task, enterprise, at } = written;
        let told = Told {
            progress,
            enterprise,
            at,
        };
        self.tasks().insert(task, told);
    }

    /// The task is over.
    pub(super) fn forget(&self, task: TaskId) {
        self.tasks().remove(&task);
    }

    /// The task with the progress that is known here, if it runs and is known to be further.
    pub(crate) fn of(&self, mut task: TaskRow) -> TaskRow {
        let told = self.tasks().get(&task.id).map(|told| told.progress);
        if let Some(told) = told.filter(|told| task.state == TaskState::Running && told.done > task.progress.done) {
            task.progress = told;
        }
        task
    }

    /// The tasks of all enterprises of which something was told at `from` or later.
    pub(crate) fn written_from(&self, from: DateTime<Utc>) -> Vec<Written> {
        let tasks = self.tasks();
        let lately = tasks.iter().filter(|(_, told)| told.at >= from);
        let written = lately.map(|(task, told)| Written {
            task: *task,
            enterprise: told.enterprise,
            at: told.at,
        });
        written.collect()
    }

    fn tasks(&self) -> MutexGuard<'_, HashMap<TaskId, Told>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::task::TaskKind;
    use uuid::Uuid;

    use super::*;

    const TASK: TaskId = TaskId(Uuid::from_u128(7));

    fn written(at: DateTime<Utc>) -> Written {
        Written {
            task: TASK,
            enterprise: EnterpriseId(Uuid::from_u128(8)),
            at,
        }
    }

    fn task(state: TaskState, done: u64) -> TaskRow {
        TaskRow {
            id: TASK,
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
            file: None,
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
        told.tell(written(Utc::now()), progress);
        assert_eq!(told.of(task(TaskState::Running, 1)).progress, progress);
        assert_eq!(of(TaskState::Running, 6), 6);
        assert_eq!(of(TaskState::Waiting, 0), 0);
        told.forget(TASK);
        assert_eq!(of(TaskState::Running, 1), 1);
    }

    #[test]
    fn what_was_told_lately_is_known_until_the_task_is_over() {
        let told = ToldProgress::default();
        let at = Utc::now();
        let known = |from| told.written_from(from).len();
        assert_eq!(known(at), 0);
        told.tell(written(at), TaskProgress::default());
        assert_eq!(known(at), 1);
        assert_eq!(known(at + TimeDelta::milliseconds(1)), 0);
        told.forget(TASK);
        assert_eq!(known(at), 0);
    }
}
