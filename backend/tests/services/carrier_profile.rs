//! The Carriers table: how the worst domain of each profile stands.

use backend::{
    services::carrier_profile,
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{
    carrier_profile::{CarrierKind, TABLE},
    domain_subscription::SubscriptionState,
    table::{TableQuery, WholeList},
};
use rstest::rstest;

const WORST: [(&str, Option<SubscriptionState>); 6] = [
    ("a active", Some(SubscriptionState::Active)),
    ("b expiring", Some(SubscriptionState::Expiring)),
    ("c missing", Some(SubscriptionState::Missing)),
    ("d expired", Some(SubscriptionState::Expired)),
    ("e without domains", None),
    ("f twilio", None),
];

/// Profiles whose worst domains are [`WORST`], each with better ones beside them.
async fn profiles(portal: &TestPortal) -> TestEnterprise {
    let clinic = portal.enterprise("alder-clinics").await;
    for (n, days) in [
        vec![30, 60],
        vec![30, 3],
        vec![30, 3, 400],
        vec![30, 3, 400, -1],
        vec![],
    ]
    .into_iter()
    .enumerate()
    {
        let profile = clinic.profile(WORST[n].0, CarrierKind::NetSapiens).await;
        for days in days {
            clinic
                .domain(&format!("d{n}x{}.example", days + 1), profile, days)
                .await;
        }
    }
    clinic.profile(WORST[5].0, CarrierKind::Twilio).await;
    portal
        .execute("UPDATE domain_subscription SET expires_at = NULL WHERE domain LIKE '%x401.example'")
        .await
        .unwrap();
    clinic
}

async fn names(portal: &TestPortal, clinic: &TestEnterprise, query: &str) -> Vec<String> {
    let query = TableQuery::parse_lenient(query, &TABLE);
    let viewer = clinic.viewer().await;
    let page = carrier_profile::list(&viewer, portal.backend(), clinic.slug(), &query).await;
    page.unwrap().rows.into_iter().map(|row| row.name).collect()
}

#[rstest]
#[tokio::test]
async fn a_profile_shows_how_its_worst_domain_stands(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = profiles(&portal).await;
    let viewer = clinic.viewer().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let by_name = TableQuery::parse_lenient("sort=profile", &TABLE);
    let page = carrier_profile::list(&viewer, backend, slug, &by_name).await.unwrap();
    let shown: Vec<_> = page
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.worst_domain))
        .collect();
    assert_eq!(shown, WORST);
    let whole = carrier_profile::list_all(&viewer, backend, slug, &[]).await.unwrap();
    let WholeList::Rows((), mut rows) = whole else {
        panic!("a list that is short enough");
    };
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    assert_eq!(rows, page.rows);
}

#[rstest]
#[case::sorted("sort=domains", &["e without domains", "f twilio", "d expired", "c missing", "b expiring", "a active"])]
#[case::filtered("filter=domains:in:expired,missing&sort=profile", &["c missing", "d expired"])]
#[case::searched("search=not%20subscribed", &["c missing"])]
#[tokio::test]
async fn the_state_can_be_sorted_filtered_and_searched(
    #[case] query: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = profiles(&portal).await;
    assert_eq!(names(&portal, &clinic, query).await, expected);
}
