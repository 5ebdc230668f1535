//! Tasks as an enterprise sees them: starting a sync once, trying a failed one again, the table.

use std::sync::Arc;

use backend::{
    services::task,
    testing::{Engine, TestPortal, anonymous},
};
use chrono::TimeDelta;
use domain::{
    access::{Action, Resource},
    error::Error,
    ids::TaskId,
    table::{TableQuery, WholeList},
    task::{TABLE, TaskKind, TaskState},
};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::{
    jobs::{Done, Fails, SetClock, only_task, runner, tasks},
    support::nobody,
};

fn hopeless() -> Arc<Fails> {
    Arc::new(Fails {
        reason: "The connector is gone.",
        again: false,
    })
}

#[rstest]
#[tokio::test]
async fn a_second_press_starts_no_second_sync(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);

    let first = task::start_sync(&admin, backend, slug).await.unwrap();
    assert_eq!((first.kind, first.state), (TaskKind::Sync, TaskState::Waiting));
    assert_eq!((first.started_by.as_str(), &first.file), ("Test Person", &None));
    let second = task::start_sync(&admin, backend, slug).await.unwrap();
    assert_eq!(second.id, first.id);

    let done = runner(&portal, Arc::new(Done::default()), &SetClock::new());
    assert_eq!(done.work_off().await.unwrap(), 1);
    let third = task::start_sync(&admin, backend, slug).await.unwrap();
    assert_ne!(third.id, first.id, "the first one has ended");
    assert_eq!(
        portal
            .number("SELECT COUNT(*) FROM audit_event WHERE resource = 'task'")
            .await,
        2
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_presses_at_the_same_moment_start_one_sync(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    const PRESSES: usize = 12;
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let start = Arc::new(Barrier::new(PRESSES));
    let presses: Vec<_> = (0..PRESSES)
        .map(|_| {
            let (start, backend) = (start.clone(), portal.backend().clone());
            let (admin, slug) = (admin.clone(), clinic.slug().clone());
            tokio::spawn(async move {
                start.wait().await;
                task::start_sync(&admin, &backend, &slug).await.unwrap().id
            })
        })
        .collect();
    let only = async {
        let mut ids = Vec::new();
        for press in presses {
            ids.push(press.await.unwrap());
        }
        ids.dedup();
        ids
    };
    assert_eq!(only.await, [only_task(&portal, &clinic).await.id]);
}

#[rstest]
#[tokio::test]
async fn two_enterprises_sync_side_by_side(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, freight) = (
        portal.legacy_enterprise("alder-clinics").await,
        portal.legacy_enterprise("borealis-freight").await,
    );
    for enterprise in [&clinic, &freight] {
        let admin = enterprise.admin().await;
        task::start_sync(&admin, portal.backend(), enterprise.slug())
            .await
            .unwrap();
    }
    assert_ne!(
        only_task(&portal, &clinic).await.id,
        only_task(&portal, &freight).await.id
    );
}

