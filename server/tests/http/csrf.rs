//! Requests that another site makes in somebody's browser: refused where they could change something.

use axum::body::Body;
use domain::access::Role;
use http::{HeaderName, Method, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;
use rstest::rstest;

use crate::support::{TestServer, form, request};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const GROUPS: &str = "SELECT COUNT(*) FROM sms_group";

#[rstest]
#[case::other_site(&[(SITE, "cross-site")])]
#[case::neighbour_host(&[(SITE, "same-site")])]
#[case::unknown_site(&[(SITE, "Same-Origin")])]
#[case::old_browser(&[(header::ORIGIN, "https://evil.example")])]
#[case::other_port(&[(header::ORIGIN, "https://portal.example:8443")])]
#[case::no_origin(&[(header::ORIGIN, "null")])]
#[case::lookalike(&[(header::ORIGIN, "https://portal.example.evil.example")])]
#[tokio::test]
async fn a_post_from_another_site_is_refused(#[case] headers: &[(HeaderName, &str)]) {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    let mut sign_in = form("/rpc/session/sign_in", &[("email", &email), ("password", &password)]);
    for (name, value) in headers {
        sign_in.headers_mut().insert(name, value.parse().unwrap());
    }
    let answer = server.browser().send(sign_in).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(answer.set_cookie(), None);
    assert!(!answer.header("x-request-id").is_empty());
}

#[rstest]
#[case::own_page(&[(SITE, "same-origin")])]
#[case::typed_address(&[(SITE, "none")])]
#[case::old_browser(&[(header::ORIGIN, "https://portal.example")])]
#[case::no_browser(&[])]
#[tokio::test]
async fn a_post_from_the_portal_itself_is_taken(#[case] headers: &[(HeaderName, &str)]) {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    let mut sign_in = form("/rpc/session/sign_in", &[("email", &email), ("password", &password)]);
    for (name, value) in headers {
        sign_in.headers_mut().insert(name, value.parse().unwrap());
    }
    assert_eq!(server.browser().send(sign_in).await.status, StatusCode::OK);
}

/// With somebody's cookie, for every server function that is posted to.
#[tokio::test]
async fn nothing_can_be_posted_from_another_site() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    for (path, method) in server_fn_paths().filter(|(_, method)| *method != Method::GET) {
        let mut foreign = request(method, path, Body::empty());
        foreign.headers_mut().insert(SITE, "cross-site".parse().unwrap());
        assert_eq!(admin.send(foreign).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(admin.get("/rpc/session/current").await.status, StatusCode::OK);
}

/// Browsers send a Lax cookie with a link from another site, so a GET must never do anything.
#[tokio::test]
async fn a_get_changes_nothing() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let user = clinic.user("Ada Brandt").insert().await;
    let id = clinic.group("Front Desk", user).insert().await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let arguments = format!("enterprise=alder-clinics&id={id}&version=1");
    for (path, _) in server_fn_paths().filter(|(_, method)| *method != Method::GET) {
        for method in [Method::GET, Method::HEAD] {
            let answer = admin
                .send(request(method, &format!("{path}?{arguments}"), Body::empty()))
                .await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
            assert_eq!(answer.header("allow"), "POST");
        }
    }
    assert_eq!(server.portal.number(GROUPS).await, 1);
    assert_eq!(admin.get("/rpc/session/current").await.status, StatusCode::OK);
}

/// A form of another site can only send forms; what takes the bytes of a page does not take them.
#[tokio::test]
async fn a_dialogs_call_takes_no_form() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let user = clinic.user("Ada Brandt").insert().await;
    let id = clinic.group("Front Desk", user).insert().await.to_string();
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let fields = [("enterprise", "alder-clinics"), ("id", id.as_str()), ("version", "1")];
    let answer = admin.post_form("/rpc/sms_group/delete", &fields).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.portal.number(GROUPS).await, 1);
}

#[tokio::test]
async fn other_sites_may_not_read_answers() {
    let server = TestServer::start().await;
    let mut asked = request(Method::GET, "/rpc/session/current", Body::empty());
    asked
        .headers_mut()
        .insert(header::ORIGIN, "https://evil.example".parse().unwrap());
    let answer = server.browser().send(asked).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
}
