//! Live updates over HTTP: who hears of what, and when a stream ends. What becomes of streams that are given up is in
//! `tests/commands`, where the server is a program of its own.

use std::time::Duration;

use app::server_fns::wire::FORM;
use axum::body::BodyDataStream;
use backend::{services::sms_group, testing::Engine};
use domain::{access::Role, enterprise::EnterpriseSlug, ids::TeamsUserId, sms_group::SmsGroupInput};
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode};
use rstest::rstest;
use server::settings::{Limits, WebSettings};

use crate::support::{Browser, TestServer};

const ALDER: &str = "/rpc/live/alder-clinics";
/// In what time a change must have come through.
const AT_MOST: Duration = Duration::from_secs(2);

/// An open stream.
struct Listener {
    headers: HeaderMap,
    body: BodyDataStream,
    greeting: String,
    text: String,
}

impl Listener {
    async fn open(browser: &Browser<'_>, path: &str) -> Self {
        let answer = browser.open(path).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let (parts, body) = answer.into_parts();
        let mut listener = Self {
            headers: parts.headers,
            body: body.into_data_stream(),
            greeting: String::new(),
            text: String::new(),
        };
        listener.greeting = listener.block().await.unwrap();
        let greeting = &listener.greeting;
        assert!(
            greeting.contains("retry:1000") || greeting.contains("retry: 1000"),
            "{greeting}"
        );
        listener
    }

    /// What the next event says; none when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            let block = self.block().await?;
            if let Some(data) = block.lines().find_map(|line| line.strip_prefix("data:")) {
                return Some(data.trim().to_owned());
            }
        }
    }

    /// Whether the stream began with the word that the page has to be loaded again.
    fn began_outdated(&self) -> bool {
        self.greeting.contains("data: outdated")
    }

    /// The next lines up to an empty one.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let Ok(chunk) = tokio::time::timeout(AT_MOST, self.body.next()).await else {
                panic!("nothing came within two seconds");
            };
            let chunk = chunk?.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

fn group(name: &str, owner: TeamsUserId) -> SmsGroupInput {
    SmsGroupInput {
        name: name.to_owned(),
        owner_id: Some(owner),
        member_ids: vec![owner],
        ..SmsGroupInput::default()
    }
}

async fn add_group(server: &TestServer, slug: &EnterpriseSlug, name: &str, owner: TeamsUserId) -> String {
    let (ctx, backend) = (server.portal.system(), server.portal.backend());
    let created = sms_group::create(&ctx, backend, slug, &group(name, owner))
        .await
        .unwrap();
    format!("sms_group create {}", created.id)
}

fn with_limits(limits: Limits) -> WebSettings {
    WebSettings {
        limits,
        ..WebSettings::default()
    }
}

#[rstest]
#[tokio::test]
async fn a_change_is_told_within_two_seconds(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let server = TestServer::start_on(engine, WebSettings::default()).await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;
    let mut listener = Listener::open(&viewer, ALDER).await;
    for name in ["Front Desk", "Reception"] {
        let told = add_group(&server, clinic.slug(), name, ada).await;
        assert_eq!(listener.next().await, Some(told));
    }
}

#[rstest]
#[tokio::test]
async fn what_the_command_line_changes_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let server = TestServer::start_on(engine, WebSettings::default()).await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut listener = Listener::open(&admin, ALDER).await;
    let command_line = server.portal.database().open().await;
    let ctx = server.portal.system();
    let created = sms_group::create(&ctx, &command_line, clinic.slug(), &group("Front Desk", ada))
        .await
        .unwrap();
    let told = format!("sms_group create {}", created.id);
    assert_eq!(listener.next().await, Some(told));
}

#[rstest]
#[tokio::test]
async fn nobody_hears_of_another_enterprise(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let server = TestServer::start_on(engine, WebSettings::default()).await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let neighbour = server.portal.enterprise("borealis-freight").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bela = neighbour.user("Bela Novak").insert().await;
    let admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let provider = server.signed_in(None).await;
    let mut here = Listener::open(&admin, ALDER).await;
    let mut there = Listener::open(&provider, "/rpc/live/borealis-freight").await;

    let foreign = add_group(&server, neighbour.slug(), "Dispatch", bela).await;
    let own = add_group(&server, clinic.slug(), "Front Desk", ada).await;
    assert_eq!(here.next().await, Some(own));
    assert_eq!(there.next().await, Some(foreign));
}

