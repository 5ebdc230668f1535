//! Uploaded files that are imported by a task.

use std::sync::atomic::{AtomicI32, Ordering};

use backend::{
    jobs::{Clock, Runner},
    services::{import_upload, task},
    testing::Engine,
};
use chrono::{TimeDelta, Utc};
use domain::{
    import::{ImportKind, OTHER_RUN},
    table::{Listed, TableIndexBuilder, TableQuery},
    task::{TABLE, TaskFile, TaskProgress, TaskResult, TaskRow, TaskState},
};
use rstest::rstest;

use super::{
    sample,
    uploading::{Clinic, counts},
};

#[rstest]
#[tokio::test]
async fn a_file_is_imported_by_a_task_with_one_entry_in_the_audit_log(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
    let checked = clinic.check(&upload).await;
    assert_eq!(counts(&checked), [320, 0, 0, 0]);
    let asked = clinic.apply(&upload, false).await.unwrap();
    assert_eq!(asked.task.as_ref().unwrap().state, TaskState::Waiting);
    // Pressing twice asks for the same task.
    let again = clinic.apply(&upload, false).await.unwrap();
    assert_eq!(again.task.unwrap().id, asked.task.unwrap().id);
    assert_eq!(clinic.work_off().await, 1);
    let done = clinic.now(&upload).await.unwrap();
    let task = done.task.clone().unwrap();
    assert_eq!((task.state, task.started_by.as_str()), (TaskState::Done, "Test Person"));
    let result = TaskResult::Import {
        added: 320,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        disabled: 0,
    };
    assert_eq!(task.result, Some(result));
    assert!(done.applied_at.is_some());
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 320);
    let entries = "SELECT COUNT(*) FROM audit_event WHERE action = 'import' AND after LIKE '%\"file\":\"file.csv\"%'";
    assert_eq!(clinic.portal.number(entries).await, 1);
    // The content is gone, the outcomes are not.
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM import_chunk").await, 0);
    assert_eq!(clinic.rows(&upload, "page_size=25").await.len(), 25);
    let refused = clinic.apply(&upload, false).await.unwrap_err();
    assert_eq!(refused.to_string(), "This file was imported already.");
}

#[rstest]
#[tokio::test]
async fn the_same_file_once_more_changes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    for expected in [[320, 0, 0, 0], [0, 0, 320, 0]] {
        let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
        assert_eq!(counts(&clinic.check(&upload).await), expected);
        clinic.apply(&upload, false).await.unwrap();
        clinic.work_off().await;
        assert_eq!(counts(&clinic.now(&upload).await.unwrap()), expected);
    }
    assert_eq!(clinic.portal.number("SELECT MAX(version) FROM phone_number").await, 1);
}

#[rstest]
#[tokio::test]
async fn people_who_are_not_in_a_file_are_disabled_only_if_that_was_ticked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(false, true)] ticked: bool,
) {
    let clinic = Clinic::new(engine).await;
    clinic.at.user("Ada Brandt").insert().await;
    let upload = clinic.upload(ImportKind::Users, sample("m365-active-users.csv")).await;
    let checked = clinic.check(&upload).await;
    assert_eq!(checked.summary.unwrap().missing, Some(1));
    let missing = clinic.rows(&upload, "filter=outcome:in:missing").await;
    assert_eq!((missing.len(), missing[0].line), (1, None));
    let added = clinic.rows(&upload, "filter=outcome:in:added").await;
    assert!(added[0].reason.starts_with("Name "), "{}", added[0].reason);
    assert!(missing[0].reason.starts_with("Ada Brandt"), "{}", missing[0].reason);
    clinic.apply(&upload, ticked).await.unwrap();
    clinic.work_off().await;
    let disabled = "SELECT COUNT(*) FROM teams_user WHERE display_name = 'Ada Brandt' AND NOT enabled";
    assert_eq!(clinic.portal.number(disabled).await, i64::from(ticked));
}

