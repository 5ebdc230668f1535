//! Imports of uploaded files by a server that is killed in the middle, again and again.

use std::time::{Duration, Instant};

use backend::{
    services::import_upload,
    testing::{Engine, TestPortal},
};
use domain::import::ImportKind;
use rstest::rstest;

use crate::program::{Place, Serving, kills};

/// How many numbers the file has.
const ROWS: i64 = 20_000;
/// How long after the beginning of a try the server is killed at the latest, in milliseconds.
const LATEST: u64 = 700;
/// Until when something must have happened.
const AT_MOST: Duration = Duration::from_secs(120);

const NUMBERS: &str = "SELECT COUNT(*) FROM phone_number";
const DONE: &str = "SELECT COUNT(*) FROM task WHERE state = 'done'";

/// How long after the beginning of each try the server is killed: from at once to [`LATEST`], more densely at first.
fn moments() -> impl Iterator<Item = u64> {
    let last = kills().saturating_sub(1).max(1);
    (0..kills()).map(move |kill| LATEST * kill * kill / (last * last))
}

/// Waits until a count is what it should be.
async fn until(portal: &TestPortal, counting: &str, count: i64) {
    let deadline = Instant::now() + AT_MOST;
    loop {
        let now = portal.number(counting).await;
        if now == count {
            return;
        }
        assert!(Instant::now() < deadline, "{counting}: {now}, not {count}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[rstest]
#[tokio::test]
async fn an_import_ends_the_same_however_often_its_server_is_killed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (admin, backend, kind) = (clinic.admin().await, portal.backend(), ImportKind::Numbers);
    let mut receiving = import_upload::receive(&admin, backend, clinic.slug(), kind, "numbers.csv")
        .await
        .unwrap();
    let rows: String = (2_000_000..2_000_000 + ROWS)
        .map(|number| format!("+1206{number},TRUE\n"))
        .collect();
    receiving.write(format!("Number,SMS\n{rows}").as_bytes()).await.unwrap();
    let upload = receiving.finish().await.unwrap();
    let which = (kind, upload.id);
    let checked = import_upload::check(&admin, backend, clinic.slug(), which, upload.shape.columns)
        .await
        .unwrap();
    import_upload::apply(&admin, backend, clinic.slug(), which, checked.run.unwrap(), false)
        .await
        .unwrap();

    // In one statement, since a commit that was sent before the kill may come between two.
    let half = format!("SELECT ({NUMBERS}) - {ROWS} * ({DONE})");
    let place = Place::new();
    let url = portal.database().url();
    let start = || Serving::start(place.command(&["--database-url", url, "serve"]));
    for moment in moments() {
        let serving = start();
        until(&portal, "SELECT COUNT(*) FROM task WHERE state <> 'waiting'", 1).await;
        tokio::time::sleep(Duration::from_millis(moment)).await;
        serving.kill();
        // All of the rows or none of them, whenever it was.
        assert_eq!(portal.number(&half).await, 0, "after {moment} ms");
        // Time goes by, and the tries do not run out.
        portal
            .execute(
                "UPDATE task SET state = 'waiting', lease_owner = NULL, lease_until = NULL, attempts = 1 \
                 WHERE state = 'running'",
            )
            .await
            .unwrap();
    }
    let serving = start();
    until(&portal, DONE, 1).await;
    assert_eq!(portal.number(NUMBERS).await, ROWS);
    for (what, count) in [
        ("audit_event WHERE action = 'import'", 1),
        ("import_outcome", ROWS),
        ("import_chunk", 0),
    ] {
        let counting = format!("SELECT COUNT(*) FROM {what}");
        assert_eq!(portal.number(&counting).await, count, "{what}");
    }
    serving.stop();
    serving.ends_well();
}
