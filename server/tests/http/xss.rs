//! Texts that people type and other people's browsers read: only ever text.

use app::error::AppError;
use backend::services::sms_group;
use domain::{access::Role, carrier_profile::CarrierKind, error::Error, sms_group::SmsGroupInput};
use http::StatusCode;
use leptos::server_fn::error::ServerFnUrlError;
use rstest::rstest;

use crate::support::{Browser, TestServer, encode};

const GROUPS: &str = "/e/alder-clinics/services/sms/groups";

/// Asserts that the page shows the text and has no element made of it, neither in the markup nor in the answers that it
/// carries for the browser's part.
fn is_only_text(body: &str, dangerous: &[&str]) {
    for text in dangerous {
        assert!(!body.contains(text), "{text} is in {body}");
    }
}

#[rstest]
#[case("</textarea><script>alert(1)</script>", &["</textarea><script>", "<script>alert(1)"])]
#[case("<img src=x onerror=alert(1)>", &["<img"])]
#[case("</script><script>alert(1)</script>", &["</script><script>alert", "<script>alert(1)"])]
#[case("\"><svg onload=alert(1)>", &["<svg onload"])]
#[case("' onmouseover='alert(1)", &[])]
#[case("</title><script>alert(1)</script>", &["</title><script>", "<script>alert(1)"])]
#[case("<!--<script>", &["<!--<script>"])]
#[case("\\u003c/script>\\\"", &["</script>\\"])]
#[tokio::test]
async fn a_name_comes_out_as_text(#[case] name: &str, #[case] dangerous: &[&str]) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let user = clinic.user(name).insert().await;
    let profile = clinic.profile(name, CarrierKind::NetSapiens).await;
    clinic.domain("voice.example", profile, 30).await;
    let admin = clinic.admin().await;
    let input = SmsGroupInput {
        name: name.to_owned(),
        owner_id: Some(user),
        member_ids: vec![user],
        ..SmsGroupInput::default()
    };
    let group = sms_group::create(&admin, server.portal.backend(), clinic.slug(), &input)
        .await
        .unwrap();
    let mut browser = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;

    for path in [
        GROUPS.to_owned(),
        format!("{GROUPS}?dialog=update&id={}", group.id),
        format!("{GROUPS}?dialog=delete&id={}", group.id),
        "/e/alder-clinics/services/sms/carriers".to_owned(),
        "/e/alder-clinics/services/sms/domains".to_owned(),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        is_only_text(&page.body, dangerous);
    }
    let shown = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let page = browser.get(GROUPS).await;
    let (markup, _) = page.body.split_once("</main>").unwrap();
    assert!(
        markup.contains(&shown) || markup.contains(&shown.replace('"', "&quot;")),
        "{shown} is not in {markup}"
    );
}

#[tokio::test]
async fn the_name_of_a_person_comes_out_as_text() {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let mut provider = server.signed_in(None).await;
    let name = "</title></script><script>alert(1)</script>";
    for sql in [
        format!("UPDATE account SET display_name = '{name}'"),
        format!("UPDATE enterprise SET name = '{name}'"),
        format!("UPDATE provider SET name = '{name}'"),
    ] {
        server.portal.execute(&sql).await.unwrap();
    }
    for path in ["/provider", GROUPS, "/e/alder-clinics/services/sms"] {
        is_only_text(&provider.get(path).await.body, &["<script>alert(1)"]);
    }
}

#[rstest]
#[case("</script><script>alert(1)</script>")]
#[case("\"><img src=x onerror=alert(1)>")]
#[tokio::test]
async fn what_stands_in_an_address_comes_out_as_text(#[case] text: &str) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut browser = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let text = encode(text);
    for path in [
        format!("{GROUPS}?search={text}"),
        format!("{GROUPS}?filter=name:contains:{text}"),
        format!("{GROUPS}?dialog={text}&id={text}&sort={text}"),
        format!("/sign-in?next={text}"),
        format!("/sign-in?__path={text}&__err={text}"),
        format!("/{text}"),
        format!("/e/{text}"),
        format!("/help/{text}"),
    ] {
        let body = browser.get(&path).await.body;
        is_only_text(&body, &["<script>alert(1)", "<img src=x"]);
    }
}

/// The query by which an address says that a call failed, in words of its own.
fn failure_of(call: &str) -> String {
    let message = "Call the desk now".to_owned();
    let error = AppError::Domain(Error::Gone { message });
    let link = ServerFnUrlError::new(call, error)
        .to_url("http://portal.example/")
        .unwrap();
    format!("?{}", link.query().unwrap())
}

/// A link can say that the last try failed, and how. What it says in words of its own is not shown.
#[tokio::test]
async fn an_error_in_an_address_puts_no_words_on_the_sign_in_page() {
    let server = TestServer::start().await;
    let path = format!("/sign-in{}", failure_of("/rpc/session/sign_in"));
    let body = server.browser().get(&path).await.body;
    assert!(
        body.contains("The e-mail address or the password is wrong."),
        "the error was read: {body}"
    );
    assert!(!body.contains("Call the desk"), "{body}");
}

#[tokio::test]
async fn an_error_in_an_address_puts_no_words_on_a_page_of_somebody_who_is_signed_in() {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let mut provider = server.signed_in(None).await;
    let path = format!("/provider/contact{}", failure_of("/rpc/provider/update"));
    let body = provider.get(&path).await.body;
    assert!(body.contains("provider-name"), "the form is there: {body}");
    assert!(!body.contains("Call the desk"), "{body}");
}

async fn create(browser: &mut Browser<'_>, name: &str, user: &str) -> StatusCode {
    let name = serde_json::to_string(name).unwrap();
    let body = format!(
        "{{\"enterprise\":\"alder-clinics\",\"input\":{{\"name\":{name},\"owner_id\":\"{user}\",\
         \"member_ids\":[\"{user}\"],\"number_ids\":[]}}}}"
    );
    let answer = browser.post_call("/rpc/sms_group/create", &body).await;
    if answer.status == StatusCode::UNPROCESSABLE_ENTITY {
        assert!(answer.body.contains("\"field\":\"name\""), "{}", answer.body);
    }
    answer.status
}

/// Names that would show as something else than they are.
#[tokio::test]
async fn a_name_that_deceives_the_eye_is_refused() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let user = clinic.user("Ada Brandt").insert().await.to_string();
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    for name in [
        "Front\u{202E}ksed",
        "\u{2067}Desk",
        "Front\u{0}Desk",
        "a\u{1b}[31m",
        "Front\u{2028}Desk",
        "\u{200B}",
    ] {
        assert_eq!(
            create(&mut admin, name, &user).await,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name:?}"
        );
    }
    assert_eq!(create(&mut admin, "Desk <script>", &user).await, StatusCode::OK);
}
