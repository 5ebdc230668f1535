//! Publishing: with the unified app with every change and in its transaction, with the legacy app by a sync.

use backend::{
    services::{config_snapshot, sms_group},
    testing::{ALL_OFF, Engine, TestEnterprise, TestPortal},
};
use domain::{
    config_snapshot::{Configuration, Published, Serves},
    enterprise::{ConnectorApp, EnterpriseSwitches},
};
use rstest::rstest;

use crate::support::{input, with_members, with_numbers};

/// An enterprise with the legacy app.
pub(crate) async fn legacy(portal: &TestPortal) -> TestEnterprise {
    let switches = EnterpriseSwitches {
        sms: true,
        connector_app: ConnectorApp::Legacy,
        ..ALL_OFF
    };
    portal.enterprise_with("borealis-freight", switches).await
}

/// What is live.
pub(crate) async fn live(portal: &TestPortal, at: &TestEnterprise) -> Configuration {
    config_snapshot::configuration(&portal.system(), portal.backend(), at.slug())
        .await
        .unwrap()
}

/// The number of the snapshot that is live; 0 for none.
async fn current(portal: &TestPortal, at: &TestEnterprise) -> i64 {
    let history = config_snapshot::history(&portal.system(), portal.backend(), at.slug()).await;
    history.unwrap().current.map_or(0, |current| current.number)
}

/// How many changes are not live.
pub(crate) async fn not_live(portal: &TestPortal, at: &TestEnterprise) -> u64 {
    config_snapshot::pending_count(&portal.system(), portal.backend(), at.slug())
        .await
        .unwrap()
}

#[rstest]
#[tokio::test]
async fn with_the_unified_app_each_change_is_live_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (ada, bo) = (
        clinic.user("Ada Brandt").insert().await,
        clinic.user("Bo Chen").insert().await,
    );
    let (desk, own) = (clinic.number("+12065550100"), clinic.number("+12065550101").of_user(bo));
    let (desk, own) = (desk.insert().await, own.insert().await);
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let wanted = with_numbers(with_members(input("Front Desk", ada), &[bo, ada]), &[desk]);
    let group = sms_group::create(&admin, backend, slug, &wanted).await.unwrap();
    assert_eq!(
        (current(&portal, &clinic).await, not_live(&portal, &clinic).await),
        (1, 0)
    );
    let published = live(&portal, &clinic).await;
    let [first, second] = published.numbers.as_slice() else {
        panic!("two numbers: {published:?}");
    };
    assert_eq!((first.id, first.number.to_string().as_str()), (desk, "+12065550100"));
    assert_eq!(first.serves, Serves::SmsGroup { id: group.id });
    assert_eq!(second.id, own);
    let Serves::TeamsUser { user } = &second.serves else {
        panic!("a person: {second:?}");
    };
    assert_eq!(user.user_principal_name, "bo.chen@test.example");
    assert_eq!(user.object_id, Some(bo.0));
    let [published_group] = published.groups.as_slice() else {
        panic!("one group: {published:?}");
    };
    assert_eq!(
        (published_group.name.as_str(), published_group.owner.id),
        ("Front Desk", ada)
    );
    let members: Vec<_> = published_group.members.iter().map(|member| member.id).collect();
    assert_eq!(members, [ada, bo]);

    sms_group::update(
        &admin,
        backend,
        slug,
        group.id,
        1,
        &with_members(input("Lobby", bo), &[bo]),
    )
    .await
    .unwrap();
    assert_eq!(
        (current(&portal, &clinic).await, not_live(&portal, &clinic).await),
        (2, 0)
    );
    let published = live(&portal, &clinic).await;
    assert_eq!(published.groups[0].name, "Lobby");
    assert_eq!(published.numbers.len(), 1, "the number of the group is free again");

    sms_group::delete(&admin, backend, slug, group.id, 2).await.unwrap();
    assert_eq!(
        (
            current(&portal, &clinic).await,
            live(&portal, &clinic).await.groups.len()
        ),
        (3, 0)
    );
    sms_group::restore(&admin, backend, slug, group.id).await.unwrap();
    assert_eq!(
        (
            current(&portal, &clinic).await,
            live(&portal, &clinic).await.groups.len()
        ),
        (4, 1)
    );
}

