//! Requests to subscribe a domain again: filed once, answered once.

use backend::{
    context::OpContext,
    services::{domain_subscription, resubscription_request},
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{
    access::{Action, Resource},
    carrier_profile::CarrierKind,
    domain_subscription::DomainSubscriptionRow,
    error::Error,
    ids::{DomainSubscriptionId, ResubscriptionRequestId},
    resubscription_request::{RequestAnswerInput, RequestState, ResubscriptionRequest, Verdict},
    table::TableQuery,
};
use rstest::rstest;

use crate::support::{fields, nobody, sql};

const REQUESTS: &str = "SELECT COUNT(*) FROM resubscription_request";

/// A clinic with a domain that ends in so many days, and one of its admins.
async fn clinic_with(portal: &TestPortal, days_left: i64) -> (TestEnterprise, DomainSubscriptionId, OpContext) {
    let clinic = portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let id = clinic.domain("voice.example", profile, days_left).await;
    let admin = clinic.admin().await;
    (clinic, id, admin)
}

/// The one row of the table.
async fn row(portal: &TestPortal, clinic: &TestEnterprise) -> DomainSubscriptionRow {
    let (viewer, query) = (clinic.viewer().await, TableQuery::default());
    let page = domain_subscription::list(&viewer, portal.backend(), clinic.slug(), &query).await;
    page.unwrap().rows.remove(0)
}

fn says(verdict: Verdict, text: &str) -> RequestAnswerInput {
    RequestAnswerInput {
        verdict,
        text: text.to_owned(),
    }
}

#[rstest]
#[tokio::test]
async fn the_row_shows_the_request_and_its_answer(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_with(&portal, -2).await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    assert_eq!(row(&portal, &clinic).await.request, None);

    let filed = resubscription_request::file(&admin, backend, slug, id).await.unwrap();
    assert_eq!(filed.requested_by.as_deref(), Some("Test Person"));
    assert_eq!((filed.state, filed.answered_at), (RequestState::Open, None));
    assert_eq!(row(&portal, &clinic).await.open_request(), Some(&filed));

    let answer = says(Verdict::Declined, " The contract has ended ");
    let declined = resubscription_request::answer(&provider, backend, slug, filed.id, &answer)
        .await
        .unwrap();
    assert_eq!(declined.state, RequestState::Declined);
    assert_eq!(declined.answer.as_deref(), Some("The contract has ended"));
    assert!(declined.answered_at.is_some());
    let shown = row(&portal, &clinic).await;
    assert_eq!((shown.open_request(), shown.request.as_ref()), (None, Some(&declined)));

    let second = resubscription_request::file(&admin, backend, slug, id).await.unwrap();
    assert_eq!(row(&portal, &clinic).await.request, Some(second.clone()));
    let done = resubscription_request::answer(&provider, backend, slug, second.id, &says(Verdict::Done, ""))
        .await
        .unwrap();
    assert_eq!((done.state, done.answer), (RequestState::Done, None));
    let whole = domain_subscription::get(&admin, backend, slug, id).await.unwrap();
    assert_eq!(whole.row.request.map(|request| request.state), Some(RequestState::Done));
}

#[rstest]
#[tokio::test]
async fn a_domain_that_was_never_subscribed_can_be_requested(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_with(&portal, 30).await;
    let never = "UPDATE domain_subscription SET subscription_id = NULL, expires_at = NULL";
    portal.execute(never).await.unwrap();
    let filed = resubscription_request::file(&admin, portal.backend(), clinic.slug(), id).await;
    assert!(filed.is_ok(), "{filed:?}");
}

#[rstest]
#[tokio::test]
async fn a_domain_that_receives_or_is_being_deleted_is_not_requested(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_with(&portal, 3).await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let receives = resubscription_request::file(&admin, backend, slug, id).await;
    assert_eq!(fields(receives), ["domain"]);
    portal
        .execute("UPDATE domain_subscription SET renewal_status = 'deleting', expires_at = NULL")
        .await
        .unwrap();
    let being_deleted = resubscription_request::file(&admin, backend, slug, id).await;
    assert_eq!(fields(being_deleted), ["domain"]);
    assert_eq!(portal.number(REQUESTS).await, 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_ask_at_once_one_does(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_with(&portal, -2).await;
    let asking: Vec<_> = (0..6)
        .map(|_| {
            let (ctx, backend, slug) = (admin.clone(), portal.backend().clone(), clinic.slug().clone());
            tokio::spawn(async move { resubscription_request::file(&ctx, &backend, &slug, id).await })
        })
        .collect();
    let mut filed = Vec::new();
    for asked in asking {
        match asked.await.unwrap() {
            Ok(request) => filed.push(request),
            Err(error) => assert_eq!(fields(Err::<(), _>(error)), ["domain"]),
        }
    }
    assert_eq!(filed.len(), 1, "{filed:?}");
    assert_eq!(portal.number(REQUESTS).await, 1);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_request_is_answered_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_with(&portal, -2).await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    let request = resubscription_request::file(&admin, backend, slug, id)
        .await
        .unwrap()
        .id;
    let answer = |input: RequestAnswerInput| {
        let provider = &provider;
        async move { resubscription_request::answer(provider, backend, slug, request, &input).await }
    };

    assert_eq!(fields(answer(says(Verdict::Declined, "  ")).await), ["text"]);
    let (one, other) = tokio::join!(
        answer(says(Verdict::Done, "Renewed")),
        answer(says(Verdict::Declined, "No contract")),
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
    assert_eq!(fields(if one.is_ok() { other } else { one }), ["verdict"]);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 2);
}

#[rstest]
#[tokio::test]
async fn requests_go_with_their_domain(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_with(&portal, -2).await;
    resubscription_request::file(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();
    portal.execute("DELETE FROM domain_subscription").await.unwrap();
    assert_eq!(portal.number(REQUESTS).await, 0);
}

#[rstest]
#[tokio::test]
async fn the_enterprise_asks_and_the_provider_answers(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_with(&portal, -2).await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let forbidden = |action| {
        Err(Error::Forbidden {
            action,
            resource: Resource::ResubscriptionRequest,
        })
    };

    let viewer = clinic.viewer().await;
    let by_a_viewer = resubscription_request::file(&viewer, backend, slug, id).await;
    assert_eq!(by_a_viewer, forbidden(Action::Create));
    let request = resubscription_request::file(&admin, backend, slug, id)
        .await
        .unwrap()
        .id;
    let done = says(Verdict::Done, "");
    let by_themselves = resubscription_request::answer(&admin, backend, slug, request, &done).await;
    assert_eq!(by_themselves, forbidden(Action::Update));
    assert_eq!(portal.number(&format!("{REQUESTS} WHERE state = 'open'")).await, 1);
}

/// What lies in another enterprise is answered as what is not there.
#[rstest]
#[tokio::test]
async fn a_stranger_finds_neither_domain_nor_request(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_with(&portal, -2).await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let (backend, provider) = (portal.backend(), portal.provider_admin().await);
    let request = resubscription_request::file(&admin, backend, clinic.slug(), id)
        .await
        .unwrap()
        .id;
    let stranger = neighbour.admin().await;
    let done = says(Verdict::Done, "");

    let there: Result<ResubscriptionRequest, Error> =
        resubscription_request::file(&stranger, backend, clinic.slug(), id).await;
    let no_enterprise = Error::NotFound {
        resource: Resource::Enterprise,
    };
    assert_eq!(there, Err(no_enterprise));
    for (domain, request) in [(id, request), (nobody(), nobody::<ResubscriptionRequestId>())] {
        let slug = neighbour.slug();
        let asked = resubscription_request::file(&stranger, backend, slug, domain).await;
        assert!(matches!(asked, Err(Error::NotFound { .. })), "{asked:?}");
        let answered = resubscription_request::answer(&provider, backend, slug, request, &done).await;
        assert!(matches!(answered, Err(Error::NotFound { .. })), "{answered:?}");
    }
    let open = format!("{REQUESTS} WHERE state = 'open' AND id = {}", sql(engine, request));
    assert_eq!(portal.number(&open).await, 1);
}
