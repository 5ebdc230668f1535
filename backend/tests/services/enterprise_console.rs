//! Enterprises as their provider keeps them: who may, what is changed and written down, and what follows.

use backend::{
    services::{audit, config_snapshot, enterprise, live, sms_group},
    testing::{ALL_OFF, Engine, TestPortal, anonymous},
};
use domain::{
    access::{Action, Resource},
    audit::AuditAction,
    carrier_profile::CarrierKind,
    enterprise::{ConnectorApp, EnterpriseRecord, EnterpriseSettingsInput, EnterpriseSwitches, NewEnterpriseInput},
    error::Error,
    live::LiveEvent,
    table::TableQuery,
};
use rstest::rstest;

use crate::support::{fields, input};

fn settings(name: &str, switches: EnterpriseSwitches) -> EnterpriseSettingsInput {
    EnterpriseSettingsInput {
        name: name.to_owned(),
        switches,
        number_cooling_off_days: String::new(),
    }
}

fn new(slug: &str, name: &str) -> NewEnterpriseInput {
    NewEnterpriseInput {
        slug: slug.to_owned(),
        settings: settings(name, ALL_OFF),
    }
}

/// The settings of an enterprise as they are, to be changed.
fn same(record: &EnterpriseRecord) -> EnterpriseSettingsInput {
    settings(&record.name, record.switches)
}

fn not_found() -> Error {
    Error::NotFound {
        resource: Resource::Enterprise,
    }
}

#[rstest]
#[tokio::test]
async fn a_provider_adds_an_enterprise_and_reaches_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (backend, provider) = (portal.backend(), portal.provider_admin().await);

    let added = enterprise::create(&provider, backend, &new("dogwood-labs", " Dogwood Labs "))
        .await
        .unwrap();
    assert_eq!(
        (added.name.as_str(), added.version, added.switches),
        ("Dogwood Labs", 1, ALL_OFF)
    );
    let context = enterprise::context(&provider, backend, &added.slug).await.unwrap();
    assert!(!context.suspended && !context.switches.sms);

    let log = audit::list(&provider, backend, &added.slug, &TableQuery::default())
        .await
        .unwrap();
    let entry = &log.rows[0];
    assert_eq!(
        (entry.action.as_str(), entry.resource.as_str()),
        ("create", "enterprise")
    );
    assert_eq!(entry.actor, provider.account().unwrap().email.as_str());
}

#[rstest]
#[tokio::test]
async fn an_address_is_taken_once_in_the_whole_installation(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    portal.enterprise_elsewhere("cedar-lines").await;
    let (backend, provider) = (portal.backend(), portal.provider_admin().await);
    let taken = enterprise::create(&provider, backend, &new("cedar-lines", "Cedar")).await;
    assert_eq!(fields(taken), ["slug"]);
    let wrong = enterprise::create(&provider, backend, &new("Not A Slug", " ")).await;
    assert_eq!(fields(wrong), ["name", "slug"]);
    let page = enterprise::list(&provider, backend, &TableQuery::default())
        .await
        .unwrap();
    assert_eq!(page.total, 0);
}

