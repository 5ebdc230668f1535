//! The page of the audit log before any script has run, and its file.

use backend::services::sms_group;
use domain::{access::Role, enterprise::EnterpriseSlug, sms_group::SmsGroupInput};
use http::StatusCode;

use crate::support::TestServer;

const PAGE: &str = "/e/alder-clinics/audit";

/// A server on which a group of that name was added and then renamed.
async fn with_changes(name: &str, renamed: &str) -> TestServer {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let input = |name: &str| SmsGroupInput {
        name: name.to_owned(),
        owner_id: Some(ada),
        member_ids: vec![ada],
        ..SmsGroupInput::default()
    };
    let backend = server.portal.backend();
    let group = sms_group::create(&admin, backend, clinic.slug(), &input(name))
        .await
        .unwrap();
    sms_group::update(&admin, backend, clinic.slug(), group.id, 1, &input(renamed))
        .await
        .unwrap();
    server
}

#[tokio::test]
async fn the_page_tells_who_did_what_without_scripts() {
    let server = with_changes("Front Desk", "Reception").await;
    let slug: EnterpriseSlug = "alder-clinics".parse().unwrap();
    let mut viewer = server.signed_in(Some((&slug, Role::EnterpriseViewer))).await;

    let page = viewer.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    let (markup, _) = page.body.split_once("</main>").unwrap();
    for text in [
        "@test.example",
        "Added",
        "Changed",
        "SMS group",
        "Front Desk → Reception",
    ] {
        assert!(markup.contains(text), "the page shows no {text}");
    }
    let found = viewer.get(&format!("{PAGE}?filter=action:in:create")).await;
    let (markup, _) = found.body.split_once("</main>").unwrap();
    assert!(
        markup.contains("1 of 2 entries") && !markup.contains("Reception"),
        "{markup}"
    );
}

#[tokio::test]
async fn the_file_tells_everything_that_changed() {
    let server = with_changes("Front Desk", "=1+1").await;
    let slug: EnterpriseSlug = "alder-clinics".parse().unwrap();
    let mut viewer = server.signed_in(Some((&slug, Role::EnterpriseViewer))).await;

    let file = viewer.get(&format!("{PAGE}/export.csv?filter=action:in:update")).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    let name = file.header("content-disposition");
    assert!(name.starts_with("attachment; filename=\"audit-"), "{name}");
    let lines: Vec<&str> = file.body.lines().collect();
    assert_eq!(lines[0], "\u{feff}When,Who,Action,Kind,Thing,What changed,From,Entry");
    assert_eq!(lines.len(), 2, "{}", file.body);
    assert!(
        lines[1].ends_with("@test.example,Changed,SMS group,'=1+1,Name: Front Desk → =1+1,,2"),
        "{}",
        lines[1]
    );
}

#[tokio::test]
async fn somebody_elses_log_is_not_there() {
    let server = with_changes("Front Desk", "Reception").await;
    let neighbour = server.portal.enterprise("borealis-freight").await;
    let mut stranger = server.signed_in(Some((neighbour.slug(), Role::EnterpriseAdmin))).await;
    for path in [PAGE.to_owned(), format!("{PAGE}/export.csv")] {
        let answer = stranger.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.tells("Reception"), "{path}");
    }
}

#[tokio::test]
async fn what_people_typed_comes_out_as_text() {
    let server = with_changes("Front Desk", "<script>alert(1)</script>").await;
    let slug: EnterpriseSlug = "alder-clinics".parse().unwrap();
    let mut admin = server.signed_in(Some((&slug, Role::EnterpriseAdmin))).await;
    let page = admin.get(PAGE).await;
    assert!(page.body.contains("&lt;script&gt;alert(1)"));
    assert!(!page.body.contains("<script>alert(1)"));
}
