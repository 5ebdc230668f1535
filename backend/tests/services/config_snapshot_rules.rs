//! What a snapshot costs, that numbers have no gap, and what the database itself refuses of snapshots and entries.

use std::sync::Arc;

use backend::{
    services::sms_group,
    testing::{Engine, TestPortal},
};
use domain::{config_snapshot::Published, sms_group::SmsGroupInput};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::{
    config_snapshot::{legacy, live, not_live},
    support::{input, sql},
};

/// An enterprise with two snapshots, of which the first had a group called Front Desk and the second has it as Lobby.
async fn published(portal: &TestPortal) {
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let group = sms_group::create(&admin, backend, slug, &input("Front Desk", ada))
        .await
        .unwrap();
    sms_group::update(&admin, backend, slug, group.id, 1, &input("Lobby", ada))
        .await
        .unwrap();
}

#[rstest]
#[case::kind("UPDATE config_entry SET kind = 'person'")]
#[case::number_that_serves_nobody("UPDATE config_entry SET kind = 'number'")]
#[case::end_before_its_beginning("UPDATE config_entry SET until_number = since_number")]
#[case::snapshot_that_is_not_there("UPDATE config_entry SET until_number = 7 WHERE until_number IS NULL")]
#[case::second_live_entry_of_a_thing("UPDATE config_entry SET until_number = NULL")]
#[case::number_of_a_snapshot_twice("UPDATE config_snapshot SET number = 3")]
#[case::snapshot_zero("UPDATE config_snapshot SET number = 0 WHERE number = 1")]
#[case::snapshot_that_is_in_use("DELETE FROM config_snapshot WHERE number = 1")]
#[tokio::test]
async fn the_database_refuses(#[case] statement: &str, #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    published(&portal).await;
    let error = portal.execute(statement).await.expect_err(statement);
    assert!(error.contains("constraint"), "{statement}: {error}");
}

/// The neighbour has no snapshot of that number.
#[rstest]
#[tokio::test]
async fn no_entry_is_in_a_snapshot_of_another_enterprise(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    published(&portal).await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let theirs = sql(engine, neighbour.id());
    let statement = format!("UPDATE config_entry SET enterprise_id = {theirs}");
    let error = portal.execute(&statement).await.expect_err(&statement).to_lowercase();
    assert!(error.contains("foreign key"), "{error}");
}

#[rstest]
#[tokio::test]
async fn a_change_writes_what_it_changes_and_leaves_earlier_snapshots_as_they_were(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    for n in 0..30 {
        clinic.number(&format!("+120655501{n:02}")).of_user(ada).insert().await;
    }
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let group = sms_group::create(&admin, backend, slug, &input("Front Desk", ada))
        .await
        .unwrap();
    let entries = "SELECT COUNT(*) FROM config_entry";
    assert_eq!(portal.number(entries).await, 31);
    sms_group::update(&admin, backend, slug, group.id, 1, &input("Lobby", ada))
        .await
        .unwrap();
    assert_eq!(portal.number(entries).await, 32);
    let of_first = "config_entry WHERE since_number <= 1 AND (until_number IS NULL OR until_number > 1)";
    assert_eq!(portal.number(&format!("SELECT COUNT(*) FROM {of_first}")).await, 31);
    let name = portal
        .text(&format!("SELECT content FROM {of_first} AND kind = 'group'"))
        .await;
    assert!(name.unwrap().contains("Front Desk"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn changes_at_the_same_moment_get_numbers_without_a_gap(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const PEOPLE: i64 = 20;
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let start = Arc::new(Barrier::new(usize::try_from(PEOPLE).unwrap()));
    let mut tasks = Vec::new();
    for n in 0..PEOPLE {
        let (start, backend, slug) = (start.clone(), portal.backend().clone(), clinic.slug().clone());
        let (admin, wanted): (_, SmsGroupInput) = (clinic.admin().await, input(&format!("Group {n}"), ada));
        tasks.push(tokio::spawn(async move {
            start.wait().await;
            sms_group::create(&admin, &backend, &slug, &wanted).await
        }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    for of in ["COUNT(*)", "COUNT(DISTINCT number)", "MAX(number)"] {
        assert_eq!(
            portal.number(&format!("SELECT {of} FROM config_snapshot")).await,
            PEOPLE,
            "{of}"
        );
    }
    assert_eq!(
        live(&portal, &clinic).await.groups.len(),
        usize::try_from(PEOPLE).unwrap()
    );
    assert_eq!(not_live(&portal, &clinic).await, 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_syncs_at_once_one_publishes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let ada = freight.user("Ada Brandt").insert().await;
    freight.group("Yard", ada).insert().await;
    let admin = freight.admin().await;
    let start = Arc::new(Barrier::new(2));
    let sync = || {
        let (freight, admin, start) = (freight.clone(), admin.clone(), start.clone());
        tokio::spawn(async move {
            start.wait().await;
            freight.publish(&admin).await.unwrap()
        })
    };
    let (one, other) = (sync(), sync());
    let mut done = [one.await.unwrap(), other.await.unwrap()];
    done.sort_unstable_by_key(|published| published.changes);
    assert_eq!(
        done,
        [Published { number: 1, changes: 0 }, Published { number: 1, changes: 1 }]
    );
    assert_eq!(portal.number("SELECT COUNT(*) FROM config_snapshot").await, 1);
}
