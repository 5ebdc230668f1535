//! Files that come in over HTTP, and those that go out: rejected rows, a template.

use axum::body::Body;
use backend::services::import_upload;
use domain::{
    access::Role,
    import::{ImportKind, ImportUpload},
};
use http::{Method, Request, StatusCode};
use rstest::rstest;
use server::settings::Limits;

use crate::support::{Answer, Browser, TestServer, endless_file, impatient, request, too_large_file};

const UPLOAD: &str = "/rpc/import/upload/alder-clinics/numbers?name=numbers.csv";
const FILE: &str = "Number,SMS\n+12065550183,TRUE\n+12535550104,maybe\n";

fn upload_of(body: Body) -> Request<Body> {
    request(Method::POST, UPLOAD, body)
}

async fn upload(browser: &mut Browser<'_>, file: &str) -> Answer {
    browser.send(upload_of(Body::from(file.to_owned()))).await
}

/// Larger than what any other request may send.
fn large_file() -> String {
    let rows: String = (0..30_000)
        .map(|row| format!("+1206555{:04}\n", row % 10_000))
        .collect();
    format!("Number\n{rows}")
}

#[tokio::test]
async fn a_file_comes_in_and_is_looked_at() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let answer = upload(&mut admin, FILE).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let upload: ImportUpload = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(
        (upload.file_name.as_str(), upload.bytes),
        ("numbers.csv", FILE.len() as u64)
    );
    assert_eq!(upload.header, ["Number", "SMS"]);
}

#[tokio::test]
async fn a_file_may_be_larger_than_other_requests() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let file = large_file();
    assert!(file.len() > Limits::default().body_bytes);
    let answer = upload(&mut admin, &file).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM import_chunk").await, 2);
}

/// By the length in front, or while reading where none is told.
#[rstest]
#[tokio::test]
async fn a_file_that_is_too_large_is_refused_with_the_limit(#[values(false, true)] tells_its_size: bool) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let answer = admin.send(upload_of(too_large_file(tells_its_size))).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("larger than 50 MB"), "{}", answer.body);
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM import_upload").await, 0);
}

#[tokio::test]
async fn who_may_not_import_sends_nothing() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let freight = server.portal.enterprise("borealis-freight").await;
    let mut nobody = server.browser();
    assert_eq!(upload(&mut nobody, FILE).await.status, StatusCode::UNAUTHORIZED);
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;
    assert_eq!(upload(&mut viewer, FILE).await.status, StatusCode::FORBIDDEN);
    let mut stranger = server.signed_in(Some((freight.slug(), Role::EnterpriseAdmin))).await;
    assert_eq!(upload(&mut stranger, FILE).await.status, StatusCode::NOT_FOUND);
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    for path in [
        "/rpc/import/upload/alder-clinics/groups",
        "/rpc/import/upload/Not%20A%20Slug/numbers",
    ] {
        let answer = admin.send(request(Method::POST, path, Body::from(FILE))).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM import_upload").await, 0);
}

/// A page of somebody else cannot have a browser send a file.
#[tokio::test]
async fn a_file_from_another_site_is_refused() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut forged = upload_of(Body::from(FILE));
    forged
        .headers_mut()
        .insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(admin.send(forged).await.status, StatusCode::FORBIDDEN);
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM import_upload").await, 0);
}

#[tokio::test]
async fn a_workbook_is_refused_with_what_to_do() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let answer = upload(&mut admin, "PK\u{3}\u{4}rest").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("save it as CSV"), "{}", answer.body);
}

/// Files have longer than other requests; those do not have it with them.
#[tokio::test]
async fn a_file_that_never_ends_is_given_up() {
    let server = TestServer::start_with(impatient()).await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let answer = admin.send(upload_of(endless_file())).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn rejected_rows_are_downloaded_by_those_who_may_see_the_enterprise() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let freight = server.portal.enterprise("borealis-freight").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let upload: ImportUpload = serde_json::from_str(&upload(&mut admin, FILE).await.body).unwrap();
    let path = format!("/e/alder-clinics/numbers/import/{}/rejected.csv", upload.id);
    assert_eq!(admin.get(&path).await.status, StatusCode::GONE, "before the check");
    let (op, backend) = (server.portal.system(), server.portal.backend());
    let which = (ImportKind::Numbers, upload.id);
    import_upload::check(&op, backend, clinic.slug(), which, upload.shape.columns)
        .await
        .unwrap();
    let file = admin.get(&path).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"rejected-numbers.csv\""
    );
    let expected =
        "\u{FEFF}Number,SMS,Reason\r\n'+12535550104,maybe,\"SMS must be TRUE or FALSE, but is “maybe”.\"\r\n";
    assert_eq!(file.body, expected);
    let mut stranger = server.signed_in(Some((freight.slug(), Role::EnterpriseAdmin))).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    let theirs = path.replace("alder-clinics", "borealis-freight");
    assert_eq!(stranger.get(&theirs).await.status, StatusCode::GONE);
    let garbled = "/e/alder-clinics/numbers/import/17/rejected.csv";
    assert_eq!(admin.get(garbled).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn the_template_has_the_columns_that_are_read() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let template = admin.get("/e/alder-clinics/numbers/import/template.csv").await;
    assert_eq!(template.status, StatusCode::OK);
    assert_eq!(
        template.body,
        "\u{FEFF}Phone Number,Country Code,SMS,MMS,Group MMS,Voice,Carrier Profile,Domain\r\n"
    );
    let file = format!("{}2065550183,1,TRUE,,,,,\r\n", template.body);
    let looked: ImportUpload = serde_json::from_str(&upload(&mut admin, &file).await.body).unwrap();
    let all: Vec<Option<u32>> = (0..8).map(Some).collect();
    assert_eq!(looked.shape.columns, all);
    let users = admin.get("/e/alder-clinics/users/import/template.csv").await;
    assert!(
        users.body.contains("User principal name,Display name"),
        "{}",
        users.body
    );
}

#[tokio::test]
async fn the_pages_open_and_say_why_nothing_can_be_imported() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let elsewhere = server.portal.enterprise_elsewhere("cedar-lines").await;
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;
    for kind in ["numbers", "users"] {
        let page = viewer.get(&format!("/e/alder-clinics/{kind}/import")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Choose a file"), "{kind}");
        assert!(page.body.contains("Ask an admin of your enterprise."), "{kind}");
    }
    let mut admin = server.signed_in(Some((elsewhere.slug(), Role::EnterpriseAdmin))).await;
    let page = admin.get("/e/cedar-lines/numbers/import").await;
    assert!(page.body.contains("Numbers are not imported here"));
    assert!(!page.body.contains("Choose a file"));
}
