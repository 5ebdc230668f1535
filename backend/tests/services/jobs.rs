//! What tests of the runner stand on: jobs that do as they are told, and a clock that is set by hand.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use backend::{
    jobs::{Clock, Finished, Job, JobError, Runner, Work},
    services::task,
    testing::{TestEnterprise, TestPortal},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ids::TaskId,
    table::TableQuery,
    task::{TaskResult, TaskRow},
};
use sea_orm::ConnectionTrait;
use tokio::sync::Semaphore;

/// Until when something must have happened.
const AT_MOST: Duration = Duration::from_secs(10);

/// What a job comes to.
pub(crate) fn result(snapshot: i64) -> TaskResult {
    TaskResult::Sync { snapshot, changes: 1 }
}

/// Is done at once, and remembers of which task.
#[derive(Default)]
pub(crate) struct Done {
    pub(crate) tasks: Mutex<Vec<TaskId>>,
}

#[async_trait]
impl Job for Done {
    async fn run(&self, work: &Work) -> Result<Finished, JobError> {
        work.payload::<()>()?;
        self.tasks.lock().unwrap().push(work.task());
        work.finish(work.begin().await?, Some(result(2))).await
    }
}

/// Fails with that reason; another try may help or not.
pub(crate) struct Fails {
    pub(crate) reason: &'static str,
    pub(crate) again: bool,
}

#[async_trait]
impl Job for Fails {
    async fn run(&self, _work: &Work) -> Result<Finished, JobError> {
        let reason = self.reason.to_owned();
        Err(if self.again {
            JobError::Again(reason)
        } else {
            JobError::Hopeless(reason)
        })
    }
}

/// Breaks down.
pub(crate) struct Panics;

#[async_trait]
impl Job for Panics {
    async fn run(&self, _work: &Work) -> Result<Finished, JobError> {
        panic!("the secret of the job")
    }
}

/// Says that it has begun, waits until it may go on, renames the enterprise and is done.
pub(crate) struct Waits {
    pub(crate) begun: Semaphore,
    pub(crate) may_go_on: Semaphore,
    /// How its progress was taken once it may go on.
    pub(crate) told: Mutex<Option<Result<(), String>>>,
}

impl Waits {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            begun: Semaphore::new(0),
            may_go_on: Semaphore::new(0),
            told: Mutex::new(None),
        })
    }

    /// Waits until the job has begun.
    pub(crate) async fn has_begun(&self) {
        let begun = tokio::time::timeout(AT_MOST, self.begun.acquire()).await;
        begun.expect("the job begins").unwrap().forget();
    }

    pub(crate) fn go_on(&self) {
        self.may_go_on.add_permits(1);
    }
}

#[async_trait]
impl Job for Waits {
    async fn run(&self, work: &Work) -> Result<Finished, JobError> {
        work.progress(10, Some(100)).await?;
        // Too soon after the first one to be written.
        work.progress(20, Some(100)).await?;
        self.begun.add_permits(1);
        self.may_go_on.acquire().await.unwrap().forget();
        let told = work.progress(90, Some(100)).await;
        *self.told.lock().unwrap() = Some(told.map_err(|error| error.to_string()));
        let db = work.begin().await?;
        db.execute_unprepared("UPDATE enterprise SET name = 'Renamed by the job'")
            .await?;
        work.finish(db, Some(result(1))).await
    }
}

/// A clock that is set by hand; it begins a second from now, so that what is added now is due.
#[derive(Clone)]
pub(crate) struct SetClock(Arc<Mutex<DateTime<Utc>>>);

impl SetClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Utc::now() + TimeDelta::seconds(1))))
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    pub(crate) fn clock(&self) -> Clock {
        let clock = self.clone();
        Clock::new(move || clock.now())
    }
}

/// A runner whose only job is `job`.
pub(crate) fn runner(portal: &TestPortal, job: Arc<dyn Job>, clock: &SetClock) -> Runner {
    Runner::new(portal.backend())
        .with_jobs(move |_| job.clone())
        .with_clock(clock.clock())
}

/// Every task of the enterprise, the latest first.
pub(crate) async fn tasks(portal: &TestPortal, at: &TestEnterprise) -> Vec<TaskRow> {
    let list = task::list(&portal.system(), portal.backend(), at.slug(), &TableQuery::default()).await;
    list.unwrap().rows
}

/// The only task of the enterprise.
pub(crate) async fn only_task(portal: &TestPortal, at: &TestEnterprise) -> TaskRow {
    let mut tasks = tasks(portal, at).await;
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    tasks.remove(0)
}

/// Waits until the only task of the enterprise is as it should be.
pub(crate) async fn becomes(portal: &TestPortal, at: &TestEnterprise, is: impl Fn(&TaskRow) -> bool) -> TaskRow {
    let waiting = async {
        loop {
            let task = only_task(portal, at).await;
            if is(&task) {
                return task;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(AT_MOST, waiting)
        .await
        .expect("it becomes so in time")
}

/// Waits until the answer of `sql` is another one than `before`.
pub(crate) async fn changes(portal: &TestPortal, sql: &str, before: Option<&str>) {
    let waiting = async {
        while portal.text(sql).await.as_deref() == before {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(AT_MOST, waiting)
        .await
        .expect("it changes in time");
}

/// Waits for something that must end in time.
pub(crate) async fn ends<T>(deed: impl Future<Output = T>) -> T {
    tokio::time::timeout(AT_MOST, deed).await.expect("it ends in time")
}
