//! The provider's console over HTTP: who finds it, what stands in it before any script has run, one-time links.

use std::time::Duration;

use backend::services::{enterprise, membership};
use domain::{
    access::Role,
    carrier_profile::CarrierKind,
    invitation::{InviteInput, OneTimeLink},
};
use futures_util::StreamExt;
use http::StatusCode;

use crate::support::TestServer;

const CONSOLE: [&str; 5] = [
    "/provider",
    "/provider/requests",
    "/provider/contact",
    "/provider/enterprises/alder-clinics",
    "/provider/alerts",
];
const FILES: [&str; 3] = [
    "/provider/export.csv",
    "/provider/requests/export.csv",
    "/provider/enterprises/alder-clinics/export.csv",
];
const LIVE: &str = "/rpc/provider_live";

#[tokio::test]
async fn the_console_is_there_for_the_provider_only() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut nobody = server.browser();
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut provider = server.signed_in(None).await;
    for path in CONSOLE {
        let answer = nobody.get(path).await;
        assert!(
            answer.header("location").starts_with("/sign-in?next=/provider"),
            "{path}"
        );
        let answer = admin.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains("Provider console"), "{path}");
        let answer = provider.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.contains("Provider console"), "{path}");
    }
    assert_eq!(nobody.get(LIVE).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(admin.get(LIVE).await.status, StatusCode::NOT_FOUND);
    for path in [
        "/provider/enterprises/no-such-enterprise",
        "/provider/enterprises/Not%20A%20Slug",
    ] {
        assert_eq!(provider.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_tables_of_the_console_are_read_without_scripts() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    server.portal.enterprise_elsewhere("cedar-lines").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let domain = clinic.domain("voice.example", profile, -1).await;
    let (op, backend) = (server.portal.system(), server.portal.backend());
    backend::services::resubscription_request::file(&op, backend, clinic.slug(), domain)
        .await
        .unwrap();
    let mut provider = server.signed_in(None).await;
    invited(&server, "dana@company.example").await;

    for (path, expected) in [
        (CONSOLE[0], vec!["alder-clinics", "Active", "Unified", "Add Enterprise"]),
        (CONSOLE[1], vec!["voice.example", "Open", "The system"]),
        (CONSOLE[2], vec!["Test Voice"]),
        (CONSOLE[3], vec!["dana@company.example", "Invited", "Viewer"]),
        (
            CONSOLE[4],
            vec!["Alerts are sent nowhere yet", "This portal sends no e-mail"],
        ),
    ] {
        let page = provider.get(path).await;
        let (markup, _) = page.body.split_once("</main>").unwrap();
        for text in expected {
            assert!(markup.contains(text), "{path} shows no {text}");
        }
        assert!(!markup.contains("cedar-lines"), "{path}");
    }
}

#[tokio::test]
async fn the_tables_of_the_console_are_files_for_the_provider() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut stranger = {
        let elsewhere = server.portal.enterprise_elsewhere("cedar-lines").await;
        server.signed_in(Some((elsewhere.slug(), Role::EnterpriseAdmin))).await
    };
    server
        .portal
        .execute("UPDATE enterprise SET name = '=1+1' WHERE slug = 'alder-clinics'")
        .await
        .unwrap();
    let mut provider = server.signed_in(None).await;
    for path in FILES {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        let file = provider.get(path).await;
        assert_eq!(file.status, StatusCode::OK, "{path}");
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    }
    let file = provider.get(FILES[0]).await;
    assert_eq!(
        file.body,
        "\u{feff}Name,Address,State,SMS,Connector app,Expired Domains,Expiring Domains,Users,Numbers,Groups\r\n\
         '=1+1,alder-clinics,Active,On,Unified,0,0,0,0,0\r\n"
    );
    let nothing = provider.get("/provider/export.csv?search=no-such").await;
    assert_eq!(nothing.body.lines().count(), 1);
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;
    assert_eq!(viewer.get(FILES[0]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_console_hears_of_changes_in_all_its_enterprises() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let provider = server.signed_in(None).await;
    let mut stream = provider.open(LIVE).await.into_body().into_data_stream();
    let (op, backend) = (server.portal.system(), server.portal.backend());
    enterprise::set_suspended(&op, backend, clinic.slug(), 1, true)
        .await
        .unwrap();
    let mut text = String::new();
    while !text.contains("enterprise update") {
        let piece = tokio::time::timeout(Duration::from_secs(5), stream.next()).await;
        text.push_str(&String::from_utf8_lossy(&piece.unwrap().unwrap().unwrap()));
    }
    assert!(text.contains(&clinic.id().to_string()), "{text}");
}

/// A link for a viewer of `alder-clinics`.
async fn invited(server: &TestServer, email: &str) -> OneTimeLink {
    let input = InviteInput {
        email: email.to_owned(),
        role: Role::EnterpriseViewer,
    };
    let slug = "alder-clinics".parse().unwrap();
    membership::invite(&server.portal.system(), server.portal.backend(), &slug, &input)
        .await
        .unwrap()
}

#[tokio::test]
async fn an_invitation_is_accepted_by_a_plain_form() {
    const ACCEPT: &str = "/rpc/invitation/accept";
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let link = invited(&server, "dana@company.example").await;
    let page = format!("/invitation/{}", link.token);
    let mut browser = server.browser();

    let shown = browser.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK);
    for text in ["alder-clinics", "dana@company.example", "Your name", "New password"] {
        assert!(shown.body.contains(text), "the page shows no {text}");
    }
    assert_eq!(shown.header("referrer-policy"), "same-origin");
    assert_eq!(shown.header("cache-control"), "no-store");
    let form = |password: &'static str| {
        [
            ("token", link.token.clone()),
            ("display_name", "Dana Reyes".to_owned()),
            ("password", password.to_owned()),
        ]
    };
    for (password, status) in [
        ("short", StatusCode::UNPROCESSABLE_ENTITY),
        ("correct horse battery", StatusCode::OK),
    ] {
        let fields = form(password);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = browser.post_form(ACCEPT, &fields).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
    assert_eq!(
        browser.get("/").await.header("location"),
        "/e/alder-clinics/services/sms/groups",
        "the person is signed in"
    );
    let mut again = server.browser();
    assert_eq!(again.get(&page).await.status, StatusCode::GONE);
    let fields = form("another long password");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(again.post_form(ACCEPT, &fields).await.status, StatusCode::GONE);
    assert_eq!(again.cookie, None);
}

#[tokio::test]
async fn the_pages_of_an_enterprise_tell_the_provider_whose_they_are() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut provider = server.signed_in(None).await;
    let path = "/e/alder-clinics/services/sms/groups";
    let note = "You are working in alder-clinics for Test Voice.";
    assert!(provider.get(path).await.body.contains(note));
    let page = admin.get(path).await;
    let (markup, _) = page.body.split_once("</main>").unwrap();
    assert!(!markup.contains("You are working in"), "{markup}");
}