#[rstest]
#[tokio::test]
async fn a_refused_change_publishes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let group = sms_group::create(&admin, backend, slug, &input("Front Desk", ada))
        .await
        .unwrap();

    sms_group::create(&admin, backend, slug, &input("FRONT DESK", ada))
        .await
        .unwrap_err();
    sms_group::update(&admin, backend, slug, group.id, 7, &input("Lobby", ada))
        .await
        .unwrap_err();
    assert_eq!(current(&portal, &clinic).await, 1);
    assert_eq!(live(&portal, &clinic).await.groups[0].name, "Front Desk");
}

#[rstest]
#[tokio::test]
async fn a_change_that_cannot_be_published_is_not_made(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    portal
        .execute("ALTER TABLE config_entry RENAME TO config_entry_away")
        .await
        .unwrap();

    sms_group::create(&admin, portal.backend(), clinic.slug(), &input("Front Desk", ada))
        .await
        .unwrap_err();
    for table in ["sms_group", "config_snapshot", "audit_event"] {
        assert_eq!(
            portal.number(&format!("SELECT COUNT(*) FROM {table}")).await,
            0,
            "{table}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_save_that_changes_nothing_publishes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let same = input("Front Desk", ada);
    let group = sms_group::create(&admin, backend, slug, &same).await.unwrap();
    sms_group::update(&admin, backend, slug, group.id, 1, &same)
        .await
        .unwrap();
    assert_eq!(current(&portal, &clinic).await, 1);
}

#[rstest]
#[tokio::test]
async fn with_the_legacy_app_changes_wait_for_a_sync(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let ada = freight.user("Ada Brandt").insert().await;
    let number = freight.number("+15035550100").insert().await;
    let admin = freight.admin().await;
    let (backend, slug) = (portal.backend(), freight.slug());

    let group = sms_group::create(&admin, backend, slug, &with_numbers(input("Yard", ada), &[number]))
        .await
        .unwrap();
    assert_eq!(
        (current(&portal, &freight).await, not_live(&portal, &freight).await),
        (0, 2)
    );

    let published = freight.publish(&admin).await.unwrap();
    assert_eq!(published, Published { number: 1, changes: 2 });
    assert_eq!(not_live(&portal, &freight).await, 0);

    sms_group::update(&admin, backend, slug, group.id, 1, &input("Claims", ada))
        .await
        .unwrap();
    assert_eq!(
        (current(&portal, &freight).await, not_live(&portal, &freight).await),
        (1, 2)
    );
    assert_eq!(live(&portal, &freight).await.groups[0].name, "Yard");

    assert_eq!(freight.publish(&admin).await, Ok(Published { number: 2, changes: 2 }));
    assert_eq!(freight.publish(&admin).await, Ok(Published { number: 2, changes: 0 }));
    assert_eq!(live(&portal, &freight).await.groups[0].name, "Claims");
    let entries = "SELECT COUNT(*) FROM audit_event WHERE action = 'publish' AND resource = 'config_snapshot'";
    assert_eq!(portal.number(entries).await, 2);
}

/// What was never written down, as by a program before this one, is found by a sync all the same.
#[rstest]
#[tokio::test]
async fn a_sync_compares_everything(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let admin = freight.admin().await;
    assert_eq!(freight.publish(&admin).await, Ok(Published { number: 0, changes: 0 }));
    let ada = freight.user("Ada Brandt").insert().await;
    freight.group("Yard", ada).insert().await;
    assert_eq!(freight.publish(&admin).await, Ok(Published { number: 1, changes: 1 }));
    freight.number("+15035550100").of_user(ada).insert().await;
    assert_eq!(freight.publish(&admin).await, Ok(Published { number: 2, changes: 1 }));
}

#[rstest]
#[tokio::test]
async fn what_waited_becomes_live_with_the_first_change_after_the_move_to_the_unified_app(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let ada = freight.user("Ada Brandt").insert().await;
    let admin = freight.admin().await;
    let (backend, slug) = (portal.backend(), freight.slug());
    freight.group("Night Dispatch", ada).insert().await;
    freight.publish(&admin).await.unwrap();
    sms_group::create(&admin, backend, slug, &input("Yard", ada))
        .await
        .unwrap();
    portal
        .execute("UPDATE enterprise SET connector_app = 'unified'")
        .await
        .unwrap();
    // Somebody else's request: its own audit entry does not name the first group.
    let other = freight.admin().await;
    sms_group::create(&other, backend, slug, &input("Claims", ada))
        .await
        .unwrap();
    assert_eq!(live(&portal, &freight).await.groups.len(), 3);
    assert_eq!(not_live(&portal, &freight).await, 0);
}
