//! The headers that protect whoever reads an answer: on every answer, whatever went wrong.

use axum::body::Body;
use domain::access::Role;
use http::{HeaderName, Method, StatusCode};
use server::settings::WebSettings;

use crate::support::{Answer, CSS, TestServer, request};

/// Something of every kind of answer that the server gives.
async fn answers(server: &TestServer) -> Vec<(&'static str, Answer)> {
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut nobody = server.browser();
    let mut foreign = request(Method::POST, "/rpc/session/sign_out", Body::empty());
    let site = HeaderName::from_static("sec-fetch-site");
    foreign.headers_mut().insert(site, "cross-site".parse().unwrap());
    let too_large = "x".repeat(300_000);
    vec![
        ("page", admin.get("/e/alder-clinics/services/sms/groups").await),
        (
            "export",
            admin.get("/e/alder-clinics/services/sms/groups/export.csv").await,
        ),
        ("sign-in page", nobody.get("/sign-in").await),
        ("redirect", nobody.get("/").await),
        ("unknown page", admin.get("/no/such/page").await),
        ("call", admin.get("/rpc/session/current").await),
        ("refused call", nobody.get("/rpc/session/current").await),
        ("unknown call", nobody.get("/rpc/no/such/call").await),
        ("refused API request", nobody.get("/api/v1/enterprises").await),
        ("unknown API path", nobody.get("/api/no/such/path").await),
        ("wrong method", nobody.get("/rpc/session/sign_in").await),
        ("asset", nobody.get(CSS).await),
        ("unknown asset", nobody.get("/assets/nothing.css").await),
        ("posted asset", nobody.post_call(CSS, "{}").await),
        ("icon", nobody.get("/favicon.svg").await),
        ("live", nobody.get("/health/live").await),
        ("ready", nobody.get("/health/ready").await),
        ("from another site", nobody.send(foreign).await),
        ("too large", nobody.post_call("/rpc/sms_group/create", &too_large).await),
        ("panic", nobody.post_form("/rpc/test/panic", &[]).await),
    ]
}

#[tokio::test]
async fn every_answer_carries_them() {
    let server = TestServer::start().await;
    let mut ids = std::collections::BTreeSet::new();
    for (what, answer) in answers(&server).await {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", ""),
            ("server", ""),
            ("x-powered-by", ""),
        ] {
            assert_eq!(answer.header(name), value, "{what}: {name}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"), "{what}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';"), "{what}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
            "{what}: {policy}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{what}: {policy}"
        );
        assert!(ids.insert(answer.header("x-request-id").to_owned()), "{what}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{what}");
    }
}

#[tokio::test]
async fn only_assets_may_be_stored() {
    let server = TestServer::start().await;
    for (what, answer) in answers(&server).await {
        let expected = match what {
            "asset" => "public, max-age=31536000, immutable",
            "icon" => "public, max-age=86400",
            _ => "no-store",
        };
        assert_eq!(answer.header("cache-control"), expected, "{what}");
    }
}

#[tokio::test]
async fn a_server_that_others_reach_asks_for_tls_from_now_on() {
    let settings = WebSettings {
        strict_transport: true,
        ..WebSettings::default()
    };
    let server = TestServer::start_with(settings).await;
    for (what, answer) in answers(&server).await {
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000; includeSubDomains",
            "{what}"
        );
    }
}

/// The nonce of a page's policy.
fn nonce(page: &Answer) -> String {
    let policy = page.header("content-security-policy");
    let (_, rest) = policy.split_once("script-src 'nonce-").unwrap();
    rest.split('\'').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_page_runs_its_own_scripts_and_no_others() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let path = "/e/alder-clinics/services/sms/groups";
    let (first, second) = (admin.get(path).await, admin.get(path).await);
    assert_ne!(nonce(&first), nonce(&second));
    assert!(nonce(&first).len() >= 16);

    let scripts: Vec<&str> = first.body.split("<script").skip(1).collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&format!("nonce=\"{}\"", nonce(&first))), "<script{tag}>");
    }
    assert!(!first.body.contains(&nonce(&second)));
}

/// The policy forbids them, so a browser would drop them and the page would look broken.
#[tokio::test]
async fn no_page_has_styles_or_handlers_in_its_markup() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let user = clinic.user("Ada Brandt").insert().await;
    clinic.group("Front Desk", user).insert().await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    for path in [
        "/e/alder-clinics/services/sms",
        "/e/alder-clinics/services/sms/groups",
        "/e/alder-clinics/services/sms/groups?dialog=add",
        "/e/alder-clinics/services/sms/carriers",
        "/e/alder-clinics/services/sms/domains",
        "/e/alder-clinics/configuration",
        "/help/sms-groups",
        "/no/such/page",
        "/sign-in",
    ] {
        let page = admin.get(path).await;
        for forbidden in [" style=", "<style", " onclick=", " onload=", "javascript:"] {
            assert!(!page.body.contains(forbidden), "{path} has {forbidden}");
        }
    }
}

#[tokio::test]
async fn an_id_that_the_client_sends_is_not_taken_on() {
    let server = TestServer::start().await;
    let mut sent = request(Method::GET, "/health/live", Body::empty());
    sent.headers_mut().insert("x-request-id", "forged".parse().unwrap());
    let answer = server.browser().send(sent).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_ne!(answer.header("x-request-id"), "forged");
}
