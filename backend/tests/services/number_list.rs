//! The Numbers table: what finds a number, and that the browser and the server agree on it.

use backend::{
    context::OpContext,
    services::number,
    testing::{Engine, TestEnterprise, TestPortal},
};
use chrono::Utc;
use domain::{
    carrier_profile::CarrierKind,
    number::{AssignTo, CoolingOff, ListedNumber, NumberService, PhoneNumberRow, TABLE},
    table::{Listed, Page, TableIndexBuilder, TableQuery, WholeList},
};
use rstest::rstest;

async fn list(portal: &TestPortal, clinic: &TestEnterprise, ctx: &OpContext, query: &str) -> Page<PhoneNumberRow> {
    let query = TableQuery::parse_lenient(query, &TABLE);
    number::list(ctx, portal.backend(), clinic.slug(), &query)
        .await
        .unwrap()
}

/// The last four digits of each.
fn ends(page: &Page<PhoneNumberRow>) -> Vec<String> {
    page.rows.iter().map(|row| row.e164.digits().split_off(7)).collect()
}

/// 0100 of Ada on Main, 0101 of Front Desk, 0102 free and released, 0103 not SMS-capable on West.
async fn four_numbers(portal: &TestPortal, clinic: &TestEnterprise) {
    let main = clinic.profile("Main Line", CarrierKind::NetSapiens).await;
    let west = clinic.profile("West", CarrierKind::SkySwitch).await;
    let ada = clinic.user("Ada Brändt").insert().await;
    clinic.number("+12065550100").profile(main).of_user(ada).insert().await;
    let desk = clinic.number("+12065550101").insert().await;
    clinic.group("Front Desk", ada).numbers([desk]).insert().await;
    let free = clinic.number("+12065550102").of_user(ada).insert().await;
    clinic.number("+12065550103").profile(west).without_sms().insert().await;
    let admin = clinic.admin().await;
    number::assign(
        &admin,
        portal.backend(),
        clinic.slug(),
        free,
        1,
        None::<AssignTo>,
        CoolingOff::Heeded,
    )
    .await
    .unwrap();
}

const QUERIES: &[(&str, &[&str])] = &[
    ("", &["0100", "0101", "0102", "0103"]),
    ("sort=-number", &["0103", "0102", "0101", "0100"]),
    ("search=(206)%20555-0102", &["0102"]),
    ("search=0012065550101", &["0101"]),
    ("search=0103", &["0103"]),
    ("search=ada%20brandt", &["0100"]),
    ("search=DESK", &["0101"]),
    ("search=skyswitch", &["0103"]),
    ("search=main", &["0100"]),
    ("search=%25", &[]),
    ("filter=assigned_to:empty", &["0102", "0103"]),
    ("filter=carrier:empty", &["0101", "0102"]),
    ("filter=services:in:free", &["0102"]),
    ("filter=services:in:not_capable,assigned", &["0100", "0101", "0103"]),
    ("filter=number:contains:555-0101", &["0101"]),
    ("filter=number:excludes:0101", &["0100", "0102", "0103"]),
    ("filter=number:ends:0100", &["0100"]),
    ("filter=released:last:1", &["0102"]),
    ("sort=assigned_to", &["0102", "0103", "0100", "0101"]),
    ("sort=-services", &["0100", "0101", "0102", "0103"]),
    ("sort=carrier", &["0101", "0102", "0100", "0103"]),
    ("sort=-released", &["0102", "0100", "0101", "0103"]),
];

#[rstest]
#[tokio::test]
async fn every_question_has_one_answer_on_the_server_and_in_the_browser(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    four_numbers(&portal, &clinic).await;
    let viewer = clinic.viewer().await;
    let whole = number::list_all(&viewer, portal.backend(), clinic.slug(), &[]).await;
    let Ok(WholeList::Rows(profiles, rows)) = whole else {
        panic!("a short list");
    };
    let mut builder = TableIndexBuilder::new(&TABLE);
    rows.iter()
        .for_each(|row: &ListedNumber| row.index(&profiles, &mut builder));
    let mut index = builder.finish();

    for (query, expected) in QUERIES {
        let page = list(&portal, &clinic, &viewer, query).await;
        assert_eq!(ends(&page), *expected, "{query}, on the server");
        let asked = TableQuery::parse_lenient(query, &TABLE);
        let shown = index.evaluate(&asked, Utc::now()).page_of(&rows);
        let shown = shown.map(|row| row.row(&profiles));
        assert_eq!(shown.rows, page.rows, "{query}, in the browser");
    }
}

