//! The runner: every task is done once, failures are tried again, a server that stops gives back what it cannot end.

use std::{collections::HashSet, sync::Arc, time::Duration};

use backend::{
    jobs::{Job, Runner, RunnerSettings},
    services::{health, task},
    testing::{Engine, TestPortal},
};
use chrono::TimeDelta;
use domain::task::{TaskProgress, TaskResult, TaskState};
use rstest::rstest;
use tokio::sync::oneshot;

use crate::jobs::{Done, Fails, Panics, SetClock, Waits, becomes, ends, only_task, result, runner, tasks};

const TASKS: usize = 50;

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_runners_do_fifty_tasks_once_each(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    for _ in 0..TASKS {
        clinic.task().await;
    }
    let job = Arc::new(Done::default());
    let other_program = portal.database().open().await;
    let backends = [portal.backend(), portal.backend(), &other_program, &other_program];
    let runners = backends.map(|backend| {
        let job: Arc<dyn Job> = job.clone();
        let runner = Runner::new(backend).with_jobs(move |_| job.clone());
        tokio::spawn(async move { runner.work_off().await.unwrap() })
    });
    let mut worked_off = 0;
    for runner in runners {
        worked_off += runner.await.unwrap();
    }

    assert_eq!(worked_off, TASKS);
    let done = job.tasks.lock().unwrap().clone();
    assert_eq!((done.len(), done.iter().collect::<HashSet<_>>().len()), (TASKS, TASKS));
    let states = "SELECT COUNT(*) FROM task WHERE state = 'done' AND attempts = 1 AND lease_owner IS NULL";
    assert_eq!(portal.number(states).await, 50);
}

#[rstest]
#[tokio::test]
async fn what_fails_is_tried_again_after_longer_and_longer_pauses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    let (clock, reason) = (SetClock::new(), "The carrier did not answer.");
    let runner = runner(&portal, Arc::new(Fails { reason, again: true }), &clock);

    for (attempt, longest) in [(1, 5), (2, 10), (3, 20), (4, 40)] {
        assert_eq!(runner.work_off().await.unwrap(), 1, "try {attempt}");
        let waiting = only_task(&portal, &clinic).await;
        assert_eq!((waiting.state, waiting.attempts), (TaskState::Waiting, attempt));
        assert_eq!(waiting.failure.as_deref(), Some(reason));
        let pause = waiting.next_attempt_at.unwrap() - clock.now();
        let longest = TimeDelta::seconds(longest);
        assert!(
            longest / 2 - TimeDelta::seconds(1) <= pause && pause <= longest,
            "{pause}"
        );
        assert_eq!(runner.work_off().await.unwrap(), 0, "not before its time");
        clock.advance(longest + TimeDelta::seconds(1));
    }

    assert_eq!(runner.work_off().await.unwrap(), 1);
    let failed = only_task(&portal, &clinic).await;
    assert_eq!((failed.state, failed.attempts), (TaskState::Failed, 5));
    assert_eq!(
        (failed.failure.as_deref(), failed.next_attempt_at),
        (Some(reason), None)
    );
    assert!(failed.finished_at.is_some());
    clock.advance(TimeDelta::days(1));
    assert_eq!(runner.work_off().await.unwrap(), 0, "it has failed for good");
}

#[rstest]
#[tokio::test]
async fn what_is_hopeless_fails_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    let job = Fails {
        reason: "The file is gone.",
        again: false,
    };
    runner(&portal, Arc::new(job), &SetClock::new())
        .work_off()
        .await
        .unwrap();
    let failed = only_task(&portal, &clinic).await;
    assert_eq!((failed.state, failed.attempts), (TaskState::Failed, 1));
    assert_eq!(failed.failure.as_deref(), Some("The file is gone."));
}

#[rstest]
#[tokio::test]
async fn a_job_that_panics_has_failed_and_the_runner_goes_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    clinic.task().await;
    let worked_off = runner(&portal, Arc::new(Panics), &SetClock::new()).work_off().await;
    assert_eq!(worked_off.unwrap(), 2);
    for failed in tasks(&portal, &clinic).await {
        assert_eq!((failed.state, failed.attempts), (TaskState::Failed, 1));
        let reason = failed.failure.unwrap();
        assert!(!reason.contains("secret"), "{reason}");
    }
}

