//! Requests that no browser makes: refused with an answer of the 400s, never with a fault of ours.

use app::server_fns::wire::{self, BinaryEncoding};
use axum::body::Body;
use domain::access::Role;
use http::{HeaderValue, Method, Request, StatusCode, header};
use leptos::server_fn::ContentType;
use rstest::rstest;

use crate::support::{TestServer, request};

/// What pages of another build send and accept.
const OTHER_FORM: &str = "application/x-postcard; form=00000000";

#[rstest]
#[case::no_arguments("no arguments")]
#[case::nothing("")]
#[case::another_shape("[1,2,3]")]
#[case::missing_fields("{\"enterprise\":\"alder-clinics\"}")]
#[case::no_slug("{\"enterprise\":\"../../etc\",\"input\":{\"name\":\"\"}}")]
#[case::no_id("{\"enterprise\":\"alder-clinics\",\"input\":{\"name\":\"x\",\"owner_id\":\"1 OR 1=1\"}}")]
#[case::huge_number("{\"enterprise\":\"alder-clinics\",\"input\":{\"name\":1e999}}")]
#[tokio::test]
async fn a_body_that_means_nothing_is_not_understood(#[case] body: &str) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let answer = admin.post_call("/rpc/sms_group/create", body).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::BAD_REQUEST, "\"NotUnderstood\"")
    );
}

/// A length is only what somebody says: no memory is taken for it.
#[tokio::test]
async fn a_body_that_says_it_never_ends_is_not_understood() {
    let server = TestServer::start().await;
    let endless = wire::write(&u64::MAX).unwrap();
    let endless_list = [wire::write(&"alder-clinics").unwrap(), endless.clone()].concat();
    for body in [endless, endless_list] {
        let answer = server.browser().post_bytes("/rpc/sms_group/list_all", body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
}

/// A page that is older than the server may send more than the call takes by now.
#[tokio::test]
async fn a_body_with_more_than_the_arguments_is_not_understood() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut body = wire::write(&("alder-clinics", Vec::<u8>::new())).unwrap();
    let answer = admin.post_bytes("/rpc/sms_group/list_all", body.clone()).await;
    assert_eq!(answer.status, StatusCode::OK);
    body.push(0);
    let answer = admin.post_bytes("/rpc/sms_group/list_all", body).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

/// As browsers ask: a list is answered as a stream, so that only the kind of the arguments names a form.
#[rstest]
#[case::of_this_build("application/octet-stream", BinaryEncoding::CONTENT_TYPE, StatusCode::OK)]
#[case::other_arguments("application/octet-stream", OTHER_FORM, StatusCode::BAD_REQUEST)]
#[case::other_answers(OTHER_FORM, BinaryEncoding::CONTENT_TYPE, StatusCode::BAD_REQUEST)]
#[case::no_form("*/*", "application/x-postcard", StatusCode::OK)]
#[tokio::test]
async fn a_page_of_another_build_is_not_understood(
    #[case] accepted: &'static str,
    #[case] sent: &'static str,
    #[case] expected: StatusCode,
) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let body = wire::write(&("alder-clinics", Vec::<u8>::new())).unwrap();
    let mut asked = request(Method::POST, "/rpc/sms_group/list_all", Body::from(body));
    let headers = asked.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(sent));
    headers.insert(header::ACCEPT, HeaderValue::from_static(accepted));
    let answer = admin.send(asked).await;
    assert_eq!(answer.status, expected, "{}", answer.body);
}

/// Nothing of the file is kept, which a page that cannot read the answer would send again and again.
#[tokio::test]
async fn an_upload_of_another_build_is_not_taken() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let path = "/rpc/import/upload/alder-clinics/numbers?name=numbers.csv";
    let mut asked = request(Method::POST, path, Body::from("Phone Number\n+12065550100\n"));
    asked
        .headers_mut()
        .insert(header::ACCEPT, HeaderValue::from_static(OTHER_FORM));
    let answer = admin.send(asked).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
}

#[rstest]
#[case::call("/rpc/sms_group/create", "application/x-postcard", b"\x02\xff\xfe")]
#[case::form(
    "/rpc/session/sign_in",
    "application/x-www-form-urlencoded",
    b"email=\xff\xfe&password=%ff%fe"
)]
#[case::no_type("/rpc/session/sign_in", "", b"email=a&password=b")]
#[case::other_type("/rpc/session/sign_in", "multipart/form-data; boundary=x", b"--x")]
#[tokio::test]
async fn bytes_that_are_no_text_are_refused(#[case] path: &str, #[case] kind: &str, #[case] body: &'static [u8]) {
    let server = TestServer::start().await;
    let mut sent = request(Method::POST, path, Body::from(body));
    sent.headers_mut().insert(header::CONTENT_TYPE, kind.parse().unwrap());
    let answer = server.browser().send(sent).await;
    assert!(answer.status.is_client_error(), "{}: {}", answer.status, answer.body);
}

