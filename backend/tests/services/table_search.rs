//! Quick search in the Domains and Carriers tables: the words of their cells find rows, and the server finds those that a
//! browser finds.

use backend::{
    services::{carrier_profile, domain_subscription, resubscription_request},
    testing::{Engine, TestEnterprise, TestPortal},
};
use chrono::{DateTime, Utc};
use domain::{
    carrier_profile::CarrierKind,
    ids::{DomainSubscriptionId, ResubscriptionRequestId},
    resubscription_request::{RequestAnswerInput, Verdict},
    table::{Listed, TableIndexBuilder, TableQuery, TableSchema, WholeList},
};
use rstest::rstest;
use uuid::Uuid;

/// The ids of the rows that a browser finds in the list, in order.
fn found_in_browser<L: Listed>(
    schema: &'static TableSchema,
    list: WholeList<L>,
    query: &TableQuery,
    now: DateTime<Utc>,
) -> Vec<Uuid> {
    let WholeList::Rows(shared, rows) = list else {
        panic!("a list that is short enough");
    };
    let mut builder = TableIndexBuilder::new(schema);
    rows.iter().for_each(|row| row.index(&shared, &mut builder));
    let places = builder.finish().matching(query, now);
    places.into_iter().map(|place| rows[place as usize].id()).collect()
}

/// Domains that are called by how they stand.
async fn domains(portal: &TestPortal) -> TestEnterprise {
    let clinic = portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    for (name, days_left) in [
        ("active", 30),
        ("deleting", 30),
        ("deletion-failed", 30),
        ("expired", -2),
        ("gone", -2),
        ("missing", 1),
        ("renewal-failed", 3),
        ("renewing", 3),
        ("subscribing", 1),
    ] {
        clinic.domain(&format!("{name}.example"), profile, days_left).await;
    }
    for (name, set) in [
        ("deleting", "renewal_status = 'deleting'"),
        (
            "deletion-failed",
            "renewal_status = 'deletion_failed', failure = 'The portal cannot talk to Twilio yet.'",
        ),
        ("missing", "expires_at = NULL"),
        (
            "renewal-failed",
            "renewal_status = 'failed', failure = 'The carrier did not answer. Try again in 100% of 5 minutes.'",
        ),
        ("renewing", "renewal_status = 'renewing'"),
        ("subscribing", "renewal_status = 'renewing', expires_at = NULL"),
        ("active", "expires_at = '2031-11-30T23:59:59+00:00'"),
    ] {
        let update = format!("UPDATE domain_subscription SET {set} WHERE domain = '{name}.example'");
        portal.execute(&update).await.unwrap();
    }
    clinic
}

/// Files requests for the domains: the first is left open; of the second one request is done and the next declined; that
/// for the third is done.
async fn requests(portal: &TestPortal, clinic: &TestEnterprise, [open, declined, done]: [&str; 3]) {
    let provider = portal.provider_admin().await;
    file(portal, clinic, open).await;
    for (name, verdict, text) in [
        (declined, Verdict::Done, "Next week"),
        (declined, Verdict::Declined, "No contract"),
        (done, Verdict::Done, "Paid by Zoë: 100%"),
    ] {
        let id = file(portal, clinic, name).await;
        let answer = RequestAnswerInput {
            verdict,
            text: text.to_owned(),
        };
        resubscription_request::answer(&provider, portal.backend(), clinic.slug(), id, &answer)
            .await
            .unwrap();
    }
}

