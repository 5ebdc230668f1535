//! Listening: every committed change is told of once, to those of its enterprise, whoever made it.

use std::time::Duration;

use backend::{
    context::OpContext,
    services::{
        live::{self, Subscription},
        sms_group,
    },
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::Resource,
    audit::{AuditAction, AuditSubject},
    error::Error,
    ids::SmsGroupId,
    live::LiveEvent,
};
use rstest::rstest;
use uuid::Uuid;

use crate::support::{input, nobody, sql};

/// Waits for the next event, but no longer than a page may take to show it.
async fn next(subscription: &mut Subscription) -> LiveEvent {
    tokio::time::timeout(Duration::from_secs(2), subscription.next_event())
        .await
        .expect("an event within two seconds")
        .expect("an event")
}

fn group(action: AuditAction, id: SmsGroupId) -> LiveEvent {
    LiveEvent::Changed(AuditSubject {
        action,
        resource: Resource::SmsGroup,
        id: Some(id.0),
    })
}

/// Listens as one of the enterprise's viewers.
async fn listen(portal: &TestPortal, at: &TestEnterprise) -> Subscription {
    let viewer = at.viewer().await;
    live::subscribe(&viewer, portal.backend(), at.slug()).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn each_change_is_told_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let mut listener = listen(&portal, &clinic).await;

    let created = sms_group::create(&admin, backend, slug, &input("Front Desk", ada))
        .await
        .unwrap();
    assert_eq!(next(&mut listener).await, group(AuditAction::Create, created.id));
    sms_group::update(&admin, backend, slug, created.id, 1, &input("Reception", ada))
        .await
        .unwrap();
    assert_eq!(next(&mut listener).await, group(AuditAction::Update, created.id));
    sms_group::delete(&admin, backend, slug, created.id, 2).await.unwrap();
    assert_eq!(next(&mut listener).await, group(AuditAction::Delete, created.id));
}

#[rstest]
#[tokio::test]
async fn a_change_that_is_not_made_is_not_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let mut listener = listen(&portal, &clinic).await;

    let gone = nobody();
    sms_group::update(&admin, backend, slug, gone, 1, &input("Lobby", ada))
        .await
        .unwrap_err();
    let created = sms_group::create(&admin, backend, slug, &input("Front Desk", ada))
        .await
        .unwrap();
    assert_eq!(next(&mut listener).await, group(AuditAction::Create, created.id));
}

#[rstest]
#[tokio::test]
async fn what_another_program_changes_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let mut listener = listen(&portal, &clinic).await;

    let other_program = portal.database().open().await;
    let created = sms_group::create(
        &portal.system(),
        &other_program,
        clinic.slug(),
        &input("Front Desk", ada),
    )
    .await
    .unwrap();
    assert_eq!(next(&mut listener).await, group(AuditAction::Create, created.id));
}

#[rstest]
#[tokio::test]
async fn another_enterprise_hears_nothing_of_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, neighbour) = (
        portal.enterprise("alder-clinics").await,
        portal.enterprise("borealis-freight").await,
    );
    let (ada, bela) = (
        clinic.user("Ada Brandt").insert().await,
        neighbour.user("Bela Novak").insert().await,
    );
    let (system, backend) = (portal.system(), portal.backend());
    let mut listener = listen(&portal, &clinic).await;

    sms_group::create(&system, backend, neighbour.slug(), &input("Dispatch", bela))
        .await
        .unwrap();
    let own = sms_group::create(&system, backend, clinic.slug(), &input("Front Desk", ada))
        .await
        .unwrap();
    assert_eq!(next(&mut listener).await, group(AuditAction::Create, own.id));
}

/// A page is read a moment before it listens.
#[rstest]
#[tokio::test]
async fn whoever_comes_a_moment_later_hears_of_it_too(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let created = sms_group::create(
        &clinic.admin().await,
        portal.backend(),
        clinic.slug(),
        &input("Front Desk", ada),
    )
    .await
    .unwrap();
    let mut first = listen(&portal, &clinic).await;
    assert_eq!(next(&mut first).await, group(AuditAction::Create, created.id));
    let mut second = listen(&portal, &clinic).await;
    assert_eq!(next(&mut second).await, group(AuditAction::Create, created.id));
}

/// Transactions become visible in another order than their entries got their ids.
#[rstest]
#[tokio::test]
async fn an_entry_with_an_earlier_id_is_not_overlooked(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let mut listener = listen(&portal, &clinic).await;
    let now = u64::try_from(clinic.admin().await.now.timestamp_millis()).unwrap();
    for (milliseconds, resource) in [(now, Resource::Task), (now - 3_000, Resource::CarrierProfile)] {
        let id = uuid::Builder::from_unix_timestamp_millis(milliseconds, &[7; 10]).into_uuid();
        let word = if resource == Resource::Task {
            "task"
        } else {
            "carrier_profile"
        };
        record(&portal, engine, &clinic, id, word).await;
        let subject = AuditSubject {
            action: AuditAction::Update,
            resource,
            id: None,
        };
        assert_eq!(next(&mut listener).await, LiveEvent::Changed(subject));
    }
}

#[rstest]
#[tokio::test]
async fn words_of_a_newer_program_mean_anything(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let mut listener = listen(&portal, &clinic).await;
    record(&portal, engine, &clinic, Uuid::now_v7(), "telepathy").await;
    assert_eq!(next(&mut listener).await, LiveEvent::Everything);
}

/// Writes an entry past the program.
async fn record(portal: &TestPortal, engine: Engine, at: &TestEnterprise, id: Uuid, resource: &str) {
    let (id, enterprise) = (sql(engine, id), sql(engine, at.id()));
    let statement = format!(
        "INSERT INTO audit_event (id, enterprise_id, actor, actor_search, action, resource, request_id, created_at, \
         chain_id, sequence, hash) \
         VALUES ({id}, {enterprise}, 'test', 'test', 'update', '{resource}', {id}, '2026-01-01T00:00:00+00:00', \
         {enterprise}, 1000000 + (SELECT COUNT(*) FROM audit_event), '{}')",
        "0".repeat(64)
    );
    portal.execute(&statement).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn whoever_falls_behind_is_told_to_read_everything(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (mut slow, mut quick) = (listen(&portal, &clinic).await, listen(&portal, &clinic).await);
    for _ in 0..100 {
        record(&portal, engine, &clinic, Uuid::now_v7(), "sms_group").await;
    }
    record(&portal, engine, &clinic, Uuid::now_v7(), "task").await;
    let is_last = |event: LiveEvent| matches!(event, LiveEvent::Changed(subject) if subject.resource == Resource::Task);
    while !is_last(next(&mut quick).await) {}
    assert_eq!(next(&mut slow).await, LiveEvent::Everything);
    while !is_last(next(&mut slow).await) {}
}

#[rstest]
#[tokio::test]
async fn only_readers_of_the_enterprise_listen(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let subscribed = |ctx: OpContext| {
        let (backend, slug) = (portal.backend(), clinic.slug());
        async move { live::subscribe(&ctx, backend, slug).await.map(drop) }
    };
    assert_eq!(subscribed(anonymous()).await, Err(Error::SignedOut));
    let not_found = Err(Error::NotFound {
        resource: Resource::Enterprise,
    });
    assert_eq!(subscribed(elsewhere.admin().await).await, not_found);
    assert_eq!(subscribed(portal.provider_admin().await).await, Ok(()));
}