/// A task that was cut off leaves no row behind, and begins anew: the end is the same as without the cut.
#[rstest]
#[tokio::test]
async fn a_task_that_was_cut_off_ends_as_if_it_had_not_been(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
    clinic.check(&upload).await;
    clinic.apply(&upload, false).await.unwrap();
    // As a server leaves it that was killed in the middle: claimed, and nothing else.
    let claimed = "UPDATE task SET state = 'running', lease_owner = 'somebody', lease_until = created_at, \
                   started_at = created_at, attempts = 1";
    clinic.portal.execute(claimed).await.unwrap();
    assert_eq!(clinic.work_off().await, 1);
    let done = clinic.now(&upload).await.unwrap();
    assert_eq!(counts(&done), [320, 0, 0, 0]);
    assert_eq!(done.task.unwrap().attempts, 2);
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 320);
    let entries = "SELECT COUNT(*) FROM audit_event WHERE action = 'import'";
    assert_eq!(clinic.portal.number(entries).await, 1);
}

/// Its content is gone, as nobody but a fault of ours can bring about.
#[rstest]
#[tokio::test]
async fn a_task_that_fails_has_imported_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
    clinic.check(&upload).await;
    clinic.apply(&upload, false).await.unwrap();
    clinic.portal.execute("DELETE FROM import_chunk").await.unwrap();
    assert_eq!(clinic.work_off().await, 1);
    let failed = clinic.now(&upload).await.unwrap();
    let task = failed.task.unwrap();
    assert_eq!(task.state, TaskState::Failed);
    let reason = task.failure.unwrap();
    assert!(reason.ends_with("Nothing was imported."), "{reason}");
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 0);
    assert_eq!(failed.applied_at, None);
}

/// The tasks that a search finds, by the server and by a browser that has them all.
async fn found(clinic: &Clinic, search: &str) -> Vec<TaskRow> {
    let (backend, slug) = (clinic.portal.backend(), clinic.at.slug());
    let all = task::list(&clinic.admin, backend, slug, &TableQuery::default()).await;
    let all = all.unwrap().rows;
    let mut index = TableIndexBuilder::new(&TABLE);
    for row in &all {
        row.index(&(), &mut index);
    }
    let query = TableQuery::parse_lenient(&format!("search={search}"), &TABLE);
    let by_browser = index.finish().evaluate(&query, clinic.admin.now).rows;
    let by_browser: Vec<&TaskRow> = by_browser.iter().map(|place| &all[*place as usize]).collect();
    let by_server = task::list(&clinic.admin, backend, slug, &query).await.unwrap().rows;
    assert_eq!(by_browser, by_server.iter().collect::<Vec<_>>(), "{search}");
    by_server
}

/// As long as the upload is kept, whatever has become of the task; the name stays.
#[rstest]
#[tokio::test]
async fn a_task_names_its_file_and_leads_to_the_upload(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    clinic.at.import_task().await;
    let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
    clinic.check(&upload).await;
    let asked = clinic.apply(&upload, false).await.unwrap().task.unwrap();
    let file = TaskFile {
        name: "file.csv".to_owned(),
        upload: Some(upload.id),
    };
    assert_eq!(asked.file.as_ref(), Some(&file));
    assert_eq!(asked.upload(), Some((ImportKind::Numbers, upload.id)));
    clinic.work_off().await;
    let done = found(&clinic, "FILE.c").await;
    assert_eq!(done.len(), 1, "the other import has no file of that name");
    assert_eq!((done[0].state, done[0].file.as_ref()), (TaskState::Done, Some(&file)));
    assert!(found(&clinic, "another.csv").await.is_empty());

    let (backend, slug) = (clinic.portal.backend(), clinic.at.slug());
    let mut in_two_days = clinic.portal.system();
    in_two_days.now += TimeDelta::hours(49);
    assert_eq!(import_upload::delete_expired(&in_two_days, backend).await, Ok(1));
    let later = task::get(&clinic.admin, backend, slug, asked.id).await.unwrap();
    assert_eq!(later.file.as_ref().map(|file| file.name.as_str()), Some("file.csv"));
    assert_eq!(later.upload(), None);
    assert_eq!(found(&clinic, "file.csv").await, [later]);
}