/// What the same numbers answer to people of an enterprise that does not manage them.
const WITHOUT_CARRIERS: &[(&str, &[&str])] = &[
    ("", &["0100", "0101", "0102", "0103"]),
    ("search=skyswitch", &[]),
    ("search=main", &[]),
    ("search=DESK", &["0101"]),
    ("filter=carrier:empty", &["0100", "0101", "0102", "0103"]),
    ("filter=carrier:contains:main", &[]),
    ("filter=carrier:excludes:main", &["0100", "0101", "0102", "0103"]),
    ("filter=services:in:not_capable", &["0103"]),
];

#[rstest]
#[tokio::test]
async fn carriers_are_only_for_those_who_manage_numbers(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise_without_numbers("alder-clinics").await;
    four_numbers(&portal, &clinic).await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    for ctx in [clinic.viewer().await, clinic.admin().await] {
        let whole = number::list_all(&ctx, backend, slug, &[]).await;
        let Ok(WholeList::Rows(profiles, rows)) = whole else {
            panic!("a short list");
        };
        assert!(profiles.is_empty(), "nothing of them travels to the browser");
        let mut builder = TableIndexBuilder::new(&TABLE);
        rows.iter()
            .for_each(|row: &ListedNumber| row.index(&profiles, &mut builder));
        let mut index = builder.finish();
        for (query, expected) in WITHOUT_CARRIERS {
            let page = list(&portal, &clinic, &ctx, query).await;
            assert_eq!(ends(&page), *expected, "{query}, on the server");
            assert!(page.rows.iter().all(|row| row.carrier.is_none()), "{query}");
            let asked = TableQuery::parse_lenient(query, &TABLE);
            let found = index.evaluate(&asked, Utc::now()).matching;
            assert_eq!(found, expected.len() as u64, "{query}, in the browser");
        }
        // All are alike by it, so the order is that of the ids.
        let by_carrier = ["sort=carrier", "sort=-carrier"];
        let [up, down] = by_carrier.map(|query| TableQuery::parse_lenient(query, &TABLE));
        let up = number::list(&ctx, backend, slug, &up).await.unwrap();
        let down = number::list(&ctx, backend, slug, &down).await.unwrap();
        assert_eq!(ends(&up), ends(&down));
        let query = TableQuery::parse_lenient("search=main", &TABLE);
        let mut export = number::export(&ctx, backend, slug, &query).await.unwrap();
        assert!(!export.shows_carriers());
        assert!(export.next_piece().await.unwrap().is_none());
        let on_main = list(&portal, &clinic, &ctx, "search=0100").await.rows[0].id;
        let detail = number::get(&ctx, backend, slug, on_main).await.unwrap();
        assert_eq!((detail.row.carrier, detail.settings.carrier_profile), (None, None));
    }
    let provider = portal.provider_admin().await;
    for (query, expected) in QUERIES {
        let page = list(&portal, &clinic, &provider, query).await;
        assert_eq!(ends(&page), *expected, "{query}, for the provider");
    }
    let on_main = list(&portal, &clinic, &provider, "search=main").await.rows.remove(0);
    assert_eq!(
        on_main.carrier.map(|carrier| carrier.profile).as_deref(),
        Some("Main Line")
    );
    let detail = number::get(&provider, backend, slug, on_main.id).await.unwrap();
    assert!(detail.settings.carrier_profile.is_some());
}

#[rstest]
#[tokio::test]
async fn a_row_says_whom_it_serves_through_what_and_for_what(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    four_numbers(&portal, &clinic).await;
    neighbour.number("+12065550199").insert().await;
    let viewer = clinic.viewer().await;

    let page = list(&portal, &clinic, &viewer, "").await;
    let said: Vec<_> = page
        .rows
        .iter()
        .map(|row| {
            let carrier = row
                .carrier
                .as_ref()
                .map(|carrier| (carrier.profile.as_str(), carrier.kind));
            (
                row.assignee.as_ref().map(|assignee| assignee.name()),
                carrier,
                row.service(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (
                Some("Ada Brändt"),
                Some(("Main Line", CarrierKind::NetSapiens)),
                NumberService::Assigned
            ),
            (Some("Front Desk"), None, NumberService::Assigned),
            (None, None, NumberService::Free),
            (None, Some(("West", CarrierKind::SkySwitch)), NumberService::NotCapable),
        ]
    );
}
