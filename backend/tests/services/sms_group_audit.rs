//! Every change of a group leaves its entry in the audit log, in the same transaction; a refused one leaves none.

use backend::{
    context::Actor,
    services::sms_group,
    testing::{Engine, TestPortal},
};
use domain::sms_group::SmsGroup;
use rstest::rstest;

use crate::support::{input, sql};

const ENTRIES: &str = "SELECT COUNT(*) FROM audit_event";

#[rstest]
#[tokio::test]
async fn each_change_is_written_down_with_before_and_after(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let created = sms_group::create(&admin, backend, slug, &input("Front Desk", ada))
        .await
        .unwrap();
    let updated = sms_group::update(&admin, backend, slug, created.id, 1, &input("Reception", ada))
        .await
        .unwrap();
    sms_group::delete(&admin, backend, slug, created.id, 2).await.unwrap();

    let of = |action: &str| format!("FROM audit_event WHERE resource = 'sms_group' AND action = '{action}'");
    let entry = |action: &'static str, column: &'static str| {
        let (portal, from) = (&portal, of(action));
        async move {
            let text = portal.text(&format!("SELECT {column} {from}")).await;
            text.map(|text| serde_json::from_str::<SmsGroup>(&text).unwrap())
        }
    };
    assert_eq!(entry("create", "before").await, None);
    assert_eq!(entry("create", "after").await.as_ref(), Some(&created));
    assert_eq!(entry("update", "before").await.as_ref(), Some(&created));
    assert_eq!(entry("update", "after").await.as_ref(), Some(&updated));
    assert_eq!(entry("delete", "before").await.as_ref(), Some(&updated));
    assert_eq!(entry("delete", "after").await, None);
    let restored = sms_group::restore(&admin, backend, slug, created.id).await.unwrap();
    assert_eq!(entry("restore", "before").await, None);
    assert_eq!(entry("restore", "after").await, Some(restored.group));

    let Actor::Account(person) = &admin.actor else {
        panic!("an account")
    };
    let whole = format!(
        "{ENTRIES} WHERE actor = '{}' AND account_id = {} AND enterprise_id = {} AND resource_id = {} \
         AND request_id = {}",
        person.account.email,
        sql(engine, person.account.id),
        sql(engine, clinic.id()),
        sql(engine, created.id),
        sql(engine, admin.request_id),
    );
    assert_eq!(portal.number(&whole).await, 4);
}

#[rstest]
#[tokio::test]
async fn a_refused_change_leaves_no_entry(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.group("Front Desk", ada).insert().await;
    let id = clinic.group("Reception", ada).insert().await;
    let (admin, viewer) = (clinic.admin().await, clinic.viewer().await);
    let (backend, slug) = (portal.backend(), clinic.slug());

    let taken = input("front desk", ada);
    sms_group::create(&admin, backend, slug, &taken).await.unwrap_err();
    sms_group::update(&admin, backend, slug, id, 1, &taken)
        .await
        .unwrap_err();
    sms_group::update(&admin, backend, slug, id, 7, &input("Lobby", ada))
        .await
        .unwrap_err();
    sms_group::delete(&admin, backend, slug, id, 7).await.unwrap_err();
    sms_group::delete(&viewer, backend, slug, id, 1).await.unwrap_err();
    sms_group::restore(&admin, backend, slug, id).await.unwrap_err();

    assert_eq!(portal.number(ENTRIES).await, 0);
}

#[rstest]
#[tokio::test]
async fn a_change_that_cannot_be_written_down_is_not_made(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let id = clinic.group("Front Desk", ada).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    portal
        .execute("ALTER TABLE audit_event RENAME TO audit_event_away")
        .await
        .unwrap();

    sms_group::create(&admin, backend, slug, &input("Reception", ada))
        .await
        .unwrap_err();
    sms_group::update(&admin, backend, slug, id, 1, &input("Lobby", ada))
        .await
        .unwrap_err();
    sms_group::delete(&admin, backend, slug, id, 1).await.unwrap_err();

    let group = sms_group::get(&admin, backend, slug, id).await.unwrap();
    assert_eq!((group.name.as_str(), group.version), ("Front Desk", 1));
    assert_eq!(portal.number("SELECT COUNT(*) FROM sms_group").await, 1);
}
