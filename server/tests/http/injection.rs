//! What stands in addresses, names and headers of a request: it becomes no header of the answer and no path of a file.

use axum::body::Body;
use domain::access::Role;
use http::{HeaderValue, Method, header};
use rstest::rstest;

use crate::support::{Answer, Browser, TestServer, request};

/// Line breaks as they could come through, and a header behind them.
const BREAKS: [&str; 4] = [
    "%0d%0aX-Injected:%20yes",
    "%0aX-Injected:%20yes",
    "%E5%98%8D%E5%98%8AX-Injected:%20yes",
    "%250d%250aX-Injected:%20yes",
];

fn is_not_injected(answer: &Answer, what: &str) {
    assert_eq!(answer.header("x-injected"), "", "{what}");
    assert!(!answer.status.is_server_error(), "{what}: {}", answer.status);
}

#[rstest]
#[case::next("/sign-in?next=/{}")]
#[case::page("/e/{}")]
#[case::tab("/e/alder-clinics/services/sms/{}")]
#[case::table("/e/alder-clinics/services/sms/groups/export.csv?search={}")]
#[case::file("/e/alder-clinics/numbers/import/{}/rejected.csv")]
#[case::template("/e/alder-clinics/{}/import/template.csv")]
#[case::call("/rpc/sms_group/list?enterprise={}&query=")]
#[case::stream("/rpc/live/{}")]
#[case::asset("/assets/{}")]
#[case::api("/api/v1/enterprises/{}/groups")]
#[case::docs("/api/docs/{}")]
#[tokio::test]
async fn an_address_adds_no_header(#[case] path: &str) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    for text in BREAKS {
        let address = path.replace("{}", text);
        is_not_injected(&admin.get(&address).await, &address);
        is_not_injected(&server.browser().get(&address).await, &address);
    }
}

/// Signing in leads to where the form says.
#[tokio::test]
async fn a_form_adds_no_header() {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    for next in [
        "/\r\nX-Injected: yes",
        "/\nX-Injected: yes",
        "/e/a\r\n\r\n<script>",
        "/\\evil.example\r\n",
    ] {
        let answer = server.browser().sign_in(&email, &password, next).await;
        is_not_injected(&answer, next);
        assert!(answer.header("location").starts_with('/'), "{next:?}");
    }
}

/// The name of an uploaded file is kept, and comes back in no header.
#[tokio::test]
async fn the_name_of_a_file_adds_no_header_and_is_no_path() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    for name in [
        "a%22%0d%0aX-Injected:%20yes",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%00",
        "%ff",
    ] {
        let path = format!("/rpc/import/upload/alder-clinics/numbers?name={name}");
        let body = Body::from("Number,SMS\n+12065550183,maybe\n");
        let answer = admin.send(request(Method::POST, &path, body)).await;
        is_not_injected(&answer, name);
    }
}

async fn asked_with(browser: &mut Browser<'_>, name: &'static str, value: &'static [u8]) -> Answer {
    let mut asked = request(Method::GET, "/rpc/session/current", Body::empty());
    let value = HeaderValue::from_bytes(value).unwrap();
    asked.headers_mut().insert(name, value);
    browser.send(asked).await
}

/// Odd values of the headers that something is read from: nobody is taken for somebody else, nothing breaks.
#[rstest]
#[case("x-request-id", b"\xff\xfe")]
#[case("x-forwarded-for", b"127.0.0.1, \xff, ::1")]
#[case("x-forwarded-host", b"evil.example")]
#[case("accept-language", b"\xff")]
#[case("accept-encoding", b"br;q=\xff, gzip;q=9e999")]
#[case("authorization", b"Bearer \xff")]
#[case("content-length", b"18446744073709551616")]
#[case("content-type", b"application/json; charset=\xff")]
#[case("if-none-match", b"\"\xff\"")]
#[case("range", b"bytes=0-18446744073709551615")]
#[case("sec-fetch-site", b"\xff")]
#[tokio::test]
async fn a_header_of_any_bytes_is_no_fault_of_ours(#[case] name: &'static str, #[case] value: &'static [u8]) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut nobody = server.browser();
    is_not_injected(&asked_with(&mut admin, name, value).await, name);
    let answer = asked_with(&mut nobody, name, value).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    assert_eq!(answer.header(header::SET_COOKIE.as_str()), "");
}

#[rstest]
#[case("/e/alder-clinics/..%2f..%2f..%2fetc%2fpasswd/export.csv")]
#[case("/e/..%2f..%2fetc/services/sms/groups/export.csv")]
#[case("/e/alder-clinics/services/sms/..%2fgroups/export.csv")]
#[case("/e/alder-clinics/services/sms/groups/..%2fexport.csv")]
#[case("/e/alder-clinics/services/sms/groups/export.csv%00.html")]
#[case("/e/alder-clinics/services/sms/groups/export.csv%2f..%2f..%2fmanifest.json")]
#[case("/e/alder-clinics/numbers/import/..%2f..%2fmanifest.json/rejected.csv")]
#[case("/e/alder-clinics/..%2fmanifest.json/import/template.csv")]
#[case("/provider/..%2f..%2fmanifest.json/export.csv")]
#[case("/provider/enterprises/..%2f..%2fmanifest.json/export.csv")]
#[tokio::test]
async fn a_table_as_a_file_is_no_way_to_other_files(#[case] path: &str) {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let mut provider = server.signed_in(None).await;
    let answer = provider.get(path).await;
    assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
    assert!(
        !answer.body.contains("outside of assets") && !answer.body.contains("root:"),
        "{}",
        answer.body
    );
}
