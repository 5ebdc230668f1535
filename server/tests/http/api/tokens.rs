//! Who a request comes from, and how many may come.

use std::num::NonZeroU32;

use axum::body::Body;
use backend::{
    context::{Actor, OpContext},
    services::{membership, session},
};
use domain::{access::Role, ids::MembershipId, table::TableQuery};
use http::{Method, StatusCode, header};
use server::settings::{Limits, WebSettings};

use super::support::{Script, json, of_clinic, problem, token};
use crate::support::{TestServer, request};

const ENTERPRISES: &str = "/api/v1/enterprises";

#[tokio::test]
async fn a_cookie_is_no_token_and_a_token_is_no_cookie() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut browser = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let refused = browser.get(ENTERPRISES).await;
    problem(&refused, 401, "unauthenticated");
    assert!(refused.header("www-authenticate").starts_with("Bearer"));
    assert_eq!(refused.set_cookie(), None);

    let script = Script::of_admin(&server, &clinic).await;
    assert_eq!(script.get(ENTERPRISES).await.status, StatusCode::OK);
    for path in ["/rpc/session/current", "/rpc/api_token/list"] {
        assert_eq!(script.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let page = script.get("/e/alder-clinics/users").await;
    assert!(page.header("location").starts_with("/sign-in"), "{}", page.status);
    let mut export = request(Method::GET, "/e/alder-clinics/users/export.csv", Body::empty());
    script.add_token(export.headers_mut());
    let export = server.browser().send(export).await;
    assert!(export.status.is_redirection(), "{}", export.status);
}

#[tokio::test]
async fn what_is_no_token_of_anybody_is_refused() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let good = token(&server.portal, &clinic.admin().await, Role::EnterpriseAdmin).await;
    let mut mistyped = good.clone();
    let last = mistyped.pop().unwrap();
    mistyped.push(if last == 'x' { 'y' } else { 'x' });
    for value in [
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        good.clone(),
        format!("Basic {good}"),
        format!("Bearer {mistyped}"),
        format!("Bearer {good}{good}"),
    ] {
        let mut asked = request(Method::GET, ENTERPRISES, Body::empty());
        asked
            .headers_mut()
            .insert(header::AUTHORIZATION, value.parse().unwrap());
        problem(&server.browser().send(asked).await, 401, "unauthenticated");
    }
    let script = Script::with(&server, good);
    assert_eq!(script.get(ENTERPRISES).await.status, StatusCode::OK);
    server
        .portal
        .execute("UPDATE account SET disabled = true")
        .await
        .unwrap();
    problem(&script.get(ENTERPRISES).await, 401, "unauthenticated");
}

/// From the console on: the browser is signed out for good, the script for as long as the account is disabled.
#[tokio::test]
async fn whom_the_provider_disables_is_out_at_once_with_browser_and_script() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let (backend, slug, provider) = (
        server.portal.backend(),
        clinic.slug(),
        server.portal.provider_admin().await,
    );
    // Another admin, since the last one cannot be disabled.
    clinic.admin().await;
    let (email, password) = server.account(Some((slug, Role::EnterpriseAdmin))).await;
    let mut browser = server.browser();
    browser.sign_in(&email, &password, "").await;
    let accounts = membership::list(&provider, backend, slug, &TableQuery::default()).await;
    let mut accounts = accounts.unwrap().rows.into_iter();
    let ada = accounts.find(|row| row.email.to_string() == email).unwrap();
    let signed_in = session::actor(&provider, backend, ada.account.unwrap()).await.unwrap();
    let as_ada = OpContext {
        actor: Actor::Account(signed_in.unwrap().into()),
        ..provider.clone()
    };
    let script = Script::with(&server, token(&server.portal, &as_ada, Role::EnterpriseAdmin).await);
    let list = "/rpc/sms_group/list?enterprise=alder-clinics&query=";
    assert_eq!(browser.get(list).await.status, StatusCode::OK);
    assert_eq!(script.get(ENTERPRISES).await.status, StatusCode::OK);

    let id = MembershipId(ada.id);
    membership::set_disabled(&provider, backend, slug, id, true)
        .await
        .unwrap();
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM session").await, 0);
    assert_eq!(browser.get(list).await.status, StatusCode::UNAUTHORIZED);
    problem(&script.get(ENTERPRISES).await, 401, "unauthenticated");
    let refused = server.browser().sign_in(&email, &password, "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    membership::set_disabled(&provider, backend, slug, id, false)
        .await
        .unwrap();
    assert_eq!(browser.get(list).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(script.get(ENTERPRISES).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_lists_what_it_reaches() {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    server.portal.enterprise("borealis-freight").await;
    let provider = server.portal.provider_admin().await;
    let script = Script::with(&server, token(&server.portal, &provider, Role::EnterpriseViewer).await);
    let reached = json(&script.get(ENTERPRISES).await);
    let rows = reached["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["role"] == "enterprise_viewer"), "{reached}");
    let one = json(&script.get("/api/v1/enterprises/alder-clinics").await);
    assert_eq!(one["role"], "enterprise_viewer");
}

fn with_limits(per_token: u32, per_address: u32) -> WebSettings {
    WebSettings {
        limits: Limits {
            api_per_token: NonZeroU32::new(per_token).unwrap(),
            api_per_address: NonZeroU32::new(per_address).unwrap(),
            ..Limits::default()
        },
        ..WebSettings::default()
    }
}

#[tokio::test]
async fn a_token_that_asks_too_often_waits() {
    let server = TestServer::start_with(with_limits(2, 100)).await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let (busy, other) = (
        Script::of_admin(&server, &clinic).await,
        Script::of_admin(&server, &clinic).await,
    );
    let first = busy.get(ENTERPRISES).await;
    assert_eq!(first.header("ratelimit"), "\"token\";r=1;t=30");
    assert_eq!(first.header("ratelimit-policy"), "\"token\";q=2;w=60");
    assert_eq!(busy.get(ENTERPRISES).await.status, StatusCode::OK);
    let refused = busy.get(ENTERPRISES).await;
    let told = problem(&refused, 429, "too_many_requests");
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=30).contains(&seconds), "{seconds}");
    assert_eq!(told["retry_after"], seconds);
    assert!(refused.header("ratelimit").starts_with("\"token\";r=0;"));
    assert_eq!(other.get(ENTERPRISES).await.status, StatusCode::OK);
}

/// So nobody can try tokens out.
#[tokio::test]
async fn an_address_that_asks_too_often_waits_with_and_without_a_token() {
    let server = TestServer::start_with(with_limits(100, 2)).await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let nobody = Script::without_token(&server);
    for _ in 0..2 {
        problem(&nobody.get(&of_clinic("groups")).await, 401, "unauthenticated");
    }
    problem(&nobody.get(ENTERPRISES).await, 429, "too_many_requests");
    problem(&script.get(ENTERPRISES).await, 429, "too_many_requests");
    assert_eq!(server.browser().get("/health/live").await.status, StatusCode::OK);
}
