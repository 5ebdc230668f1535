//! Leases: a holder that is gone loses its task, one that lives keeps it, and whoever has lost it writes nothing more.

use std::{sync::Arc, time::Duration};

use backend::{
    jobs::RunnerSettings,
    testing::{Engine, TestPortal},
};
use chrono::TimeDelta;
use domain::task::TaskState;
use rstest::rstest;

use crate::jobs::{Done, SetClock, Waits, changes, ends, only_task, result, runner};

/// A lease is 30 seconds long.
const LONGER_THAN_A_LEASE: TimeDelta = TimeDelta::seconds(31);

#[rstest]
#[tokio::test]
async fn a_task_whose_holder_is_gone_is_taken_up_when_its_lease_has_run_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    let (clock, job) = (SetClock::new(), Waits::new());
    let crashing = runner(&portal, job.clone(), &clock);
    let running = tokio::spawn(async move { crashing.work_off().await });
    job.has_begun().await;
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    assert_eq!(only_task(&portal, &clinic).await.state, TaskState::Running);

    let another = runner(&portal, Arc::new(Done::default()), &clock);
    clock.advance(TimeDelta::seconds(29));
    assert_eq!(another.work_off().await.unwrap(), 0, "it may still be alive");
    clock.advance(TimeDelta::seconds(2));
    assert_eq!(another.work_off().await.unwrap(), 1);
    let task = only_task(&portal, &clinic).await;
    assert_eq!((task.state, task.attempts), (TaskState::Done, 2));
}

/// A task that takes its server down each time must not do so for ever.
#[rstest]
#[tokio::test]
async fn a_task_that_was_left_five_times_has_failed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    let clock = SetClock::new();
    for attempt in 1..=5 {
        let job = Waits::new();
        let crashing = runner(&portal, job.clone(), &clock);
        let running = tokio::spawn(async move { crashing.work_off().await });
        job.has_begun().await;
        running.abort();
        assert!(running.await.unwrap_err().is_cancelled());
        assert_eq!(only_task(&portal, &clinic).await.attempts, attempt);
        clock.advance(LONGER_THAN_A_LEASE);
    }
    let another = runner(&portal, Arc::new(Done::default()), &clock);
    assert_eq!(another.work_off().await.unwrap(), 0);
    let task = only_task(&portal, &clinic).await;
    assert_eq!(task.state, TaskState::Failed);
    assert_eq!(
        task.failure.as_deref(),
        Some("The server stopped in the middle of each try.")
    );
}

#[rstest]
#[tokio::test]
async fn whoever_has_lost_a_task_writes_nothing_more(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    let (clock, job) = (SetClock::new(), Waits::new());
    let slow = runner(&portal, job.clone(), &clock);
    let running = tokio::spawn(async move { slow.work_off().await.unwrap() });
    job.has_begun().await;

    clock.advance(LONGER_THAN_A_LEASE);
    let another = runner(&portal, Arc::new(Done::default()), &clock);
    assert_eq!(another.work_off().await.unwrap(), 1);
    let before = only_task(&portal, &clinic).await;
    assert_eq!(before.result, Some(result(2)));

    job.go_on();
    ends(running).await.unwrap();
    let told = job.told.lock().unwrap().clone();
    assert_eq!(told, Some(Err("somebody else has the task".to_owned())));
    assert_eq!(only_task(&portal, &clinic).await, before);
    let renamed = "SELECT COUNT(*) FROM enterprise WHERE name = 'Renamed by the job'";
    assert_eq!(portal.number(renamed).await, 0, "what it had changed is not there");
}

fn quick_heartbeats() -> RunnerSettings {
    RunnerSettings {
        lease: Duration::from_millis(300),
        ..RunnerSettings::default()
    }
}

#[rstest]
#[tokio::test]
async fn a_holder_that_lives_keeps_its_task(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    let (clock, job) = (SetClock::new(), Waits::new());
    let slow = runner(&portal, job.clone(), &clock).with_settings(quick_heartbeats());
    let running = tokio::spawn(async move { slow.work_off().await.unwrap() });
    job.has_begun().await;

    let lease = "SELECT CAST(lease_until AS text) FROM task";
    let first = portal.text(lease).await;
    clock.advance(LONGER_THAN_A_LEASE);
    changes(&portal, lease, first.as_deref()).await;
    let another = runner(&portal, Arc::new(Done::default()), &clock).with_settings(quick_heartbeats());
    assert_eq!(
        another.work_off().await.unwrap(),
        0,
        "the heartbeat came before the end of the lease"
    );
    job.go_on();
    ends(running).await.unwrap();
    assert_eq!(only_task(&portal, &clinic).await.result, Some(result(1)));
}

#[rstest]
#[tokio::test]
async fn a_heartbeat_that_finds_somebody_else_ends_the_job(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    let (clock, job) = (SetClock::new(), Waits::new());
    let slow = runner(&portal, job.clone(), &clock).with_settings(quick_heartbeats());
    let running = tokio::spawn(async move { slow.work_off().await.unwrap() });
    job.has_begun().await;

    portal
        .execute("UPDATE task SET lease_owner = 'somebody else'")
        .await
        .unwrap();

    // The job itself would wait for ever.
    ends(running).await.unwrap();
    assert_eq!(only_task(&portal, &clinic).await.state, TaskState::Running);
    let owner = portal.text("SELECT lease_owner FROM task").await;
    assert_eq!(owner.as_deref(), Some("somebody else"));
}
