//! How long a session lasts. The clock of the server stands still in these tests; the sessions are made older instead.

use std::time::Duration;

use http::StatusCode;
use server::settings::WebSettings;

use crate::support::{Browser, TestServer};

const SECONDS_LEFT: &str = "SELECT unixepoch(expires_at) - unixepoch('now') FROM session";

/// In what time a request that only reads must be answered.
const AT_MOST: Duration = Duration::from_secs(2);

async fn status(browser: &mut Browser<'_>) -> StatusCode {
    browser.get("/rpc/session/current").await.status
}

/// Moves a time in the session's data so many seconds into the past.
async fn age(server: &TestServer, what: &str, seconds: u64) {
    let sql =
        format!("UPDATE session SET data = json_set(data, '$.{what}', json_extract(data, '$.{what}') - {seconds})");
    server.portal.execute(&sql).await.unwrap();
}

#[tokio::test]
async fn an_unused_session_ends() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in(None).await;
    let left = server.portal.number(SECONDS_LEFT).await;
    assert!((3_590..=3_600).contains(&left), "{left}");
    server
        .portal
        .execute("UPDATE session SET expires_at = '2020-01-01T00:00:00+00:00'")
        .await
        .unwrap();
    assert_eq!(status(&mut browser).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn using_a_session_keeps_it_but_not_every_request_writes() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in(None).await;
    let written = "SELECT COUNT(*) FROM session WHERE last_seen_at > '2021'";
    let in_a_while = "UPDATE session SET last_seen_at = '2020-01-01T00:00:00+00:00', expires_at = \
                      strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '+100 seconds')";
    server.portal.execute(in_a_while).await.unwrap();

    assert_eq!(status(&mut browser).await, StatusCode::OK);
    server.portal.last_uses_written().await;
    assert_eq!(server.portal.number(written).await, 0, "seen a moment ago");
    age(&server, "seen_at", 61).await;
    assert_eq!(status(&mut browser).await, StatusCode::OK);
    server.portal.last_uses_written().await;
    assert_eq!(server.portal.number(written).await, 1);
    let left = server.portal.number(SECONDS_LEFT).await;
    assert!(left > 3_500, "{left}");
}

/// While a large file is imported, SQLite lets nobody else write for minutes.
#[tokio::test]
async fn a_request_that_only_reads_waits_for_nobody_who_writes() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in(None).await;
    let sessions = server.portal.number("SELECT COUNT(*) FROM session").await;
    assert_eq!(sessions, 1, "signing in is answered when the session is there");
    age(&server, "seen_at", 61).await;
    let seen_at = "SELECT json_extract(data, '$.seen_at') FROM session";
    let before = server.portal.number(seen_at).await;

    let importing = server.portal.writing().await;
    for request in ["the first", "the second"] {
        let answered = tokio::time::timeout(AT_MOST, status(&mut browser)).await;
        assert_eq!(answered, Ok(StatusCode::OK), "{request}");
    }
    assert_eq!(server.portal.number(seen_at).await, before);
    importing.end().await;
    server.portal.last_uses_written().await;

    let after = server.portal.number(seen_at).await;
    assert!(after > before, "{after}");
}

/// With the shortest limit a person who works without a pause stays signed in.
#[tokio::test]
async fn a_short_limit_is_kept_alive_in_time() {
    let settings = WebSettings {
        session_idle: Duration::from_secs(60),
        ..WebSettings::default()
    };
    let server = TestServer::start_with(settings).await;
    let mut browser = server.signed_in(None).await;
    age(&server, "seen_at", 45).await;
    server
        .portal
        .execute("UPDATE session SET expires_at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '+15 seconds')")
        .await
        .unwrap();
    assert_eq!(status(&mut browser).await, StatusCode::OK);
    server.portal.last_uses_written().await;
    let left = server.portal.number(SECONDS_LEFT).await;
    assert!(left > 50, "{left}");
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_it_is_used() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in(None).await;
    age(&server, "signed_in_at", 12 * 60 * 60 - 60).await;
    assert_eq!(status(&mut browser).await, StatusCode::OK);
    age(&server, "signed_in_at", 60).await;
    assert_eq!(status(&mut browser).await, StatusCode::UNAUTHORIZED);
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM session").await, 0);
}

#[tokio::test]
async fn a_session_that_does_not_say_when_it_began_is_too_old() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in(None).await;
    server
        .portal
        .execute("UPDATE session SET data = json_remove(data, '$.signed_in_at')")
        .await
        .unwrap();
    assert_eq!(status(&mut browser).await, StatusCode::UNAUTHORIZED);
}
