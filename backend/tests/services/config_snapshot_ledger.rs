//! The changes that are not live: which, by whom, since when; and the history of what was.

use backend::{
    context::{Actor, OpContext},
    services::{
        config_snapshot,
        demo_data::{self, DemoSize},
        sms_group,
    },
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use chrono::TimeDelta;
use domain::{
    config_snapshot::{ConfigChange, Deeds, PendingChanges},
    enterprise::EnterpriseSlug,
    error::Error,
    table::TableQuery,
};
use rstest::rstest;

use crate::{
    config_snapshot::legacy,
    support::{input, with_members, with_numbers},
};

/// What each change is about, in a word, and who made it last.
fn told(pending: &PendingChanges) -> Vec<(&'static str, Option<&str>)> {
    let word = |what: &ConfigChange| match what {
        ConfigChange::GroupAdded { .. } => "added",
        ConfigChange::GroupRenamed { .. } => "renamed",
        ConfigChange::OwnerChanged { .. } => "owner",
        ConfigChange::MembersChanged { .. } => "members",
        ConfigChange::GroupRemoved { .. } => "removed",
        ConfigChange::NumberAssigned { .. } => "assigned",
        ConfigChange::NumberReassigned { .. } => "reassigned",
        ConfigChange::NumberReleased { .. } => "released",
        ConfigChange::PersonChanged { .. } => "person",
    };
    let changes = pending.changes.iter();
    changes
        .map(|change| {
            let made = change.made.as_ref();
            (word(&change.what), made.map(|made| made.last.by.as_str()))
        })
        .collect()
}

/// Since when a change waits, everybody who took part, and when it was changed last.
fn deeds(made: &Deeds) -> (i64, Vec<String>, i64) {
    (made.first.at.timestamp(), made.by.clone(), made.last.at.timestamp())
}

/// What was done to the only thing that changed.
async fn only(portal: &TestPortal, of: &TestEnterprise) -> (i64, Vec<String>, i64) {
    let pending = config_snapshot::pending(&portal.system(), portal.backend(), of.slug())
        .await
        .unwrap();
    let [change] = pending.changes.as_slice() else {
        panic!("one change: {:?}", pending.changes);
    };
    deeds(change.made.as_ref().unwrap())
}

/// The e-mail address of whoever asks.
fn email(ctx: &OpContext) -> String {
    match &ctx.actor {
        Actor::Account(person) => person.account.email.to_string(),
        other => panic!("an account, not {other:?}"),
    }
}

/// The same person, later.
fn later(ctx: &OpContext, minutes: i64) -> OpContext {
    OpContext {
        now: ctx.now + TimeDelta::minutes(minutes),
        ..ctx.clone()
    }
}

#[rstest]
#[tokio::test]
async fn the_ledger_tells_what_is_not_live_and_who_changed_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let (ada, bo) = (
        freight.user("Ada Brandt").insert().await,
        freight.user("Bo Chen").insert().await,
    );
    let number = freight.number("+15035550100").insert().await;
    let (ann, ben) = (freight.admin().await, freight.admin().await);
    let (backend, slug) = (portal.backend(), freight.slug());
    let yard = sms_group::create(&ann, backend, slug, &input("Yard", ada))
        .await
        .unwrap();
    let claims = sms_group::create(&ann, backend, slug, &input("Claims", ada))
        .await
        .unwrap();
    freight.publish(&ann).await.unwrap();

    let (soon, late) = (later(&ann, 5), later(&ben, 10));
    let wanted = with_numbers(with_members(input("Yard", ada), &[ada, bo]), &[number]);
    sms_group::update(&soon, backend, slug, yard.id, 1, &wanted)
        .await
        .unwrap();
    sms_group::delete(&late, backend, slug, claims.id, 1).await.unwrap();

    let pending = config_snapshot::pending(&later(&ann, 20), backend, slug).await.unwrap();
    let (by_ann, by_ben) = (email(&ann), email(&ben));
    assert_eq!(
        told(&pending),
        [
            ("removed", Some(by_ben.as_str())),
            ("members", Some(by_ann.as_str())),
            ("assigned", Some(by_ann.as_str())),
        ]
    );
    assert_eq!((pending.snapshot, pending.total), (Some(1), 3));
    assert!(pending.published_at.is_some());
    let removed = pending.changes[0].made.as_ref().unwrap();
    let at = late.now.timestamp();
    assert_eq!(deeds(removed), (at, vec![by_ben], at));
    assert!(!removed.last.imported);
}