/// Files a request; tells its id.
async fn file(portal: &TestPortal, clinic: &TestEnterprise, name: &str) -> ResubscriptionRequestId {
    let admin = clinic.admin().await;
    let query = TableQuery::default().with_search(&format!("{name}.example"));
    let page = domain_subscription::list(&admin, portal.backend(), clinic.slug(), &query)
        .await
        .unwrap();
    let id: DomainSubscriptionId = page.rows[0].id;
    resubscription_request::file(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap()
        .id
}

#[rstest]
#[case::state("not subscribed", &["missing", "subscribing"])]
#[case::renewing("Renewing", &["renewing"])]
#[case::subscribing("being subscribed", &["subscribing"])]
#[case::deleting("being deleted", &["deleting"])]
#[case::renewal_failed("renewal failed: the CARRIER did", &["renewal-failed"])]
#[case::percent_in_a_reason("in 100% of", &["renewal-failed"])]
#[case::deletion_failed("deletion failed", &["deletion-failed"])]
#[case::requested("re-subscription requested", &["expired"])]
#[case::declined("Request declined", &["gone"])]
#[case::answered("request answered", &["missing"])]
#[case::answer("PAID by zoe", &["missing"])]
#[case::percent_in_an_answer("answered: paid by Zoë: 100%", &["missing"])]
#[case::why_declined("declined: no CONTRACT", &["gone"])]
#[case::answered_before("next week", &[])]
#[case::day("2031-11-30", &["active"])]
#[case::day_as_it_is_shown("30 Nov 2031", &["active"])]
#[case::month("nov 2031", &["active"])]
#[case::day_before("2031-11-29", &[])]
#[tokio::test]
async fn a_domain_is_found_by_what_its_cells_say(
    #[case] search: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = domains(&portal).await;
    requests(&portal, &clinic, ["expired", "gone", "missing"]).await;
    let viewer = clinic.viewer().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let query = TableQuery::default().with_search(search);

    let page = domain_subscription::list(&viewer, backend, slug, &query).await.unwrap();
    let names: Vec<&str> = page
        .rows
        .iter()
        .map(|row| row.domain.as_str().trim_end_matches(".example"))
        .collect();
    assert_eq!(names, expected);
    let ids: Vec<Uuid> = page.rows.iter().map(|row| row.id.0).collect();
    let list = domain_subscription::list_all(&viewer, backend, slug, &[])
        .await
        .unwrap();
    let in_browser = found_in_browser(&domain::domain_subscription::TABLE, list, &query, viewer.now);
    assert_eq!(in_browser, ids);
}

/// An older version kept answers only as they were written.
#[rstest]
#[tokio::test]
async fn a_domain_is_found_by_an_answer_of_an_older_version(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = domains(&portal).await;
    requests(&portal, &clinic, ["expired", "gone", "missing"]).await;
    let viewer = clinic.viewer().await;
    for undone in [
        "ALTER TABLE resubscription_request DROP COLUMN answer_search",
        "DELETE FROM seaql_migrations WHERE version = 'm20261130_000032_request_answers'",
    ] {
        portal.execute(undone).await.unwrap();
    }

    let backend = portal.database().open().await;

    let query = TableQuery::default().with_search("paid by zoe");
    let page = domain_subscription::list(&viewer, &backend, clinic.slug(), &query).await;
    let found = page.unwrap().rows;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].domain.as_str(), "missing.example");
}

#[rstest]
#[case::passed("search=passed", &["good"])]
#[case::failed("search=FAILED", &["bad"])]
#[case::never("search=not%20checked", &["new"])]
#[case::day("search=2026-11-23", &["bad"])]
#[case::month("search=Oct%202026", &["good"])]
#[case::filtered("filter=check_result:in:failed,never", &["bad", "new"])]
#[case::sorted("sort=check_result", &["bad", "new", "good"])]
#[tokio::test]
async fn a_profile_is_found_by_what_came_of_its_last_check(
    #[case] query: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    for name in ["bad", "good", "new"] {
        clinic.profile(name, CarrierKind::Twilio).await;
    }
    for (name, at, passed) in [
        ("bad", "2026-11-23T10:00:00+00:00", "FALSE"),
        ("good", "2026-10-01T00:00:00+00:00", "TRUE"),
    ] {
        let update =
            format!("UPDATE carrier_profile SET checked_at = '{at}', check_passed = {passed} WHERE name = '{name}'");
        portal.execute(&update).await.unwrap();
    }
    let viewer = clinic.viewer().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let query = TableQuery::parse_lenient(query, &domain::carrier_profile::TABLE);

    let page = carrier_profile::list(&viewer, backend, slug, &query).await.unwrap();
    let names: Vec<&str> = page.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, expected);
    let ids: Vec<Uuid> = page.rows.iter().map(|row| row.id.0).collect();
    let list = carrier_profile::list_all(&viewer, backend, slug, &[]).await.unwrap();
    let in_browser = found_in_browser(&domain::carrier_profile::TABLE, list, &query, viewer.now);
    assert_eq!(in_browser, ids);
}
