//! Signing in over HTTP: one answer to whatever is wrong, and no way out of the portal.

use domain::access::Role;
use http::{StatusCode, header};
use rstest::rstest;

use crate::support::{Browser, SIGN_IN, TestServer, encode, form};

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_look_alike() {
    let server = TestServer::start().await;
    let (email, _) = server.account(None).await;
    let known = server.browser().sign_in(&email, "wrong", "").await;
    let unknown = server.browser().sign_in("nobody@company.example", "wrong", "").await;
    server
        .portal
        .execute("UPDATE account SET disabled = true")
        .await
        .unwrap();
    let disabled = server.browser().sign_in(&email, "wrong", "").await;

    assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        known.body.contains("The e-mail address or the password is wrong."),
        "{}",
        known.body
    );
    for other in [&unknown, &disabled] {
        assert_eq!((other.status, &other.body), (known.status, &known.body));
        assert_eq!(
            other.headers.keys().collect::<Vec<_>>(),
            known.headers.keys().collect::<Vec<_>>()
        );
    }
    assert_eq!(known.set_cookie(), None);
}

#[tokio::test]
async fn too_many_tries_are_told_to_wait() {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    for _ in 0..5 {
        server.browser().sign_in(&email, "wrong", "").await;
    }
    let answer = server.browser().sign_in(&email, &password, "").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        answer.body.contains("too_many_requests") && answer.body.contains("\"seconds\":10"),
        "{}",
        answer.body
    );
    assert_eq!(answer.set_cookie(), None);
}

/// The form without the browser's part, as it is posted from `page`.
async fn plain_form(browser: &mut Browser<'_>, page: &str, email: &str, password: &str) -> (StatusCode, String) {
    let mut request = form(SIGN_IN, &[("email", email), ("password", password), ("next", "")]);
    request
        .headers_mut()
        .insert(header::ACCEPT, "text/html,*/*".parse().unwrap());
    request
        .headers_mut()
        .insert(header::REFERER, format!("http://portal.example{page}").parse().unwrap());
    let answer = browser.send(request).await;
    (
        answer.status,
        answer.header("location").replace("http://portal.example", ""),
    )
}

#[tokio::test]
async fn signing_in_works_without_the_browsers_part() {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    let mut browser = server.browser();

    let (status, page) = plain_form(&mut browser, "/sign-in", &email, "wrong").await;
    assert!(status.is_redirection(), "{status}");
    assert!(page.starts_with("/sign-in?"), "{page}");
    let refused = browser.get(&page).await;
    assert_eq!(refused.status, StatusCode::OK);
    assert!(
        refused.body.contains("The e-mail address or the password is wrong."),
        "{}",
        refused.body
    );

    let (status, page) = plain_form(&mut browser, "/sign-in", &email, &password).await;
    assert!(status.is_redirection(), "{status}");
    assert_eq!(page, "/provider");
    assert_eq!(browser.get("/provider").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_wait_is_told_without_the_browsers_part() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    for _ in 0..5 {
        plain_form(&mut browser, "/sign-in", "nobody@company.example", "wrong").await;
    }
    let (_, page) = plain_form(&mut browser, "/sign-in", "nobody@company.example", "wrong").await;
    let page = browser.get(&page).await;
    assert!(
        page.body.contains("Too many tries. Wait 10 seconds, then try again."),
        "{}",
        page.body
    );
}

/// Anybody can write an error into a link to the sign-in page; it must not speak for the portal.
#[tokio::test]
async fn a_link_cannot_put_words_into_the_sign_in_page() {
    use app::error::AppError;
    use domain::error::Error;
    use leptos::server_fn::error::ServerFnUrlError;

    let server = TestServer::start().await;
    let forged = AppError::Domain(Error::conflict("email", "Call +1 900 555 0199 to unlock your account."));
    let link = ServerFnUrlError::new(SIGN_IN, forged)
        .to_url("http://portal.example/sign-in")
        .unwrap();
    let link = link.as_str().replace("http://portal.example", "");
    let page = server.browser().get(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("900"), "{}", page.body);
    assert!(
        page.body.contains("The e-mail address or the password is wrong."),
        "the forged error was understood"
    );
}

#[rstest]
#[case::inside(
    "/e/alder-clinics/services/sms/groups?search=a b",
    "/e/alder-clinics/services/sms/groups?search=a b"
)]
#[case::nothing("", "/provider")]
#[case::other_host("https://evil.example/", "/provider")]
#[case::no_scheme("//evil.example/", "/provider")]
#[case::backslash("/\\evil.example/", "/provider")]
#[case::two_backslashes("\\\\evil.example/", "/provider")]
#[case::tab("/\t/evil.example/", "/provider")]
#[case::line_break("/\n/evil.example/", "/provider")]
#[case::script("javascript:alert(1)", "/provider")]
#[case::user_part("@evil.example", "/provider")]
#[case::header_injection("/x\r\nSet-Cookie: __Host-session=planted", "/provider")]
#[case::nul("/x\0", "/provider")]
#[case::delete("/x\u{7f}", "/provider")]
#[case::itself("/sign-in?next=/", "/provider")]
#[case::a_call("/rpc/session/sign_out", "/provider")]
#[case::relative("evil", "/provider")]
#[tokio::test]
async fn signing_in_leads_only_into_the_portal(#[case] next: &str, #[case] expected: &str) {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    let answer = server.browser().sign_in(&email, &password, next).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("location"), expected);
    assert_eq!(answer.headers.get_all(header::SET_COOKIE).iter().count(), 1);
}

/// What the redirect to the sign-in page carries is only ever data in it.
#[rstest]
#[case("/e/alder-clinics/services/sms/groups?search=a%20b&page=2")]
#[case("/%0d%0aSet-Cookie:%20x=y")]
#[case("/%22%3E%3Cscript%3Ealert(1)%3C/script%3E")]
#[case("//evil.example/x")]
#[tokio::test]
async fn a_visit_without_a_session_leads_to_the_sign_in_page_and_back(#[case] path: &str) {
    let server = TestServer::start().await;
    let answer = server.browser().get(path).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let location = answer.header("location").to_owned();
    let next = location.strip_prefix("/sign-in?next=").unwrap();
    assert!(
        next.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/-_.~%".contains(&byte)),
        "{next}"
    );
    assert_eq!(answer.set_cookie(), None);
    let page = server.browser().get(&location).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("<script>alert(1)"), "{}", page.body);
}

#[tokio::test]
async fn somebody_without_any_role_is_signed_in_and_reaches_nothing() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut browser = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    server.portal.execute("DELETE FROM membership").await.unwrap();
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    assert_eq!(
        browser.get("/e/alder-clinics/services/sms/groups").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn secrets_do_not_come_back_in_addresses() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let (_, page) = plain_form(&mut browser, "/sign-in", "ada@company.example", "hunter2hunter2hunter2").await;
    assert!(
        !page.contains(&encode("ada@company.example")) && !page.contains("hunter2"),
        "{page}"
    );
}
