//! Tables as files.

use http::StatusCode;

use super::support::{Script, of_clinic, problem};
use crate::support::TestServer;

#[tokio::test]
async fn a_file_holds_what_its_list_finds_on_all_pages() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.group("Front Desk", ada).insert().await;
    clinic.group("=Lobby", ada).insert().await;
    clinic.group("Pharmacy", ada).insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let file = script
        .get(&of_clinic("groups.csv?filter=name:contains:b&sort=-name"))
        .await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = file.body.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].starts_with("'=Lobby,1,"), "{lines:?}");
    problem(
        &script.get(&of_clinic("groups.csv?filter=nmae:contains:b")).await,
        400,
        "bad_query",
    );
}

#[tokio::test]
async fn every_table_is_a_file() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let theirs = Script::of_admin(&server, &clinic).await;
    let provider = Script::of_provider(&server).await;
    let names = [
        "groups",
        "users",
        "numbers",
        "carrier-profiles",
        "domains",
        "tasks",
        "configuration",
        "audit",
        "accounts",
    ];
    for path in names.map(|name| of_clinic(&format!("{name}.csv"))) {
        let file = theirs.get(&path).await;
        assert_eq!(file.status, StatusCode::OK, "{path}: {}", file.body);
        assert!(file.body.starts_with('\u{FEFF}'), "{path}");
    }
    for path in ["/api/v1/provider/enterprises.csv", "/api/v1/provider/requests.csv"] {
        assert_eq!(provider.get(path).await.status, StatusCode::OK, "{path}");
        problem(&theirs.get(path).await, 404, "not_found");
    }
}
