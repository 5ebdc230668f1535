//! Pages as the server renders them, before any script has run.

use domain::{access::Role, carrier_profile::CarrierKind};
use http::StatusCode;

use crate::support::TestServer;

#[tokio::test]
async fn the_tables_hold_their_rows_from_the_start() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    clinic.group("Front Desk", ada).numbers([number]).insert().await;
    clinic.group("Night Shift", ada).insert().await;
    let profile = clinic.profile("Main line", CarrierKind::NetSapiens).await;
    clinic.domain("voice.alder.example", profile, 30).await;
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;

    for (path, expected) in [
        (
            "/groups",
            vec!["Front Desk", "Night Shift", "+1 206 555 0100", "Ada Brandt"],
        ),
        ("/carriers", vec!["Main line", "NetSapiens"]),
        ("/domains", vec!["voice.alder.example", "Main line"]),
        ("", vec!["Group Texting", "Secure SMS"]),
    ] {
        let page = viewer.get(&format!("/e/alder-clinics/services/sms{path}")).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let (markup, _) = page.body.split_once("</main>").unwrap();
        for text in expected {
            assert!(markup.contains(text), "{path} shows no {text}");
        }
    }
    let found = viewer.get("/e/alder-clinics/services/sms/groups?search=night").await;
    let (markup, _) = found.body.split_once("</main>").unwrap();
    assert!(
        markup.contains("Night Shift") && !markup.contains("Front Desk"),
        "{markup}"
    );
}

#[tokio::test]
async fn somebody_elses_enterprise_and_a_missing_one_are_the_same_page() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.group("Front Desk", ada).insert().await;
    let elsewhere = server.portal.enterprise_elsewhere("cedar-lines").await;
    let mut stranger = server.signed_in(Some((elsewhere.slug(), Role::EnterpriseAdmin))).await;

    for tab in [
        "",
        "/services/sms",
        "/services/sms/groups",
        "/services/sms/carriers",
        "/services/sms/domains",
    ] {
        let theirs = stranger.get(&format!("/e/alder-clinics{tab}")).await;
        let missing = stranger.get(&format!("/e/zedar-clinics{tab}")).await;
        assert_eq!(
            (theirs.status, missing.status),
            (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
            "{tab}"
        );
        assert!(theirs.body.contains("does not exist"), "{tab}");
        assert!(!theirs.tells("Front Desk"), "{tab}");
        let main = |body: &str| {
            let (_, main) = body.split_once("<main").unwrap();
            main.split_once("</main>").unwrap().0.to_owned()
        };
        assert_eq!(main(&theirs.body), main(&missing.body), "{tab}");
    }
}

#[tokio::test]
async fn an_unknown_address_is_a_page_that_says_so() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    for path in [
        "/no/such/page",
        "/help/no-such-topic",
        "/e/alder-clinics/no/such/page",
        "/e",
    ] {
        let page = admin.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.body.contains("404"), "{path}");
    }
}

#[tokio::test]
async fn the_start_page_leads_to_the_only_enterprise_or_lists_them() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    server.portal.enterprise("borealis-freight").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut provider = server.signed_in(None).await;

    let start = admin.get("/").await;
    assert!(start.status.is_redirection(), "{}", start.status);
    assert_eq!(start.header("location"), "/e/alder-clinics/services/sms/groups");
    let enterprise = admin.get("/e/alder-clinics").await;
    assert_eq!(enterprise.header("location"), "/e/alder-clinics/services/sms/groups");
    let console = provider.get("/").await;
    assert_eq!(console.header("location"), "/provider");
    server
        .portal
        .execute(
            "INSERT INTO membership SELECT randomblob(16), m.account_id, m.provider_id, e.id, m.role, m.created_at \
             FROM membership m, enterprise e WHERE m.role = 'enterprise_admin' AND e.slug = 'borealis-freight'",
        )
        .await
        .unwrap();
    let list = admin.get("/").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains("/e/alder-clinics") && list.body.contains("/e/borealis-freight"));
}

