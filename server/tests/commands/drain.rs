//! Tasks of a server that is told to stop: they are done or given back, and the program ends by itself.

use std::time::{Duration, Instant};

use backend::testing::{Engine, TestPortal};
use rstest::rstest;

use crate::{
    program::{Place, Serving},
    script::Script,
    tasks::{GATE, ask_for_a_sync},
};

/// How many numbers the file has.
const ROWS: i64 = 1_500;
/// Holds an import up as the gate of the syncs holds up those.
const IMPORT_GATE: &str =
    "CREATE TRIGGER import_gate BEFORE INSERT ON phone_number FOR EACH ROW EXECUTE FUNCTION wait_at_gate()";
/// Within what time the program ends; as long as service managers are told to wait before they kill it.
const IN_TIME: Duration = Duration::from_secs(20);
/// Until when anything else must have happened.
const AT_MOST: Duration = Duration::from_secs(60);

fn file() -> String {
    let rows = (0..ROWS).map(|row| format!("+1206{},TRUE\n", 2_000_000 + row));
    format!("Number,SMS\n{}", rows.collect::<String>())
}

/// Waits until so many tasks are as the condition says.
async fn until(portal: &TestPortal, condition: &str, count: i64) {
    let deadline = Instant::now() + AT_MOST;
    let counting = format!("SELECT COUNT(*) FROM task WHERE {condition}");
    loop {
        let now = portal.number(&counting).await;
        if now == count {
            return;
        }
        assert!(Instant::now() < deadline, "{now} tasks, not {count}: {condition}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Asserts that the program ends by itself, well and in time.
fn stops_in_time(serving: Serving) {
    let told = Instant::now();
    serving.stop();
    serving.ends_well();
    let took = told.elapsed();
    assert!(took < IN_TIME, "it took {took:?}");
}

/// Asserts how many rows there are.
async fn assert_count(portal: &TestPortal, rows: &str, count: i64) {
    let now = portal.number(&format!("SELECT COUNT(*) FROM {rows}")).await;
    assert_eq!(now, count, "{rows}");
}

#[rstest]
#[tokio::test]
async fn an_import_under_way_is_done_before_the_program_ends(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&portal, &clinic).await;
    let place = Place::new();
    let start = || Serving::start(place.command(&["--database-url", portal.database().url(), "serve"]));
    let serving = start();
    let upload = script.upload(&serving, &file());
    let checked = script.check(&serving, &upload);
    script.apply(&serving, &checked);
    until(&portal, "state <> 'waiting'", 1).await;

    stops_in_time(serving);
    for (rows, count) in [
        ("task WHERE state = 'done' AND attempts = 1", 1),
        ("phone_number", ROWS),
        ("import_outcome", ROWS),
    ] {
        assert_count(&portal, rows, count).await;
    }

    // The next start finds nothing to do.
    stops_in_time(start());
    assert_count(&portal, "audit_event WHERE action = 'import'", 1).await;
    assert_count(&portal, "task WHERE state = 'done' AND attempts = 1", 1).await;
}

/// Only PostgreSQL can hold a task up for as long as it takes.
#[tokio::test]
async fn what_does_not_end_in_time_is_given_back_and_done_after_the_next_start() {
    let portal = TestPortal::open(Engine::Postgres).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&portal, &clinic).await;
    for statement in GATE {
        portal.execute(statement).await.unwrap();
    }
    ask_for_a_sync(&portal, "birch").await;
    let known = portal.number("SELECT COUNT(*) FROM phone_number").await;
    let place = Place::new();
    let start = || Serving::start(place.command(&["--database-url", portal.database().url(), "serve"]));
    let serving = start();
    let upload = script.upload(&serving, &file());
    let checked = script.check(&serving, &upload);
    portal.execute(IMPORT_GATE).await.unwrap();
    script.apply(&serving, &checked);
    until(&portal, "state = 'running'", 2).await;

    stops_in_time(serving);
    let given_back = "task WHERE state = 'waiting' AND attempts = 0 AND lease_owner IS NULL";
    assert_count(&portal, given_back, 2).await;
    assert_count(&portal, "phone_number", known).await;
    assert_count(&portal, "config_snapshot", 0).await;

    portal.execute("INSERT INTO gate VALUES (true)").await.unwrap();
    let serving = start();
    until(&portal, "state = 'done' AND attempts = 1", 2).await;
    for (rows, count) in [
        ("phone_number", known + ROWS),
        ("import_outcome", ROWS),
        ("audit_event WHERE action = 'import'", 1),
        ("config_snapshot", 1),
    ] {
        assert_count(&portal, rows, count).await;
    }
    stops_in_time(serving);
}