#[tokio::test]
async fn only_readers_of_the_enterprise_listen() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let elsewhere = server.portal.enterprise_elsewhere("cedar-lines").await;
    let mut stranger = server.signed_in(Some((elsewhere.slug(), Role::EnterpriseAdmin))).await;
    assert_eq!(server.browser().get(ALDER).await.status, StatusCode::UNAUTHORIZED);
    let refused = stranger.get(ALDER).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    for nothing in ["/rpc/live/no-such-enterprise", "/rpc/live/No%20Name"] {
        let missing = stranger.get(nothing).await;
        assert_eq!(
            (missing.status, &missing.body),
            (refused.status, &refused.body),
            "{nothing}"
        );
    }
    for role in [Role::EnterpriseViewer, Role::EnterpriseAdmin] {
        Listener::open(&server.signed_in(Some((clinic.slug(), role))).await, ALDER).await;
    }
    Listener::open(&server.signed_in(None).await, ALDER).await;
}

#[tokio::test]
async fn a_stream_is_neither_compressed_nor_kept_nor_cut_off() {
    // Long enough for signing in on a busy machine.
    let request_time = Duration::from_secs(2);
    let server = TestServer::start_with(with_limits(Limits {
        request_time,
        ..Limits::default()
    }))
    .await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut listener = Listener::open(&admin, ALDER).await;
    let header = |name: &str| {
        listener
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(header("content-type").as_deref(), Some("text/event-stream"));
    assert_eq!(header("content-encoding"), None);
    assert_eq!(header("cache-control").as_deref(), Some("no-store"));
    assert_eq!(header("x-accel-buffering").as_deref(), Some("no"));

    // What is looked at is time itself.
    tokio::time::sleep(request_time + Duration::from_millis(100)).await;
    let told = add_group(&server, clinic.slug(), "Front Desk", ada).await;
    assert_eq!(listener.next().await, Some(told));
}

#[tokio::test]
async fn a_page_of_another_build_is_told_so_at_once() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let provider = server.signed_in(None).await;
    for (form, outdated) in [
        ("", false),
        (&*format!("?form={FORM}"), false),
        ("?form=00000000", true),
    ] {
        for (browser, path) in [(&admin, ALDER), (&provider, "/rpc/provider_live")] {
            let listener = Listener::open(browser, &format!("{path}{form}")).await;
            assert_eq!(listener.began_outdated(), outdated, "{path}{form}");
        }
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let server = TestServer::start_with(with_limits(Limits {
        live_check: Duration::from_millis(50),
        ..Limits::default()
    }))
    .await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let at = Some((clinic.slug(), Role::EnterpriseAdmin));
    let (mut leaving, demoted) = (server.signed_in(at).await, server.signed_in(at).await);
    let over = Some("over".to_owned());

    let mut listener = Listener::open(&leaving, ALDER).await;
    leaving.post_form("/rpc/session/sign_out", &[]).await;
    assert_eq!(listener.next().await, over);
    assert_eq!(listener.next().await, None);

    let mut listener = Listener::open(&demoted, ALDER).await;
    server.portal.execute("DELETE FROM membership").await.unwrap();
    assert_eq!(listener.next().await, over);
}

#[tokio::test]
async fn a_stream_ends_with_the_account() {
    let server = TestServer::start_with(with_limits(Limits {
        live_check: Duration::from_millis(50),
        ..Limits::default()
    }))
    .await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut listener = Listener::open(&admin, ALDER).await;
    server
        .portal
        .execute("UPDATE account SET disabled = true")
        .await
        .unwrap();
    assert_eq!(listener.next().await, Some("over".to_owned()));
    assert_eq!(listener.next().await, None);
}

/// Otherwise an open page would keep somebody signed in who has gone away.
#[tokio::test]
async fn listening_is_no_use_of_the_session() {
    let server = TestServer::start_with(with_limits(Limits {
        live_check: Duration::from_millis(50),
        ..Limits::default()
    }))
    .await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut listener = Listener::open(&admin, ALDER).await;
    server
        .portal
        .execute(
            "UPDATE session SET data = json_set(data, '$.seen_at', 0), \
             expires_at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '+1 seconds')",
        )
        .await
        .unwrap();
    assert_eq!(listener.next().await, Some("over".to_owned()));
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    let mut listener = Listener::open(&admin, ALDER).await;
    server.streams.end();
    assert_eq!(listener.next().await, None);
    let mut late = Listener::open(&admin, ALDER).await;
    assert_eq!(late.next().await, None);
}

#[tokio::test]
async fn a_session_has_only_so_many_streams() {
    let server = TestServer::start_with(with_limits(Limits {
        live_streams: 2,
        ..Limits::default()
    }))
    .await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let at = Some((clinic.slug(), Role::EnterpriseAdmin));
    let (mut admin, colleague) = (server.signed_in(at).await, server.signed_in(at).await);
    let first = Listener::open(&admin, ALDER).await;
    let _second = Listener::open(&admin, ALDER).await;
    assert_eq!(admin.get(ALDER).await.status, StatusCode::TOO_MANY_REQUESTS);
    Listener::open(&colleague, ALDER).await;
    drop(first);
    Listener::open(&admin, ALDER).await;
}