#[tokio::test]
async fn while_sms_is_off_its_pages_say_who_turns_it_on() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise_without_sms("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.group("Front Desk", ada).insert().await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;

    for tab in [
        "/services/sms",
        "/services/sms/groups",
        "/services/sms/carriers",
        "/services/sms/domains",
        "/numbers",
    ] {
        let page = admin.get(&format!("/e/alder-clinics{tab}")).await;
        assert_eq!(page.status, StatusCode::OK, "{tab}");
        let (markup, _) = page.body.split_once("</main>").unwrap();
        assert!(markup.contains("SMS is off"), "{tab}");
        assert!(
            markup.contains("Ask Test Voice") && markup.contains("to turn it on."),
            "{tab} says who turns it on: {markup}"
        );
        assert!(!markup.contains("Services"), "{tab}: the top bar has no services");
        assert!(!page.tells("Front Desk"), "{tab}");
    }
    let start = admin.get("/e/alder-clinics").await;
    assert_eq!(start.header("location"), "/e/alder-clinics/services/sms");
}

#[tokio::test]
async fn a_page_of_a_suspended_enterprise_is_gone_for_its_people() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut provider = server.signed_in(None).await;
    server
        .portal
        .execute("UPDATE enterprise SET suspended = true")
        .await
        .unwrap();
    let path = "/e/alder-clinics/services/sms/groups";
    assert_eq!(admin.get(path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(provider.get(path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn health_tells_whether_the_database_answers() {
    let server = TestServer::start().await;
    let mut nobody = server.browser();
    let live = nobody.get("/health/live").await;
    assert_eq!((live.status, live.body.as_str()), (StatusCode::OK, "live"));
    let ready = nobody.get("/health/ready").await;
    assert_eq!((ready.status, ready.body.as_str()), (StatusCode::OK, "ready"));
}

#[tokio::test]
async fn assets_come_compressed_to_those_who_take_it() {
    use axum::body::Body;
    use http::{Method, header};

    use crate::support::{CSS, request};

    let server = TestServer::start().await;
    for (accepted, encoding, body) in [
        ("br", "br", "the css.br file"),
        ("gzip", "gzip", "the css.gz file"),
        ("", "", "the css file"),
    ] {
        let mut asked = request(Method::GET, CSS, Body::empty());
        asked
            .headers_mut()
            .insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
        let answer = server.browser().send(asked).await;
        assert_eq!(
            (answer.header("content-encoding"), answer.body.as_str()),
            (encoding, body)
        );
        assert!(answer.header("content-type").starts_with("text/css"));
    }
}

#[tokio::test]
async fn the_dashboard_holds_its_counts_and_tasks_from_the_start() {
    let server = TestServer::start().await;
    let clinic = server.portal.legacy_enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").disabled().insert().await;
    clinic.group("Front Desk", ada).insert().await;
    clinic.number("+12065550100").insert().await;
    clinic.task().await;
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;

    let page = viewer.get("/e/alder-clinics/dashboard").await;
    assert_eq!(page.status, StatusCode::OK);
    let (markup, _) = page.body.split_once("</main>").unwrap();
    for text in [
        "group in which nobody gets messages",
        "free number",
        "Sync SMS App",
        "A sync is about to begin.",
        "Waiting",
        "/e/alder-clinics/services/sms/groups?filter=reachable",
        "/e/alder-clinics/numbers?filter=services",
    ] {
        assert!(markup.contains(text), "{text}");
    }
    let unified = server.portal.enterprise("borealis-freight").await;
    let mut viewer = server.signed_in(Some((unified.slug(), Role::EnterpriseViewer))).await;
    let page = viewer.get("/e/borealis-freight/dashboard").await;
    let (markup, _) = page.body.split_once("</main>").unwrap();
    assert!(!markup.contains("Changes for the SMS app") && !markup.contains("not live yet"));
    assert!(markup.contains("No tasks yet"));
}
