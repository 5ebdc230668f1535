//! The Users page as the server renders it, and as a file.

use domain::{access::Role, teams_user::LicenseState};
use http::StatusCode;

use crate::support::TestServer;

const USERS: &str = "/e/alder-clinics/users";

/// What stands in the main part and above it.
fn markup(body: &str) -> &str {
    body.split_once("</main>").unwrap().0
}

#[tokio::test]
async fn the_page_holds_its_rows_from_the_start() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Eva Lindt").insert().await;
    clinic.user("Bo Chen").license(LicenseState::Unlicensed).insert().await;
    clinic.number("+12065550100").of_user(ada).insert().await;
    let desk = clinic.number("+12065550101").insert().await;
    clinic.group("Front Desk", ada).numbers([desk]).insert().await;
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;

    let page = viewer.get(USERS).await;
    assert_eq!(page.status, StatusCode::OK);
    for text in [
        "Eva Lindt",
        "eva.lindt@test.example",
        "+1 206 555 0100",
        "+1 206 555 0101",
        "group owner",
        "Licensed",
        "Not licensed",
        "Needs a license",
    ] {
        assert!(markup(&page.body).contains(text), "no {text}");
    }
    assert!(page.sent_along().contains("Eva Lindt"), "for the browser's part");
    let found = viewer.get(&format!("{USERS}?search=bo.chen")).await;
    assert!(markup(&found.body).contains("Bo Chen") && !markup(&found.body).contains("Eva Lindt"));
}

#[tokio::test]
async fn the_page_opens_while_sms_is_off() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise_without_sms("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.number("+12065550100").of_user(ada).insert().await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;

    let page = admin.get(USERS).await;
    assert_eq!(page.status, StatusCode::OK);
    let markup = markup(&page.body);
    assert!(markup.contains("Ada Brandt") && markup.contains("+1 206 555 0100"));
    assert!(!markup.contains("dialog=numbers"), "nothing opens the assignment");
}

#[tokio::test]
async fn strangers_find_neither_the_page_nor_the_file() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    clinic.user("Eva Lindt").insert().await;
    let elsewhere = server.portal.enterprise_elsewhere("cedar-lines").await;
    let mut stranger = server.signed_in(Some((elsewhere.slug(), Role::EnterpriseAdmin))).await;
    for path in [USERS.to_owned(), format!("{USERS}/export.csv")] {
        let answer = stranger.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.tells("Eva Lindt"), "{path}");
    }
}

#[tokio::test]
async fn the_file_tells_numbers_and_groups_apart() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let formula = clinic.user("=HYPERLINK(1)").disabled().insert().await;
    clinic.number("+12065550100").of_user(ada).insert().await;
    let desk = clinic.number("+12065550101").insert().await;
    clinic
        .group("Front Desk", ada)
        .members([formula])
        .numbers([desk])
        .insert()
        .await;
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;

    let file = viewer.get(&format!("{USERS}/export.csv?sort=-name")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.header("content-disposition").contains("filename=\"users-"));
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "Teams Username,Sign-in name,Own numbers,Owner of groups,Member of groups,Numbers of groups,Licenses,Sign-in"
    );
    assert_eq!(
        lines[1],
        "Ada Brandt,ada.brandt@test.example,+12065550100,Front Desk,,+12065550101,Licensed,Allowed"
    );
    assert!(lines[2].starts_with("'=HYPERLINK(1),'=hyperlink(1)@test.example,,,Front Desk,+12065550101,"));
    assert!(lines[2].ends_with("Licensed,Blocked"));
}
