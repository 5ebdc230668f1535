//! The changes that are not live: which, by whom, since when; and the history of what was.

use backend::{
    context::{Actor, OpContext},
    services::{
        config_snapshot,
        demo_data::{self, DemoSize},
        sms_group,
    },
    testing::{Engine, TestPortal, anonymous},
};
use chrono::TimeDelta;
use domain::{
    config_snapshot::{ConfigChange, PendingChanges},
    enterprise::EnterpriseSlug,
    error::Error,
    table::TableQuery,
};
use rstest::rstest;

use crate::{
    config_snapshot::legacy,
    support::{input, with_members, with_numbers},
};

/// What each change is about, in a word, and who made it.
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
        .map(|change| (word(&change.what), change.last.as_ref().map(|last| last.by.as_str())))
        .collect()
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
async fn the_ledger_tells_what_is_not_live_and_who_changed_it_last(
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
    let at = pending.changes[0].last.as_ref().map(|last| last.at.timestamp());
    assert_eq!(at, Some(late.now.timestamp()));
    assert!(!pending.changes[0].last.as_ref().unwrap().imported);
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