#[rstest]
#[case::nul("search=%00")]
#[case::no_utf8("search=%ff%fe")]
#[case::half_escape("search=%")]
#[case::page("page=-1&page_size=99999999999999999999")]
#[case::largest_page("page=18446744073709551615")]
#[case::statement("search='%3B%20DROP%20TABLE%20sms_group--&sort=name%3B--")]
#[case::pattern("filter=name:contains:%25_%5C")]
#[case::nonsense("filter=:::&filter=name&sort=,,,-&&&=&==")]
#[case::days("filter=members:between:9999999999..-9999999999")]
#[tokio::test]
async fn a_garbled_address_still_shows_the_table(#[case] query: &str) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let user = clinic.user("Ada Brandt").insert().await;
    clinic.group("Front Desk", user).insert().await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let page = admin
        .get(&format!("/e/alder-clinics/services/sms/groups?{query}"))
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let call = format!(
        "/rpc/sms_group/list?enterprise=alder-clinics&query={}",
        crate::support::encode(query)
    );
    assert_eq!(admin.get(&call).await.status, StatusCode::OK);
    for picker in ["teams_user/options", "number/options_for_group"] {
        let answer = admin
            .get(&format!("/rpc/{picker}?enterprise=alder-clinics&search=x&{query}"))
            .await;
        assert!(!answer.status.is_server_error(), "{picker}: {}", answer.status);
    }
}

/// Almost as long as an address can be at all.
#[tokio::test]
async fn a_very_long_address_is_no_fault_of_ours() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let long = "a".repeat(60_000);
    for path in [
        format!("/e/alder-clinics/services/sms/groups?search={long}"),
        format!("/rpc/teams_user/options?enterprise=alder-clinics&search={long}"),
        format!("/rpc/number/options_for_group?enterprise=alder-clinics&search={long}"),
    ] {
        assert_eq!(admin.get(&path).await.status, StatusCode::OK);
    }
    assert_eq!(admin.get(&format!("/{long}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        server.browser().get(&format!("/{long}")).await.status,
        StatusCode::SEE_OTHER
    );
}

#[rstest]
#[case("/assets/../manifest.json")]
#[case("/assets/%2e%2e/manifest.json")]
#[case("/assets/..%2fmanifest.json")]
#[case("/assets/..%5cmanifest.json")]
#[case("/assets/%252e%252e/manifest.json")]
#[case("/assets//etc/passwd")]
#[case("/assets/%00")]
#[case("/assets/app.0123456789abcdef.css%00.js")]
#[case("/assets/%ff")]
#[case("/assets/")]
#[case("/assets")]
#[tokio::test]
async fn nothing_outside_of_the_assets_is_served(#[case] path: &str) {
    let server = TestServer::start().await;
    let answer = server.browser().get(path).await;
    assert!(
        !answer.body.contains("secret") && !answer.body.contains("root:"),
        "{}",
        answer.body
    );
    assert!(
        !answer.status.is_success() && !answer.status.is_server_error(),
        "{}",
        answer.status
    );
}

#[rstest]
#[case::slug("/e/%00/services/sms/groups")]
#[case::no_slug("/e/Not%20A%20Slug/services/sms/groups")]
#[case::no_utf8("/e/%ff%fe/services/sms/groups")]
#[case::dots("/e/..%2f..%2fetc/services/sms")]
#[case::script("/e/%3Cscript%3Ealert(1)%3C%2Fscript%3E/services/sms")]
#[case::topic("/help/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
#[case::call("/rpc/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
#[tokio::test]
async fn an_address_that_means_nothing_is_not_found(#[case] path: &str) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let answer = admin.get(path).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
    assert!(!answer.body.contains("<script>alert(1)"), "{}", answer.body);
}

#[rstest]
#[case("PUT", "/rpc/sms_group/create")]
#[case("DELETE", "/rpc/sms_group/delete")]
#[case("TRACE", "/rpc/session/current")]
#[case("BREW", "/rpc/session/current")]
#[case("POST", "/health/live")]
#[case("POST", "/")]
#[case("PUT", "/e/alder-clinics/services/sms/groups")]
#[case("DELETE", "/sign-in")]
#[tokio::test]
async fn a_method_that_means_nothing_is_refused(#[case] method: &str, #[case] path: &str) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let sent: Request<Body> = request(method.parse().unwrap(), path, Body::empty());
    assert_eq!(admin.send(sent).await.status, StatusCode::METHOD_NOT_ALLOWED);
}