/// The file belongs to the last task that was asked for, but each of them leads to its page.
#[rstest]
#[tokio::test]
async fn a_failed_task_leads_to_its_upload_also_when_the_file_is_imported_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
    clinic.check(&upload).await;
    let first = clinic.apply(&upload, false).await.unwrap().task.unwrap().id;
    clinic.portal.execute("DELETE FROM import_chunk").await.unwrap();
    clinic.work_off().await;
    let second = clinic.apply(&upload, false).await.unwrap().task.unwrap().id;
    assert_ne!(first, second);
    let tasks = found(&clinic, "file.csv").await;
    let state_of = |id| tasks.iter().find(|task| task.id == id).map(|task| task.state);
    assert_eq!(
        (tasks.len(), state_of(first), state_of(second)),
        (2, Some(TaskState::Failed), Some(TaskState::Waiting))
    );
    for task in &tasks {
        assert_eq!(
            task.upload(),
            Some((ImportKind::Numbers, upload.id)),
            "{:?}",
            task.state
        );
    }
}

/// What is imported is what was looked at, whatever another admin says meanwhile about the columns.
#[rstest]
#[tokio::test]
async fn a_file_that_was_checked_anew_is_looked_at_again_before_it_is_imported(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, "Number\n+12065550183\n").await;
    let seen = clinic.check(&upload).await.run.unwrap();
    let newer = clinic.check(&upload).await.run.unwrap();
    let (backend, slug, which) = (clinic.portal.backend(), clinic.at.slug(), (upload.kind, upload.id));
    let refused = import_upload::apply(&clinic.admin, backend, slug, which, seen, false).await;
    assert_eq!(refused.unwrap_err().field_errors()[0].field, OTHER_RUN);
    assert_eq!(clinic.work_off().await, 0);
    let asked = import_upload::apply(&clinic.admin, backend, slug, which, newer, false).await;
    asked.unwrap();
    // As a check leaves it that was under way all the while.
    let read_anew = "UPDATE import_upload SET run = NULL, summary = NULL";
    clinic.portal.execute(read_anew).await.unwrap();
    assert_eq!(clinic.work_off().await, 1);
    let task = clinic.now(&upload).await.unwrap().task.unwrap();
    assert_eq!(task.state, TaskState::Failed);
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 0);
}

/// An import is one transaction, which SQLite lets nobody look into.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tasks_table_tells_how_far_an_import_is_of_which_nothing_is_there_yet(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const ROWS: u64 = 20_000;
    let clinic = Clinic::new(engine).await;
    let rows: String = (2_000_000..2_000_000 + ROWS)
        .map(|number| format!("+1206{number}\n"))
        .collect();
    let upload = clinic.upload(ImportKind::Numbers, format!("Number\n{rows}")).await;
    clinic.check(&upload).await;
    clinic.apply(&upload, false).await.unwrap();
    // Each look at the clock is a second later than the one before, so that no progress comes too soon to be told.
    let (begin, looks) = (Utc::now(), AtomicI32::new(0));
    let clock = Clock::new(move || begin + TimeDelta::seconds(1) * (looks.fetch_add(1, Ordering::Relaxed) + 1));
    let runner = Runner::new(clinic.portal.backend()).with_clock(clock);
    let importing = tokio::spawn(async move { runner.work_off().await.unwrap() });

    let (backend, slug) = (clinic.portal.backend(), clinic.at.slug());
    let mut told: Vec<TaskProgress> = Vec::new();
    loop {
        let there = clinic.portal.number("SELECT COUNT(*) FROM phone_number").await;
        let page = task::list(&clinic.admin, backend, slug, &TableQuery::default()).await;
        let task = page.unwrap().rows.remove(0);
        match task.state {
            TaskState::Waiting => {}
            TaskState::Running => {
                assert_eq!(there, 0, "after {:?}", task.progress);
                told.push(task.progress);
            }
            TaskState::Done => break,
            TaskState::Failed => panic!("{task:?}"),
        }
    }
    assert_eq!(importing.await.unwrap(), 1);
    let in_the_middle = |progress: &TaskProgress| progress.done > 0 && progress.done < ROWS;
    assert!(told.iter().any(in_the_middle), "{told:?}");
    assert!(told.is_sorted_by_key(|progress| progress.done), "{told:?}");
    assert!(
        told.iter()
            .all(|progress| progress.total.is_none_or(|total| total == ROWS)),
        "{told:?}"
    );
}
