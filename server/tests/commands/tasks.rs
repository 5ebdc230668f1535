//! Tasks with several servers on one PostgreSQL, some of which are killed in the middle.

use std::time::{Duration, Instant};

use backend::{
    services::task,
    testing::{Engine, TestPortal},
};

use crate::program::{Place, Serving, kills};

/// One task for each: fewer than four servers have room for, more than two have.
const ENTERPRISES: [&str; 12] = [
    "alder", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel", "ivy", "juniper", "larch", "maple",
];
/// Until when something must have happened.
const AT_MOST: Duration = Duration::from_secs(60);

/// Holds every sync up in the middle of its work until there is a row in `gate`.
pub(crate) const GATE: [&str; 3] = [
    "CREATE TABLE gate (is_open boolean NOT NULL)",
    "CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN WHILE NOT EXISTS (SELECT 1 FROM gate) LOOP PERFORM pg_sleep(0.02); END LOOP; RETURN NEW; END $$",
    "CREATE TRIGGER gate BEFORE INSERT ON config_snapshot FOR EACH ROW EXECUTE FUNCTION wait_at_gate()",
];

/// Makes every sync last long enough to be killed in the middle.
const SLOWLY: [&str; 2] = [
    "CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.2); RETURN NEW; END $$",
    "CREATE TRIGGER slowly BEFORE INSERT ON config_snapshot FOR EACH ROW EXECUTE FUNCTION take_time()",
];
/// How many syncs are asked for before each kill, each of an enterprise of its own.
const SYNCS: u64 = 4;

/// Asks for a sync of a new enterprise in which there is something to publish.
pub(crate) async fn ask_for_a_sync(portal: &TestPortal, slug: &'static str) {
    let enterprise = portal.legacy_enterprise(slug).await;
    let ada = enterprise.user("Ada Brandt").insert().await;
    enterprise.number("+12065550100").of_user(ada).insert().await;
    task::start_sync(&portal.system(), portal.backend(), enterprise.slug())
        .await
        .unwrap();
}

/// Waits until so many tasks are in a state.
async fn until(portal: &TestPortal, state: &str, count: usize) {
    let deadline = Instant::now() + AT_MOST;
    let counting = format!("SELECT COUNT(*) FROM task WHERE state = '{state}'");
    loop {
        let now = portal.number(&counting).await;
        if usize::try_from(now).unwrap() == count {
            return;
        }
        assert!(Instant::now() < deadline, "{now} tasks are {state}, not {count}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn four_servers_do_each_task_once_though_two_are_killed() {
    let portal = TestPortal::open(Engine::Postgres).await;
    // With an account in it none of them makes one at its start.
    portal.provider_admin().await;
    for statement in GATE {
        portal.execute(statement).await.unwrap();
    }
    let place = Place::new();
    let url = portal.database().url();
    let start = || Serving::start(place.command(&["--database-url", url, "serve"]));
    let servers = [start(), start(), start(), start()];
    for slug in ENTERPRISES {
        ask_for_a_sync(&portal, slug).await;
    }
    until(&portal, "running", ENTERPRISES.len()).await;

    let [first, second, third, fourth] = servers;
    first.kill();
    third.kill();
    // Time goes by, for those who live as well: some of their tasks are taken away while they work on them.
    portal
        .execute("UPDATE task SET lease_until = lease_until - INTERVAL '1 hour'")
        .await
        .unwrap();
    portal.execute("INSERT INTO gate VALUES (true)").await.unwrap();

    until(&portal, "done", ENTERPRISES.len()).await;
    let snapshots = "SELECT COUNT(*) FROM config_snapshot";
    assert_eq!(portal.number(snapshots).await, 12, "each took effect once");
    let served = "SELECT COUNT(DISTINCT enterprise_id) FROM config_snapshot";
    assert_eq!(portal.number(served).await, 12);
    let tries = portal.number("SELECT SUM(attempts) FROM task").await;
    assert!(tries > 12, "some were begun again");
    for server in [second, fourth] {
        server.stop();
        server.ends_well();
    }
}

#[tokio::test]
async fn each_task_is_done_once_though_one_of_four_servers_is_killed_again_and_again() {
    let portal = TestPortal::open(Engine::Postgres).await;
    portal.provider_admin().await;
    for statement in SLOWLY {
        portal.execute(statement).await.unwrap();
    }
    let place = Place::new();
    let url = portal.database().url();
    let start = || Serving::start(place.command(&["--database-url", url, "serve"]));
    let survivors = [start(), start(), start()];
    for kill in 0..kills() {
        for sync in 0..SYNCS {
            ask_for_a_sync(&portal, format!("clinic-{kill}-{sync}").leak()).await;
        }
        // One that has just come looks for tasks at once.
        let fourth = start();
        until(&portal, "waiting", 0).await;
        tokio::time::sleep(Duration::from_millis(kill % 8 * 25)).await;
        fourth.kill();
        // Time goes by, for those who live as well, and the tries do not run out.
        portal
            .execute(
                "UPDATE task SET lease_until = lease_until - INTERVAL '1 hour', attempts = 1 WHERE state = 'running'",
            )
            .await
            .unwrap();
    }
    let all = i64::try_from(kills() * SYNCS).unwrap();
    until(&portal, "done", usize::try_from(all).unwrap()).await;
    let snapshots = "SELECT COUNT(*) FROM config_snapshot";
    assert_eq!(portal.number(snapshots).await, all, "each took effect once");
    let served = "SELECT COUNT(DISTINCT enterprise_id) FROM config_snapshot";
    assert_eq!(portal.number(served).await, all);
    let tries = portal.number("SELECT SUM(attempts) FROM task").await;
    assert!(tries > all, "some were begun again");
    for server in survivors {
        server.stop();
        server.ends_well();
    }
}
