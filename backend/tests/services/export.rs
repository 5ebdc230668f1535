//! Exports: every row that a query finds, in its order, whatever its page, however many pieces it takes.

use backend::{
    services::{carrier_profile, domain_subscription, export::Export, sms_group},
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{
    carrier_profile::CarrierKind,
    error::Error,
    sms_group::{SmsGroupRow, TABLE},
    table::TableQuery,
};
use rstest::rstest;

use crate::support::sql;

/// All rows that are left, and how many pieces they came in.
async fn all<R>(mut export: Export<R>) -> (Vec<R>, usize) {
    let (mut rows, mut pieces) = (Vec::new(), 0);
    while let Some(piece) = export.next_piece().await.unwrap() {
        rows.extend(piece);
        pieces += 1;
    }
    (rows, pieces)
}

async fn groups(portal: &TestPortal, clinic: &TestEnterprise, query: &str) -> Vec<SmsGroupRow> {
    let viewer = clinic.viewer().await;
    let query = TableQuery::parse_lenient(query, &TABLE);
    let export = sms_group::export(&viewer, portal.backend(), clinic.slug(), &query)
        .await
        .unwrap();
    all(export).await.0
}

fn names(rows: &[SmsGroupRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

/// Front Desk with two members, Lobby with one and a number, Night Shift with one.
async fn three_groups(clinic: &TestEnterprise) {
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    clinic.group("Night Shift", ada).insert().await;
    clinic.group("Front Desk", ada).members([ada, bo]).insert().await;
    clinic.group("Lobby", bo).numbers([number]).insert().await;
}

#[rstest]
#[case::the_tables_own_order("", &["Front Desk", "Lobby", "Night Shift"])]
#[case::sorted("sort=-name", &["Night Shift", "Lobby", "Front Desk"])]
#[case::sorted_by_two("sort=-members,-name", &["Front Desk", "Night Shift", "Lobby"])]
#[case::searched("search=206%20555", &["Lobby"])]
#[case::filtered("filter=members:eq:1&sort=-name", &["Night Shift", "Lobby"])]
#[case::whatever_the_page("page=3&page_size=200", &["Front Desk", "Lobby", "Night Shift"])]
#[case::nothing("search=zzz", &[])]
#[tokio::test]
async fn an_export_follows_search_filters_and_order(
    #[case] query: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_groups(&clinic).await;
    assert_eq!(names(&groups(&portal, &clinic, query).await), expected);
}

#[rstest]
#[tokio::test]
async fn a_row_is_the_row_of_the_table(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_groups(&clinic).await;
    let viewer = clinic.viewer().await;
    let page = sms_group::list(&viewer, portal.backend(), clinic.slug(), &TableQuery::default())
        .await
        .unwrap();
    assert_eq!(groups(&portal, &clinic, "").await, page.rows);
}

/// Each group once and in order, past the border between two pieces.
#[rstest]
#[tokio::test]
async fn many_rows_come_in_pieces_without_a_gap(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let mut expected = Vec::new();
    for n in 0..1_001 {
        let name = format!("Group {n:04}");
        clinic.group(&name, ada).insert().await;
        expected.push(name);
    }
    let viewer = clinic.viewer().await;
    let export = sms_group::export(&viewer, portal.backend(), clinic.slug(), &TableQuery::default())
        .await
        .unwrap();
    let (rows, pieces) = all(export).await;
    assert_eq!(names(&rows), expected);
    assert_eq!(pieces, 3);
}

/// The rows are settled at the beginning: what is deleted meanwhile is left out, nothing is there twice.
#[rstest]
#[tokio::test]
async fn changes_meanwhile_make_neither_gaps_nor_doubles(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let gone = clinic.group("Front Desk", ada).insert().await;
    clinic.group("Lobby", ada).insert().await;
    let viewer = clinic.viewer().await;
    let export = sms_group::export(&viewer, portal.backend(), clinic.slug(), &TableQuery::default())
        .await
        .unwrap();
    clinic.group("Annex", ada).insert().await;
    let delete = format!("DELETE FROM sms_group WHERE id = {}", sql(engine, gone));
    portal.execute(&delete).await.unwrap();
    assert_eq!(names(&all(export).await.0), ["Lobby"]);
}

#[rstest]
#[tokio::test]
async fn an_export_holds_rows_of_the_own_enterprise_only(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    for enterprise in [&clinic, &freight] {
        three_groups(enterprise).await;
        let profile = enterprise.profile("Main", CarrierKind::NetSapiens).await;
        enterprise.domain("voice.example", profile, 30).await;
    }
    let viewer = clinic.viewer().await;
    let (backend, slug, query) = (portal.backend(), clinic.slug(), TableQuery::default());

    assert_eq!(groups(&portal, &clinic, "").await.len(), 3);
    let profiles = carrier_profile::export(&viewer, backend, slug, &query).await.unwrap();
    assert_eq!(all(profiles).await.0.len(), 1);
    let domains = domain_subscription::export(&viewer, backend, slug, &query)
        .await
        .unwrap();
    assert_eq!(all(domains).await.0.len(), 1);

    let stranger = freight.admin().await;
    let refused = sms_group::export(&stranger, backend, slug, &query).await.map(drop);
    assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn profiles_and_domains_come_in_the_order_asked_for(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let main = clinic.profile("Main", CarrierKind::NetSapiens).await;
    clinic.profile("Backup", CarrierKind::Twilio).await;
    for (domain, days) in [("a.example", 30), ("b.example", -1), ("c.example", 3)] {
        clinic.domain(domain, main, days).await;
    }
    let viewer = clinic.viewer().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let query = TableQuery::parse_lenient("sort=-profile", &domain::carrier_profile::TABLE);
    let profiles = carrier_profile::export(&viewer, backend, slug, &query).await.unwrap();
    let (profiles, _) = all(profiles).await;
    let names: Vec<&str> = profiles.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Main", "Backup"]);
    let query = TableQuery::parse_lenient("sort=expires_at", &domain::domain_subscription::TABLE);
    let domains = domain_subscription::export(&viewer, backend, slug, &query)
        .await
        .unwrap();
    let (domains, _) = all(domains).await;
    let names: Vec<&str> = domains.iter().map(|row| row.domain.as_str()).collect();
    assert_eq!(names, ["b.example", "c.example", "a.example"]);
}