#[rstest]
#[tokio::test]
async fn there_is_nothing_to_sync_with_the_unified_app(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let refused = task::start_sync(&admin, portal.backend(), clinic.slug()).await;
    let Err(Error::Conflict(why)) = refused else {
        panic!("{refused:?}")
    };
    assert!(why.message.contains("live at once"), "{}", why.message);
    assert!(tasks(&portal, &clinic).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn who_may_start_and_retry(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let failed: TaskId = nobody();
    clinic.failed_task(failed).await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let not_found = Error::NotFound {
        resource: Resource::Enterprise,
    };
    let forbidden = |action| Error::Forbidden {
        action,
        resource: Resource::Task,
    };
    let viewer = clinic.viewer().await;
    for (ctx, start, retry) in [
        (anonymous(), Error::SignedOut, Error::SignedOut),
        (elsewhere.admin().await, not_found.clone(), not_found),
        (viewer.clone(), forbidden(Action::Create), forbidden(Action::Update)),
    ] {
        assert_eq!(task::start_sync(&ctx, backend, slug).await, Err(start));
        assert_eq!(task::retry(&ctx, backend, slug, failed).await, Err(retry));
    }
    assert_eq!(task::get(&viewer, backend, slug, failed).await.unwrap().id, failed);
    let missing = Err(Error::NotFound {
        resource: Resource::Task,
    });
    let stranger = elsewhere.admin().await;
    assert_eq!(task::get(&stranger, backend, elsewhere.slug(), failed).await, missing);
    assert_eq!(task::retry(&stranger, backend, elsewhere.slug(), failed).await, missing);
}

#[rstest]
#[tokio::test]
async fn a_failed_task_is_tried_again_from_its_beginning(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);
    let clock = SetClock::new();
    let id = task::start_sync(&admin, backend, slug).await.unwrap().id;
    runner(&portal, hopeless(), &clock).work_off().await.unwrap();
    assert_eq!(only_task(&portal, &clinic).await.state, TaskState::Failed);

    let waiting = task::retry(&admin, backend, slug, id).await.unwrap();
    assert_eq!(
        (waiting.id, waiting.state, waiting.attempts),
        (id, TaskState::Waiting, 0)
    );
    assert_eq!((waiting.failure, waiting.finished_at), (None, None));
    let again = task::retry(&admin, backend, slug, id).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");

    runner(&portal, Arc::new(Done::default()), &clock)
        .work_off()
        .await
        .unwrap();
    let done = only_task(&portal, &clinic).await;
    assert_eq!((done.state, done.failure), (TaskState::Done, None));
    let again = task::retry(&admin, backend, slug, id).await;
    assert!(
        matches!(again, Err(Error::Conflict(_))),
        "what is done is not tried again: {again:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_failed_sync_is_not_tried_again_beside_a_newer_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);
    let failed = task::start_sync(&admin, backend, slug).await.unwrap().id;
    runner(&portal, hopeless(), &SetClock::new()).work_off().await.unwrap();
    task::start_sync(&admin, backend, slug).await.unwrap();

    let refused = task::retry(&admin, backend, slug, failed).await;

    let Err(Error::Conflict(why)) = refused else {
        panic!("{refused:?}")
    };
    assert!(why.message.contains("already under way"), "{}", why.message);
    assert_eq!(
        task::get(&admin, backend, slug, failed).await.unwrap().state,
        TaskState::Failed
    );
}

#[rstest]
#[case("", 3)]
#[case("search=sync", 3)]
#[case("search=failed", 1)]
#[case("search=test%20person", 2)]
#[case("search=nobody", 0)]
#[case("filter=state:in:failed", 1)]
#[case("filter=state:in:waiting,done", 2)]
#[case("filter=kind:in:sync&filter=started_by:contains:person", 2)]
#[case("filter=duration:ge:3", 1)]
#[case("filter=created_at:last:1&sort=-duration", 3)]
#[tokio::test]
async fn tasks_are_searched_and_filtered_alike_by_server_and_browser(
    #[case] query: &str,
    #[case] expected: u64,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);
    task::start_sync(&admin, backend, slug).await.unwrap();
    runner(&portal, Arc::new(Done::default()), &SetClock::new())
        .work_off()
        .await
        .unwrap();
    clinic.failed_task(nobody()).await;
    clinic.task().await;
    let later = backend::context::OpContext {
        now: admin.now + TimeDelta::minutes(1),
        ..admin
    };

    let query = TableQuery::parse_lenient(query, &TABLE);
    let page = task::list(&later, backend, slug, &query).await.unwrap();
    assert_eq!((page.matching, page.total), (expected, 3));

    let WholeList::Rows((), rows) = task::list_all(&later, backend, slug, &[]).await.unwrap() else {
        panic!("three are not too many")
    };
    let mut index = domain::table::TableIndexBuilder::new(&TABLE);
    for row in &rows {
        domain::table::Listed::index(row, &(), &mut index);
    }
    let found = index.finish().evaluate(&query, later.now).rows;
    assert_eq!(found.len() as u64, expected);
    let by_server: Vec<TaskId> = page.rows.iter().map(|row| row.id).collect();
    let by_browser: Vec<TaskId> = found.iter().map(|place| rows[*place as usize].id).collect();
    assert_eq!(by_browser, by_server);
}
