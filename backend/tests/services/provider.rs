//! A provider's own details, and its queue of requests over all its enterprises.

use backend::{
    services::{enterprise, live, provider, resubscription_request},
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{
    access::Resource,
    carrier_profile::CarrierKind,
    enterprise::ContactInput,
    error::Error,
    ids::ResubscriptionRequestId,
    live::LiveEvent,
    resubscription_request::{RequestAnswerInput, RequestState, Verdict},
    table::TableQuery,
};
use rstest::rstest;

use crate::support::fields;

fn contact(name: &str, email: &str) -> ContactInput {
    ContactInput {
        name: name.to_owned(),
        email: email.to_owned(),
        phone: "+1 206 555 0100".to_owned(),
    }
}

#[rstest]
#[tokio::test]
async fn enterprises_see_the_details_that_their_provider_has_set(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let (admin, viewer) = (portal.provider_admin().await, clinic.viewer().await);
    let mut page = live::subscribe(&viewer, backend, slug).await.unwrap();

    let input = contact("Northwind Voice", "Help@Northwind.example");
    let saved = provider::update(&admin, backend, 1, &input).await.unwrap();
    assert_eq!(saved.version, 2);
    let Some(LiveEvent::Changed(subject)) = page.next_event().await else {
        panic!("the page hears of it");
    };
    assert_eq!(subject.resource, Resource::Provider);
    let shown = enterprise::context(&viewer, backend, slug).await.unwrap().provider;
    assert_eq!(shown, saved.contact);
    assert_eq!(shown.email.as_deref(), Some("help@northwind.example"));
    let entries = "SELECT COUNT(*) FROM audit_event WHERE enterprise_id IS NULL AND resource = 'provider'";
    assert_eq!(portal.number(entries).await, 1);

    let late = provider::update(&admin, backend, 1, &contact("Late", "")).await;
    assert!(
        matches!(late, Err(Error::Outdated { current_version: 2, .. })),
        "{late:?}"
    );
    assert_eq!(
        fields(provider::update(&admin, backend, 2, &contact(" ", "nowhere")).await),
        ["name", "email"]
    );
}

#[rstest]
#[tokio::test]
async fn only_its_admins_see_and_change_a_provider(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let backend = portal.backend();
    let no_provider = Error::NotFound {
        resource: Resource::Provider,
    };
    let admin = clinic.admin().await;
    assert_eq!(provider::mine(&admin, backend).await, Ok(None));
    assert_eq!(provider::details(&admin, backend).await, Err(no_provider.clone()));
    let tried = provider::update(&admin, backend, 1, &contact("Mine", "")).await;
    assert_eq!(tried, Err(no_provider));

    let other = elsewhere.provider_admin().await;
    provider::update(&other, backend, 1, &contact("Other Voice", ""))
        .await
        .unwrap();
    let own = provider::details(&portal.provider_admin().await, backend)
        .await
        .unwrap();
    assert_eq!((own.contact.name.as_str(), own.version), ("Test Voice", 1));
}

/// An open request of the enterprise for a domain of that name.
async fn requested(portal: &TestPortal, of: &TestEnterprise, domain: &str) -> ResubscriptionRequestId {
    let profile = of
        .profile(&format!("Profile of {domain}"), CarrierKind::NetSapiens)
        .await;
    let id = of.domain(domain, profile, -1).await;
    let filed = resubscription_request::file(&of.admin().await, portal.backend(), of.slug(), id).await;
    filed.unwrap().id
}

#[rstest]
#[tokio::test]
async fn the_queue_holds_the_requests_of_all_enterprises_of_the_provider(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (backend, admin) = (portal.backend(), portal.provider_admin().await);
    let first = requested(&portal, &clinic, "a.example").await;
    let second = requested(&portal, &freight, "b.example").await;
    let not_ours = requested(&portal, &elsewhere, "c.example").await;

    let answer = RequestAnswerInput {
        verdict: Verdict::Declined,
        text: "The contract has ended".to_owned(),
    };
    resubscription_request::answer(&admin, backend, clinic.slug(), first, &answer)
        .await
        .unwrap();
    let queue = resubscription_request::list(&admin, backend, &TableQuery::default())
        .await
        .unwrap();
    let told: Vec<_> = queue
        .rows
        .iter()
        .map(|row| (row.domain.as_str(), row.enterprise.as_str(), row.state))
        .collect();
    assert_eq!(
        told,
        [
            ("b.example", "borealis-freight", RequestState::Open),
            ("a.example", "alder-clinics", RequestState::Declined),
        ]
    );
    assert_eq!(queue.rows[1].answer.as_deref(), Some("The contract has ended"));
    assert_eq!(queue.rows[0].requested_by.as_deref(), Some("Test Person"));
    let one = resubscription_request::get(&admin, backend, second).await.unwrap();
    assert_eq!(one, queue.rows[0]);

    let no_request = Error::NotFound {
        resource: Resource::ResubscriptionRequest,
    };
    assert_eq!(
        resubscription_request::get(&admin, backend, not_ours).await,
        Err(no_request)
    );
    let by_id = resubscription_request::list_all(&admin, backend, &[not_ours])
        .await
        .unwrap();
    assert_eq!(by_id, domain::table::WholeList::Rows((), Vec::new()));
    let by_an_enterprise = resubscription_request::list(&clinic.admin().await, backend, &TableQuery::default()).await;
    assert!(
        matches!(by_an_enterprise, Err(Error::NotFound { .. })),
        "{by_an_enterprise:?}"
    );
}
