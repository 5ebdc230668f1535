//! What the database itself refuses of a snapshot and its entries.

use backend::{
    services::sms_group,
    testing::{Engine, TestPortal},
};
use rstest::rstest;

use crate::support::{input, sql};

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
