//! A fault of ours: told with an id that leads to the log, and without anything of its cause.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use axum::body::Body;
use http::{Method, StatusCode};

use crate::support::{TestServer, request};

/// A log that a test can read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Keeps the log of this test's thread while the guard lives.
fn keep_log() -> (Log, tracing::subscriber::DefaultGuard) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    (log, tracing::subscriber::set_default(subscriber))
}

#[tokio::test]
async fn a_panic_is_answered_with_the_requests_id_and_logged_under_it() {
    let server = TestServer::start().await;
    let (log, _guard) = keep_log();
    let answer = server.browser().post_form("/rpc/test/panic", &[]).await;

    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let id = answer.header("x-request-id");
    assert!(answer.body.contains(id), "{}", answer.body);
    assert!(
        answer.body.contains("internal") && answer.header("content-type").contains("postcard"),
        "{}",
        answer.body
    );
    assert!(!answer.body.contains("hunter2"), "{}", answer.body);
    let log = log.text();
    assert!(
        log.lines()
            .any(|line| line.contains("ERROR") && line.contains(id) && line.contains("hunter2")),
        "{log}"
    );
}

#[tokio::test]
async fn the_server_goes_on_after_a_panic() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    for _ in 0..3 {
        browser.post_form("/rpc/test/panic", &[]).await;
    }
    assert_eq!(browser.get("/sign-in").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_database_that_fails_is_told_without_its_words() {
    let server = TestServer::start().await;
    let mut admin = server.signed_in(None).await;
    server
        .portal
        .execute("ALTER TABLE membership RENAME TO membership_away")
        .await
        .unwrap();
    let (log, _guard) = keep_log();

    for path in ["/rpc/session/current", "/"] {
        let answer = admin.get(path).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        let id = answer.header("x-request-id");
        assert!(answer.body.contains(id), "{path}: {}", answer.body);
        assert!(
            !answer.body.contains("membership") && !answer.body.contains("SELECT"),
            "{path}: {}",
            answer.body
        );
        assert!(
            log.text()
                .lines()
                .any(|line| line.contains(id) && line.contains("no such table")),
            "{}",
            log.text()
        );
    }
}

#[tokio::test]
async fn the_log_holds_neither_searches_nor_passwords() {
    let server = TestServer::start().await;
    let (email, password) = server.account(None).await;
    let (log, _guard) = keep_log();
    let mut browser = server.browser();
    browser.sign_in(&email, "hunter2hunter2", "").await;
    browser.sign_in(&email, &password, "").await;
    browser
        .get("/e/alder-clinics/services/sms/groups?search=somebody")
        .await;
    browser
        .send(request(
            Method::POST,
            "/rpc/session/sign_in?password=hunter2",
            Body::from("password=hunter2"),
        ))
        .await;

    let log = log.text();
    let id = browser.cookie.unwrap().replace("__Host-session=", "");
    for secret in ["hunter2", password.as_str(), "somebody", id.as_str()] {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
    assert!(log.contains("a sign-in failed"), "{log}");
}