#[rstest]
#[tokio::test]
async fn progress_is_told_but_not_too_often(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    let (clock, job) = (SetClock::new(), Waits::new());
    let runner = runner(&portal, job.clone(), &clock);
    let running = tokio::spawn(async move { runner.work_off().await.unwrap() });

    job.has_begun().await;
    let task = only_task(&portal, &clinic).await;
    assert_eq!(task.state, TaskState::Running);
    let progress = |done| TaskProgress { done, total: Some(100) };
    assert_eq!(task.progress, progress(10), "the second one came too soon");
    clock.advance(TimeDelta::seconds(3));
    job.go_on();
    assert_eq!(ends(running).await.unwrap(), 1);
    let task = only_task(&portal, &clinic).await;
    assert_eq!((task.state, task.progress), (TaskState::Done, progress(90)));
    assert_eq!((task.result, task.duration_seconds), (Some(result(1)), Some(3)));
}

#[rstest]
#[tokio::test]
async fn what_the_same_program_adds_is_begun_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let settings = RunnerSettings {
        poll: Duration::from_secs(3_600),
        ..RunnerSettings::default()
    };
    let job = Arc::new(Done::default());
    let runner = runner(&portal, job, &SetClock::new()).with_settings(settings);
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(runner.run(async move { drop(stopped.await) }));

    task::start_sync(&clinic.admin().await, portal.backend(), clinic.slug())
        .await
        .unwrap();
    becomes(&portal, &clinic, |task| task.state == TaskState::Done).await;
    stop.send(()).unwrap();
    ends(running).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn what_another_program_adds_is_found_by_looking(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let settings = RunnerSettings {
        poll: Duration::from_millis(20),
        ..RunnerSettings::default()
    };
    let runner = runner(&portal, Arc::new(Done::default()), &SetClock::new()).with_settings(settings);
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(runner.run(async move { drop(stopped.await) }));

    let other_program = portal.database().open().await;
    task::start_sync(&clinic.admin().await, &other_program, clinic.slug())
        .await
        .unwrap();
    becomes(&portal, &clinic, |task| task.state == TaskState::Done).await;
    stop.send(()).unwrap();
    ends(running).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_stop_lets_tasks_under_way_end_and_claims_no_others(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    clinic.task().await;
    let job = Waits::new();
    let settings = RunnerSettings {
        at_once: 1,
        ..RunnerSettings::default()
    };
    let runner = runner(&portal, job.clone(), &SetClock::new()).with_settings(settings);
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(runner.run(async move { drop(stopped.await) }));
    job.has_begun().await;
    stop.send(()).unwrap();
    // Only a runner that drains comes so far: with room for one task the other one must wait.
    job.go_on();
    ends(running).await.unwrap();

    let states: Vec<_> = tasks(&portal, &clinic)
        .await
        .into_iter()
        .map(|task| (task.state, task.attempts))
        .collect();
    assert!(states.contains(&(TaskState::Done, 1)), "{states:?}");
    assert!(states.contains(&(TaskState::Waiting, 0)), "{states:?}");
}

#[rstest]
#[tokio::test]
async fn what_does_not_end_in_time_is_given_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    let (clock, job) = (SetClock::new(), Waits::new());
    let settings = RunnerSettings {
        drain: Duration::from_millis(1),
        ..RunnerSettings::default()
    };
    let stopping = runner(&portal, job.clone(), &clock).with_settings(settings);
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(stopping.run(async move { drop(stopped.await) }));
    job.has_begun().await;
    stop.send(()).unwrap();
    ends(running).await.unwrap();

    let task = only_task(&portal, &clinic).await;
    assert_eq!(
        (task.state, task.attempts),
        (TaskState::Waiting, 0),
        "it does not count as a try"
    );
    let another = runner(&portal, Arc::new(Done::default()), &clock);
    assert_eq!(
        another.work_off().await.unwrap(),
        1,
        "another server takes it up at once"
    );
    assert_eq!(only_task(&portal, &clinic).await.result, Some(result(2)));
}

/// The job of the program itself.
#[rstest]
#[tokio::test]
async fn a_sync_makes_every_change_live(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    clinic.group("Front Desk", ada).numbers([number]).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let pending = async || {
        let summary = health::summary(&admin, backend, slug).await;
        summary.unwrap().pending_changes.unwrap()
    };
    let before = pending().await;
    assert!(before > 0);

    task::start_sync(&admin, backend, slug).await.unwrap();
    assert_eq!(Runner::new(backend).work_off().await.unwrap(), 1);

    let task = only_task(&portal, &clinic).await;
    assert_eq!(task.state, TaskState::Done, "{task:?}");
    let expected = TaskResult::Sync {
        snapshot: 1,
        changes: before,
    };
    assert_eq!(task.result, Some(expected));
    assert_eq!(pending().await, 0);
    assert_eq!(portal.number("SELECT COUNT(*) FROM config_snapshot").await, 1);
}