#[rstest]
#[tokio::test]
async fn a_change_waits_since_the_first_deed_and_names_everybody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let ada = freight.user("Ada Brandt").insert().await;
    let bo = freight.user("Bo Chen").insert().await;
    let (ann, ben, cem) = (freight.admin().await, freight.admin().await, freight.admin().await);
    let (backend, slug) = (portal.backend(), freight.slug());
    let yard = sms_group::create(&ann, backend, slug, &input("Yard", ada))
        .await
        .unwrap();
    freight.publish(&later(&ann, 5)).await.unwrap();

    let (first, last) = (later(&ben, 10), later(&ben, 60 * 24 * 21));
    let (again, third) = (later(&ann, 20), later(&cem, 30));
    let both = with_members(input("Yard South", ada), &[ada, bo]);
    for (ctx, version, wanted) in [
        (&first, 1, input("Yard West", ada)),
        (&again, 2, input("Yard East", ada)),
        (&third, 3, input("Yard South", ada)),
        (&last, 4, both),
    ] {
        sms_group::update(ctx, backend, slug, yard.id, version, &wanted)
            .await
            .unwrap();
    }
    let pending = config_snapshot::pending(&last, backend, slug).await.unwrap();
    let (by_ann, by_ben, by_cem) = (email(&ann), email(&ben), email(&cem));
    assert_eq!(
        told(&pending),
        [("renamed", Some(by_ben.as_str())), ("members", Some(by_ben.as_str()))]
    );
    let names = vec![by_ben.clone(), by_ann, by_cem];
    let expected = (first.now.timestamp(), names, last.now.timestamp());
    for change in &pending.changes {
        assert_eq!(deeds(change.made.as_ref().unwrap()), expected);
    }

    // What is live by now is told no more.
    let (synced, after) = (later(&last, 5), later(&last, 10));
    freight.publish(&synced).await.unwrap();
    sms_group::update(&after, backend, slug, yard.id, 5, &input("Yard South", ada))
        .await
        .unwrap();
    let at = after.now.timestamp();
    assert_eq!(only(&portal, &freight).await, (at, vec![by_ben], at));
}

#[rstest]
#[tokio::test]
async fn what_began_before_the_sync_and_was_written_after_it_waits(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let ada = freight.user("Ada Brandt").insert().await;
    let (ann, ben) = (freight.admin().await, freight.admin().await);
    let (backend, slug) = (portal.backend(), freight.slug());
    let yard = sms_group::create(&ann, backend, slug, &input("Yard", ada))
        .await
        .unwrap();
    freight.publish(&later(&ann, 5)).await.unwrap();
    let slow = later(&ben, 4);
    sms_group::update(&slow, backend, slug, yard.id, 1, &input("Claims", ada))
        .await
        .unwrap();
    let at = slow.now.timestamp();
    assert_eq!(only(&portal, &freight).await, (at, vec![email(&ben)], at));
}

#[rstest]
#[tokio::test]
async fn what_was_live_at_once_before_the_legacy_app_does_not_wait(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let (ann, ben) = (clinic.admin().await, clinic.admin().await);
    let (backend, slug) = (portal.backend(), clinic.slug());
    let desk = sms_group::create(&ann, backend, slug, &input("Desk", ada))
        .await
        .unwrap();
    portal
        .execute("UPDATE enterprise SET connector_app = 'legacy'")
        .await
        .unwrap();
    let late = later(&ben, 10);
    sms_group::update(&late, backend, slug, desk.id, 1, &input("Front Desk", ada))
        .await
        .unwrap();
    let at = late.now.timestamp();
    assert_eq!(only(&portal, &clinic).await, (at, vec![email(&ben)], at));
}

#[rstest]
#[tokio::test]
async fn what_was_changed_and_changed_back_is_not_in_the_ledger(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let ada = freight.user("Ada Brandt").insert().await;
    let admin = freight.admin().await;
    let (backend, slug) = (portal.backend(), freight.slug());
    let yard = sms_group::create(&admin, backend, slug, &input("Yard", ada))
        .await
        .unwrap();
    freight.publish(&admin).await.unwrap();
    for (version, name) in [(1, "Claims"), (2, "Yard")] {
        sms_group::update(&admin, backend, slug, yard.id, version, &input(name, ada))
            .await
            .unwrap();
    }
    let pending = config_snapshot::pending(&admin, backend, slug).await.unwrap();
    assert_eq!((pending.total, pending.changes.len()), (0, 0));
}

