//! The session cookie: what protects it, what it is worth before and after signing in and out.

use backend::services::account;
use domain::access::Role;
use http::StatusCode;
use server::settings::WebSettings;

use crate::support::{Browser, TestServer};

const CURRENT: &str = "/rpc/session/current";

async fn is_signed_in(browser: &mut Browser<'_>) -> bool {
    match browser.get(CURRENT).await.status {
        StatusCode::OK => true,
        StatusCode::UNAUTHORIZED => false,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_other_hosts_and_plain_http() {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    let answer = server.browser().sign_in(&email, &password, "").await;
    let cookie = answer.set_cookie().unwrap();
    let mut parts: Vec<&str> = cookie.split("; ").collect();
    let (name, id) = parts.remove(0).split_once('=').unwrap();
    assert_eq!(name, "__Host-session");
    assert!(id.len() >= 22, "{id} holds 128 bits");
    parts.sort_unstable();
    assert_eq!(parts, ["HttpOnly", "Max-Age=3600", "Path=/", "SameSite=Lax", "Secure"]);
}

#[tokio::test]
async fn plain_http_in_a_trusted_network_gives_up_the_prefix() {
    let settings = WebSettings {
        insecure_cookies: true,
        ..WebSettings::default()
    };
    let server = TestServer::start_with(settings).await;
    let (email, password) = server.account(None).await;
    let answer = server.browser().sign_in(&email, &password, "").await;
    let cookie = answer.set_cookie().unwrap();
    assert!(
        cookie.starts_with("session=") && cookie.contains("HttpOnly") && !cookie.contains("Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn nobody_has_a_session_before_signing_in() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    for path in ["/sign-in", "/", "/health/live", CURRENT] {
        assert_eq!(browser.get(path).await.set_cookie(), None, "{path}");
    }
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM session").await, 0);
}

/// Whoever plants a session in somebody's browser before they sign in gains nothing by it.
#[tokio::test]
async fn signing_in_gives_a_new_id_and_ends_the_old_one() {
    let server = TestServer::start().await;
    let mut attacker = server.signed_in(None).await;
    let planted = attacker.cookie.clone();
    let (email, password) = server.account(None).await;
    let mut victim = server.browser();
    victim.cookie.clone_from(&planted);

    victim.sign_in(&email, &password, "").await;

    assert_ne!(victim.cookie, planted);
    assert!(is_signed_in(&mut victim).await);
    assert!(!is_signed_in(&mut attacker).await);
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM session").await, 1);
}

#[tokio::test]
async fn an_id_that_was_made_up_is_not_taken_on() {
    let server = TestServer::start().await;
    let made_up = "__Host-session=AAAAAAAAAAAAAAAAAAAAAA".to_owned();
    let mut browser = server.browser();
    browser.cookie = Some(made_up.clone());
    assert!(!is_signed_in(&mut browser).await);
    let (email, password) = server.account(None).await;
    browser.cookie = Some(made_up.clone());
    browser.sign_in(&email, &password, "").await;
    assert_ne!(browser.cookie.as_ref(), Some(&made_up));
    browser.cookie = Some(made_up);
    assert!(!is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn a_cookie_that_is_no_id_means_nobody() {
    let server = TestServer::start().await;
    for cookie in [
        "__Host-session=",
        "__Host-session=x",
        "__Host-session=%00",
        "session=1; __Host-session=\"'--",
    ] {
        let mut browser = server.browser();
        browser.cookie = Some(cookie.to_owned());
        assert!(!is_signed_in(&mut browser).await, "{cookie}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_in_this_browser_only() {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    let (mut here, mut there) = (server.browser(), server.browser());
    here.sign_in(&email, &password, "").await;
    there.sign_in(&email, &password, "").await;
    let kept = here.cookie.clone();

    let answer = here.post_form("/rpc/session/sign_out", &[]).await;

    assert_eq!(answer.header("location"), "/sign-in");
    let cookie = answer.set_cookie().unwrap();
    assert!(
        cookie.starts_with("__Host-session=;") && cookie.contains("Max-Age=0"),
        "{cookie}"
    );
    assert_eq!(here.cookie, None);
    here.cookie = kept;
    assert!(!is_signed_in(&mut here).await, "the id is of no use afterwards");
    assert!(is_signed_in(&mut there).await);
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_sessions_of_the_person() {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    let (mut here, mut there) = (server.browser(), server.browser());
    here.sign_in(&email, &password, "").await;
    there.sign_in(&email, &password, "").await;
    let mut somebody_else = server.signed_in(None).await;

    let answer = here.post_form("/rpc/session/sign_out_everywhere", &[]).await;

    assert_eq!((answer.status, answer.header("location")), (StatusCode::OK, "/sign-in"));
    assert!(!is_signed_in(&mut here).await);
    assert!(!is_signed_in(&mut there).await);
    assert!(is_signed_in(&mut somebody_else).await);
}

#[tokio::test]
async fn a_disabled_account_and_a_lost_role_count_at_once() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut browser = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let list = "/rpc/sms_group/list?enterprise=alder-clinics&query=";
    assert_eq!(browser.get(list).await.status, StatusCode::OK);
    server.portal.execute("DELETE FROM membership").await.unwrap();
    assert_eq!(browser.get(list).await.status, StatusCode::NOT_FOUND);
    server
        .portal
        .execute("UPDATE account SET disabled = true")
        .await
        .unwrap();
    assert_eq!(browser.get(list).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM session").await, 0);
}

#[tokio::test]
async fn a_new_password_from_the_command_line_ends_every_session_of_the_account() {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    let (mut one, mut other, mut anothers) = (server.browser(), server.browser(), server.signed_in(None).await);
    for browser in [&mut one, &mut other] {
        browser.sign_in(&email, &password, "").await;
        assert!(is_signed_in(browser).await);
    }
    let (system, backend) = (server.portal.system(), server.portal.backend());
    let new = account::reset_password(&system, backend, &email).await.unwrap();
    for browser in [&mut one, &mut other] {
        assert!(!is_signed_in(browser).await);
    }
    assert!(is_signed_in(&mut anothers).await);
    let old = one.sign_in(&email, &password, "").await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    one.sign_in(&email, &new, "").await;
    assert!(is_signed_in(&mut one).await);
}
