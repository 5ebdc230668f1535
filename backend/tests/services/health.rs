//! The counts of the Dashboard are those of the tables that they lead to.

use backend::{
    context::OpContext,
    services::{domain_subscription, health, number, sms_group, task},
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::Resource,
    alert::AlertList,
    carrier_profile::CarrierKind,
    error::Error,
    health::{AffectedDomains, HealthSummary},
    table::TableQuery,
    teams_user::LicenseState,
};
use rstest::rstest;

/// Two expired domains with three numbers, one that expires soon with one, one that lives; a group that reaches nobody
/// and one that reaches one of two; four numbers that nobody has, one of which cannot do SMS.
async fn troubled(clinic: &TestEnterprise) {
    let main = clinic.profile("Main", CarrierKind::NetSapiens).await;
    for (domain, days_left) in [
        ("a.example", -1),
        ("b.example", -20),
        ("c.example", 6),
        ("d.example", 30),
    ] {
        clinic.domain(domain, main, days_left).await;
    }
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").license(LicenseState::Unlicensed).insert().await;
    let cy = clinic.user("Cy Dahl").disabled().insert().await;
    let on = |number: &str, domain: &str| clinic.number(number).profile(main).domain(domain);
    on("+12065550100", "a.example").insert().await;
    on("+12065550101", "b.example").of_user(ada).insert().await;
    let of_group = on("+12065550102", "b.example").insert().await;
    on("+12065550103", "c.example").insert().await;
    on("+12065550104", "d.example").insert().await;
    clinic.number("+12065550105").without_sms().insert().await;
    clinic
        .group("Night Shift", ada)
        .members([bo, cy])
        .numbers([of_group])
        .insert()
        .await;
    clinic.group("Front Desk", ada).members([ada, bo]).insert().await;
}

async fn summary(portal: &TestPortal, of: &TestEnterprise, ctx: &OpContext) -> HealthSummary {
    health::summary(ctx, portal.backend(), of.slug()).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn what_needs_attention_is_counted(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    troubled(&clinic).await;
    let viewer = clinic.viewer().await;
    let expected = HealthSummary {
        expired: AffectedDomains { domains: 2, numbers: 3 },
        expiring: AffectedDomains { domains: 1, numbers: 1 },
        free_numbers: 3,
        unassigned_numbers: 4,
        unreachable_groups: 1,
        pending_changes: None,
        last_sync: None,
        alerts: AlertList::default(),
    };
    assert_eq!(summary(&portal, &clinic, &viewer).await, expected);
    let elsewhere = summary(&portal, &neighbour, &neighbour.viewer().await).await;
    assert_eq!(elsewhere, HealthSummary::default());
}

#[rstest]
#[tokio::test]
async fn each_count_is_that_of_its_filtered_table(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    troubled(&clinic).await;
    let (backend, slug, viewer) = (portal.backend(), clinic.slug(), clinic.viewer().await);
    let counted = summary(&portal, &clinic, &viewer).await;

    let domains = async |query: &str| {
        let query = TableQuery::parse_lenient(query, &domain::domain_subscription::TABLE);
        let page = domain_subscription::list(&viewer, backend, slug, &query).await.unwrap();
        let numbers = page.rows.iter().map(|row| row.number_count).sum();
        AffectedDomains {
            domains: u32::try_from(page.matching).unwrap(),
            numbers,
        }
    };
    assert_eq!(domains("filter=state:in:expired").await, counted.expired);
    assert_eq!(domains("filter=state:in:expiring").await, counted.expiring);

    let query = TableQuery::parse_lenient("filter=reachable:eq:0", &domain::sms_group::TABLE);
    let groups = sms_group::list(&viewer, backend, slug, &query).await.unwrap();
    assert_eq!(groups.matching, u64::from(counted.unreachable_groups));
    assert_eq!(
        (groups.rows[0].name.as_str(), groups.rows[0].reachable_count()),
        ("Night Shift", 0)
    );

    let numbers = async |query: &str| {
        let query = TableQuery::parse_lenient(query, &domain::number::TABLE);
        let page = number::list(&viewer, backend, slug, &query).await.unwrap();
        u32::try_from(page.matching).unwrap()
    };
    assert_eq!(numbers("filter=services:in:free").await, counted.free_numbers);
    assert_eq!(numbers("filter=assigned_to:empty").await, counted.unassigned_numbers);
}

#[rstest]
#[tokio::test]
async fn with_the_legacy_app_the_last_sync_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let before = summary(&portal, &clinic, &admin).await;
    assert_eq!((before.pending_changes, before.last_sync), (Some(0), None));
    let started = task::start_sync(&admin, portal.backend(), clinic.slug()).await.unwrap();
    assert_eq!(summary(&portal, &clinic, &admin).await.last_sync, Some(started));
}

#[rstest]
#[tokio::test]
async fn only_readers_of_the_enterprise_are_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    assert_eq!(
        health::summary(&anonymous(), backend, slug).await,
        Err(Error::SignedOut)
    );
    let not_found = Err(Error::NotFound {
        resource: Resource::Enterprise,
    });
    assert_eq!(
        health::summary(&elsewhere.admin().await, backend, slug).await,
        not_found
    );
}