#[rstest]
#[tokio::test]
async fn a_long_ledger_tells_the_first_changes_and_counts_all(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let ada = freight.user("Ada Brandt").insert().await;
    let many = PendingChanges::SHOWN + 5;
    for n in 0..many {
        freight.number(&format!("+15035550{n:03}")).of_user(ada).insert().await;
    }
    let pending = config_snapshot::pending(&freight.admin().await, portal.backend(), freight.slug())
        .await
        .unwrap();
    assert_eq!(
        (pending.total, pending.changes.len()),
        (many as u64, PendingChanges::SHOWN)
    );
    assert_eq!((pending.snapshot, pending.published_at), (None, None));
}

#[rstest]
#[tokio::test]
async fn the_history_names_every_snapshot_and_its_figures(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let ada = freight.user("Ada Brandt").insert().await;
    let number = freight.number("+15035550100").insert().await;
    let admin = freight.admin().await;
    let (backend, slug) = (portal.backend(), freight.slug());
    let yard = sms_group::create(&admin, backend, slug, &with_numbers(input("Yard", ada), &[number]))
        .await
        .unwrap();
    freight.publish(&admin).await.unwrap();
    sms_group::delete(&admin, backend, slug, yard.id, 1).await.unwrap();
    freight.publish(&portal.system()).await.unwrap();

    let history = config_snapshot::history(&freight.viewer().await, backend, slug)
        .await
        .unwrap();
    let current = history.current.unwrap();
    assert_eq!((current.number, current.published_by.as_str()), (2, "test"));
    let figures = |snapshot: &domain::config_snapshot::Snapshot| {
        let summary = snapshot.summary;
        (summary.numbers, summary.groups, summary.changes)
    };
    assert_eq!(figures(&current), (0, 0, 2));
    let [first] = history.earlier.as_slice() else {
        panic!("one earlier: {:?}", history.earlier);
    };
    assert_eq!((first.number, first.published_by.clone()), (1, email(&admin)));
    assert_eq!(figures(first), (1, 1, 2));
}

#[rstest]
#[tokio::test]
async fn the_table_finds_what_is_live_and_exports_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (ada, bo) = (
        clinic.user("Ada Brandt").insert().await,
        clinic.user("Bo Chen").insert().await,
    );
    let desk = clinic.number("+12065550100").insert().await;
    clinic.number("+12065550101").of_user(bo).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    sms_group::create(&admin, backend, slug, &with_numbers(input("Front Desk", ada), &[desk]))
        .await
        .unwrap();

    let all = config_snapshot::list(&admin, backend, slug, &TableQuery::default())
        .await
        .unwrap();
    let served: Vec<_> = all.rows.iter().map(|row| row.serves.as_str()).collect();
    assert_eq!((served, all.total), (vec!["Front Desk", "Bo Chen"], 2));
    let query = TableQuery::default().with_search("front desk");
    let found = config_snapshot::list(&admin, backend, slug, &query).await.unwrap();
    assert_eq!((found.matching, found.rows[0].id), (1, desk));
    let mut export = config_snapshot::export(&admin, backend, slug, &query).await.unwrap();
    let rows = export.next_piece().await.unwrap().unwrap();
    assert_eq!(rows, found.rows);
    assert_eq!(export.next_piece().await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn everybody_of_the_enterprise_reads_and_nobody_else(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let freight = legacy(&portal).await;
    let stranger = portal.enterprise("alder-clinics").await.admin().await;
    let (backend, slug) = (portal.backend(), freight.slug());
    for reader in [
        freight.viewer().await,
        freight.admin().await,
        portal.provider_admin().await,
    ] {
        config_snapshot::pending(&reader, backend, slug).await.unwrap();
        config_snapshot::history(&reader, backend, slug).await.unwrap();
    }
    let refused = config_snapshot::pending(&anonymous(), backend, slug).await;
    assert_eq!(refused.unwrap_err(), Error::SignedOut);
    let refused = config_snapshot::pending(&stranger, backend, slug).await;
    assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn the_demo_content_has_something_to_sync(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (system, backend) = (portal.system(), portal.backend());
    demo_data::fill(&system, backend, DemoSize::default()).await.unwrap();
    let slug = |name| EnterpriseSlug::parse(name).unwrap();
    let freight = config_snapshot::pending(&system, backend, &slug(demo_data::BOREALIS))
        .await
        .unwrap();
    let bela = Some("admin@borealisfreight.example");
    assert_eq!(told(&freight), [("added", bela), ("renamed", bela), ("assigned", bela)]);
    assert_eq!(freight.snapshot, Some(1));
    let clinic = config_snapshot::pending(&system, backend, &slug(demo_data::ALDER))
        .await
        .unwrap();
    assert_eq!((clinic.snapshot, clinic.total), (Some(1), 0));
}