#[rstest]
#[tokio::test]
async fn the_table_counts_what_is_in_each_enterprise(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.number("+12065550100").insert().await;
    clinic.number("+12065550101").insert().await;
    clinic.group("Front Desk", ada).insert().await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    for (domain, days) in [
        ("a.example", -1),
        ("b.example", -9),
        ("c.example", 3),
        ("d.example", 30),
    ] {
        clinic.domain(domain, profile, days).await;
    }
    portal.enterprise("borealis-freight").await;
    portal
        .enterprise_elsewhere("cedar-lines")
        .await
        .user("Bo")
        .insert()
        .await;
    let (backend, provider) = (portal.backend(), portal.provider_admin().await);

    let page = enterprise::list(&provider, backend, &TableQuery::default())
        .await
        .unwrap();
    let slugs: Vec<&str> = page.rows.iter().map(|row| row.record.slug.as_str()).collect();
    assert_eq!(slugs, ["alder-clinics", "borealis-freight"]);
    let row = &page.rows[0];
    assert_eq!((row.user_count, row.number_count, row.group_count), (1, 2, 1));
    assert_eq!((row.expired_domains, row.expiring_domains), (2, 1));
    let other = &page.rows[1];
    assert_eq!((other.user_count, other.number_count, other.expired_domains), (0, 0, 0));

    let search = TableQuery::default().with_search("borealis");
    let found = enterprise::export(&provider, backend, &search).await.unwrap();
    assert_eq!(found.len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_switch_is_written_down_and_told_to_open_pages(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let (provider, viewer) = (portal.provider_admin().await, clinic.viewer().await);
    let before = enterprise::get(&provider, backend, slug).await.unwrap();
    let mut page = live::subscribe(&viewer, backend, slug).await.unwrap();
    let mut console = live::subscribe_provider(&provider, backend).unwrap();

    let mut changed = same(&before);
    changed.switches.sms = false;
    changed.number_cooling_off_days = "30".to_owned();
    let after = enterprise::update(&provider, backend, slug, 1, &changed).await.unwrap();
    assert_eq!((after.version, after.switches.sms), (2, false));
    assert_eq!(after.number_cooling_off_days, Some(30));
    for heard in [page.next_event().await, console.next_event().await] {
        let Some(LiveEvent::Changed(subject)) = heard else {
            panic!("{heard:?}");
        };
        assert_eq!(
            (subject.resource, subject.action, subject.id),
            (Resource::Enterprise, AuditAction::Update, Some(after.id.0))
        );
    }
    let context = enterprise::context(&viewer, backend, slug).await.unwrap();
    assert!(!context.switches.sms);
}

/// A console hears of its own enterprises only.
#[rstest]
#[tokio::test]
async fn a_console_hears_nothing_of_other_providers(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let backend = portal.backend();
    let (provider, other) = (portal.provider_admin().await, elsewhere.provider_admin().await);
    let mut console = live::subscribe_provider(&provider, backend).unwrap();

    enterprise::set_suspended(&other, backend, elsewhere.slug(), 1, true)
        .await
        .unwrap();
    enterprise::set_suspended(&provider, backend, clinic.slug(), 1, true)
        .await
        .unwrap();
    let Some(LiveEvent::Changed(subject)) = console.next_event().await else {
        panic!("something was changed");
    };
    assert_eq!(subject.id, Some(clinic.id().0));
}

/// Running another provider by now is no reason to go on hearing of this one.
#[rstest]
#[tokio::test]
async fn a_console_is_for_whoever_still_runs_that_provider(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (provider, other) = (portal.provider_admin().await, elsewhere.provider_admin().await);
    let console = live::subscribe_provider(&provider, portal.backend()).unwrap();

    assert_eq!(live::check_provider(&provider, console.provider()), Ok(()));
    let refused = live::check_provider(&other, console.provider());
    assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn of_two_who_change_one_enterprise_the_second_is_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    let record = enterprise::get(&provider, backend, slug).await.unwrap();
    let (one, other) = (settings("One", record.switches), settings("Other", record.switches));
    let (first, second) = tokio::join!(
        enterprise::update(&provider, backend, slug, 1, &one),
        enterprise::update(&provider, backend, slug, 1, &other),
    );
    let refused = if first.is_ok() { second } else { first };
    assert_eq!(
        refused,
        Err(Error::Outdated {
            resource: Resource::Enterprise,
            id: record.id.0,
            current_version: 2,
        })
    );
    let late = enterprise::set_suspended(&provider, backend, slug, 1, true).await;
    assert!(matches!(late, Err(Error::Outdated { .. })), "{late:?}");
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 1);
}

#[rstest]
#[tokio::test]
async fn with_the_unified_app_what_waited_for_a_sync_is_live(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    clinic.group("Front Desk", ada).numbers([number]).insert().await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    assert!(config_snapshot::pending_count(&provider, backend, slug).await.unwrap() > 0);

    let mut changed = same(&enterprise::get(&provider, backend, slug).await.unwrap());
    changed.switches.connector_app = ConnectorApp::Unified;
    enterprise::update(&provider, backend, slug, 1, &changed).await.unwrap();
    assert_eq!(config_snapshot::pending_count(&provider, backend, slug).await, Ok(0));
}

#[rstest]
#[tokio::test]
async fn a_suspended_enterprise_is_out_of_reach_for_its_people_until_it_is_resumed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let (provider, admin) = (portal.provider_admin().await, clinic.admin().await);

    let suspended = enterprise::set_suspended(&provider, backend, slug, 1, true)
        .await
        .unwrap();
    assert!(suspended.suspended);
    assert_eq!(enterprise::context(&admin, backend, slug).await, Err(not_found()));
    assert!(enterprise::context(&provider, backend, slug).await.unwrap().suspended);

    enterprise::set_suspended(&provider, backend, slug, suspended.version, false)
        .await
        .unwrap();
    assert!(enterprise::context(&admin, backend, slug).await.is_ok());
}

/// What a provider does on the pages of an enterprise is written down under the account of whoever did it.
#[rstest]
#[tokio::test]
async fn the_log_of_the_enterprise_names_the_providers_admin(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let (provider, viewer) = (portal.provider_admin().await, clinic.viewer().await);
    sms_group::create(&provider, backend, slug, &input("Front Desk", ada))
        .await
        .unwrap();

    let log = audit::list(&viewer, backend, slug, &TableQuery::default())
        .await
        .unwrap();
    assert_eq!(log.rows[0].resource, "sms_group");
    assert_eq!(log.rows[0].actor, provider.account().unwrap().email.as_str());
}

#[rstest]
#[tokio::test]
async fn only_its_provider_keeps_an_enterprise(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let no_provider = Error::NotFound {
        resource: Resource::Provider,
    };
    let forbidden = Error::Forbidden {
        action: Action::Update,
        resource: Resource::Enterprise,
    };

    let query = TableQuery::default();
    let nobody = anonymous();
    assert_eq!(enterprise::list(&nobody, backend, &query).await, Err(Error::SignedOut));
    let admin = clinic.admin().await;
    assert_eq!(
        enterprise::list(&admin, backend, &query).await,
        Err(no_provider.clone())
    );
    assert_eq!(
        enterprise::create(&admin, backend, &new("x", "X")).await,
        Err(no_provider.clone())
    );
    assert_eq!(enterprise::get(&admin, backend, slug).await, Err(forbidden.clone()));
    assert_eq!(
        enterprise::set_suspended(&admin, backend, slug, 1, true).await,
        Err(forbidden)
    );
    assert_eq!(
        enterprise::list(&portal.system(), backend, &query).await,
        Err(no_provider),
        "the system works on one enterprise at a time"
    );

    let other = elsewhere.provider_admin().await;
    assert_eq!(enterprise::get(&other, backend, slug).await, Err(not_found()));
    assert_eq!(
        enterprise::update(&other, backend, slug, 1, &settings("Mine now", ALL_OFF)).await,
        Err(not_found())
    );
    let theirs = enterprise::list(&other, backend, &query).await.unwrap();
    assert_eq!(theirs.rows.len(), 1);
    assert_eq!(theirs.rows[0].record.slug, *elsewhere.slug());
    let by_id = enterprise::list_all(&other, backend, &[clinic.id()]).await.unwrap();
    assert_eq!(by_id, domain::table::WholeList::Rows((), Vec::new()));
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 0);
}
