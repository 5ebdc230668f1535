//! The stand-in as a program meets it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails by panicking")]

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use chrono::{DateTime, TimeDelta, Utc};
use rstest::rstest;
use serde_json::{Value, json};
use simulator::{Account, Clock, DateForm, NumberSeed, Seed, SmsNumber, StandIn, Storm, Version};
use tower::ServiceExt;

fn start() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn stand_in() -> StandIn {
    let stand_in = StandIn::new(Clock::standing_at(start()));
    stand_in.world().accounts.push(Account::default());
    stand_in
}

async fn ask(router: Router, method: Method, path: &str, bearer: &str, body: Option<Value>) -> (StatusCode, Value) {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "a.example:4010")
        .header(header::AUTHORIZATION, format!("Bearer {bearer}"));
    let body = match body {
        Some(body) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    let answer = router.oneshot(request.body(body).unwrap()).await.unwrap();
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), 1024 * 1024).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

async fn with_key(stand_in: &StandIn, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
    ask(stand_in.router(), method, path, "nss_demo_key", body).await
}

const LIST: &str = "/ns-api/v2/subscriptions";

fn wanted(domain: &str) -> Value {
    json!({
        "model": "message",
        "post-url": "https://here.example/x",
        "domain": domain,
        "subscription-expires-datetime": "2030-01-31 12:00:00",
    })
}

#[tokio::test]
async fn a_subscription_is_created_once_changed_and_removed() {
    let stand_in = stand_in();
    let (status, made) = with_key(&stand_in, Method::POST, LIST, Some(wanted("voice"))).await;
    assert_eq!((status, made["status"].as_str()), (StatusCode::OK, Some("pending")));
    let (status, _) = with_key(&stand_in, Method::POST, LIST, Some(wanted("VOICE"))).await;
    assert_eq!(status, StatusCode::CONFLICT);

    let one = format!("{LIST}/{}", made["id"].as_str().unwrap());
    let later = json!({ "subscription-expires-datetime": "2031-01-31 12:00:00" });
    let (status, _) = with_key(&stand_in, Method::PUT, &one, Some(later)).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let (_, list) = with_key(&stand_in, Method::GET, LIST, None).await;
    assert_eq!(list[0]["subscription-expires-datetime"], "2031-01-31 12:00:00");

    let (status, _) = with_key(&stand_in, Method::DELETE, &one, None).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "it wants a body");
    let body = json!({ "subscription_id": made["id"], "domain": "voice" });
    let (status, _) = with_key(&stand_in, Method::DELETE, &one, Some(body)).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let (status, _) = with_key(&stand_in, Method::GET, &one, None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_older_version_deletes_without_a_body_and_knows_no_routes_below_domains() {
    let stand_in = stand_in();
    stand_in.world().switches.version = Version::V44;
    let (_, made) = with_key(&stand_in, Method::POST, LIST, Some(wanted("voice"))).await;
    let (status, _) = with_key(&stand_in, Method::GET, "/ns-api/v2/domains/voice/subscriptions", None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let one = format!("{LIST}/{}", made["id"].as_str().unwrap());
    let (status, _) = with_key(&stand_in, Method::DELETE, &one, None).await;
    assert_eq!(status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn an_answer_that_is_held_back_comes_once_answers_take_no_time() {
    let stand_in = stand_in();
    stand_in.world().switches.latency_ms = 600_000;
    let asked = stand_in.clone();
    let asking = tokio::spawn(async move { with_key(&asked, Method::GET, LIST, None).await });
    tokio::task::yield_now().await;
    assert!(!asking.is_finished());

    stand_in.world().switches.latency_ms = 0;
    let answered = tokio::time::timeout(Duration::from_secs(10), asking).await;
    let (status, _) = answered.unwrap().unwrap();
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn a_write_takes_effect_after_its_delay() {
    let stand_in = stand_in();
    stand_in.world().switches.write_delay_ms = 2_000;
    let (_, made) = with_key(&stand_in, Method::POST, LIST, Some(wanted("voice"))).await;
    let one = format!("{LIST}/{}", made["id"].as_str().unwrap());
    let later = json!({ "post-url": "https://there.example/x" });
    with_key(&stand_in, Method::PUT, &one, Some(later)).await;
    let (_, read) = with_key(&stand_in, Method::GET, &one, None).await;
    assert_eq!(read["post-url"], "https://here.example/x");
    stand_in.clock().advance(TimeDelta::seconds(2));
    let (_, read) = with_key(&stand_in, Method::GET, &one, None).await;
    assert_eq!(read["post-url"], "https://there.example/x");
}

#[rstest]
#[case::key(None, 20 * 365)]
#[case::token(Some(3600), 0)]
#[tokio::test]
async fn an_expiry_that_is_left_out_follows_from_the_sign_in(#[case] token: Option<i64>, #[case] days: i64) {
    let stand_in = stand_in();
    let bearer = match token {
        None => "nss_demo_key".to_owned(),
        Some(_) => sign_in(&stand_in, "/ns-api/v2/tokens").await["access_token"]
            .as_str()
            .unwrap()
            .to_owned(),
    };
    let body = json!({ "model": "message", "post-url": "https://here.example/x", "domain": "voice" });
    ask(stand_in.router(), Method::POST, LIST, &bearer, Some(body)).await;
    let expected = start() + TimeDelta::days(days) + TimeDelta::seconds(token.unwrap_or(0));
    assert_eq!(stand_in.world().subscriptions[0].expires_at, expected);
}

async fn sign_in(stand_in: &StandIn, path: &str) -> Value {
    let account = Account::default();
    let body = json!({
        "grant_type": "password",
        "client_id": account.client_id,
        "client_secret": account.client_secret,
        "username": account.username,
        "password": account.password,
    });
    ask(stand_in.router(), Method::POST, path, "", Some(body)).await.1
}

#[tokio::test]
async fn a_token_ends_and_is_refreshed_once() {
    let stand_in = stand_in();
    let signed_in = sign_in(&stand_in, "/ns-api/v2/tokens").await;
    let access = signed_in["access_token"].as_str().unwrap().to_owned();
    let (status, _) = ask(stand_in.router(), Method::GET, LIST, &access, None).await;
    assert_eq!(status, StatusCode::OK);
    stand_in.clock().advance(TimeDelta::hours(1));
    let (status, _) = ask(stand_in.router(), Method::GET, LIST, &access, None).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let body = json!({ "grant_type": "refresh_token", "refresh_token": signed_in["refresh_token"] });
    let again = ask(
        stand_in.router(),
        Method::POST,
        "/ns-api/v2/tokens",
        "",
        Some(body.clone()),
    )
    .await;
    assert_eq!(again.0, StatusCode::OK);
    let twice = ask(stand_in.router(), Method::POST, "/ns-api/v2/tokens", "", Some(body)).await;
    assert_eq!(twice.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_old_server_knows_only_the_old_way_to_sign_in() {
    let stand_in = stand_in();
    stand_in.world().switches.oauth2_only = true;
    assert_eq!(sign_in(&stand_in, "/ns-api/v2/tokens").await["code"], 404);
    assert!(sign_in(&stand_in, "/ns-api/oauth2/token/").await["access_token"].is_string());
}

#[rstest]
#[case(DateForm::Bare, "2024-10-04 00:00:00")]
#[case(DateForm::Iso, "2024-10-04T00:00:00+00:00")]
#[tokio::test]
async fn dates_come_in_both_forms(#[case] dates: DateForm, #[case] expected: &str) {
    let stand_in = stand_in();
    stand_in.world().switches.dates = dates;
    with_key(&stand_in, Method::POST, LIST, Some(wanted("voice"))).await;
    let (_, list) = with_key(&stand_in, Method::GET, LIST, None).await;
    assert_eq!(list[0]["subscription-creation-datetime"], expected);
}

#[rstest]
#[case(false, 2)]
#[case(true, 5)]
#[tokio::test]
async fn paging_is_heeded_or_ignored(#[case] ignores_paging: bool, #[case] expected: usize) {
    let stand_in = stand_in();
    stand_in.world().switches.ignores_paging = ignores_paging;
    for n in 0..5 {
        let seed = Seed {
            host: "a.example".to_owned(),
            domain: format!("d{n}"),
            post_url: "https://here.example/x".to_owned(),
            days_left: 5,
            id: None,
        };
        stand_in.world().seed(seed, start());
    }
    let (_, list) = with_key(&stand_in, Method::GET, &format!("{LIST}?start=1&limit=2"), None).await;
    assert_eq!(list.as_array().unwrap().len(), expected);
}

#[tokio::test]
async fn a_storm_refuses_everything_for_a_while() {
    let stand_in = stand_in();
    stand_in.world().switches.storm = Some(Storm { requests: 2 });
    for expected in [StatusCode::FORBIDDEN, StatusCode::FORBIDDEN, StatusCode::OK] {
        assert_eq!(with_key(&stand_in, Method::GET, LIST, None).await.0, expected);
    }
}

#[tokio::test]
async fn an_answer_can_be_cut_off_in_its_middle() {
    let stand_in = stand_in();
    stand_in.world().switches.truncated_in_1000 = 1000;
    let (status, body) = with_key(&stand_in, Method::GET, "/ns-api/v2/apikeys/~", None).await;
    assert_eq!((status, body), (StatusCode::OK, Value::Null));
}

#[tokio::test]
async fn servers_by_other_names_hold_other_subscriptions() {
    let stand_in = stand_in();
    let seed = Seed {
        host: "b.example".to_owned(),
        domain: "voice".to_owned(),
        post_url: "https://here.example/x".to_owned(),
        days_left: 5,
        id: None,
    };
    stand_in.world().seed(seed, start());
    let (_, list) = with_key(&stand_in, Method::GET, LIST, None).await;
    assert_eq!(list.as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn the_control_page_shows_what_is_there_and_moves_the_clock() {
    let stand_in = stand_in();
    with_key(&stand_in, Method::POST, LIST, Some(wanted("<voice>"))).await;
    let request = Request::builder().uri("/").body(Body::empty()).unwrap();
    let answer = stand_in.router().oneshot(request).await.unwrap();
    let page = String::from_utf8(to_bytes(answer.into_body(), 1024 * 1024).await.unwrap().to_vec()).unwrap();
    assert!(page.contains("&lt;voice&gt;") && !page.contains("<voice>"), "{page}");
    let request = Request::builder()
        .method(Method::POST)
        .uri("/control/clock")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("minutes=90"))
        .unwrap();
    assert_eq!(
        stand_in.router().oneshot(request).await.unwrap().status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(stand_in.clock().now(), start() + TimeDelta::minutes(90));
}

const NUMBERS: &str = "/ns-api/v2/smsnumbers";

/// The numbers of an answer.
fn told(answer: &Value) -> Vec<&str> {
    let rows = answer.as_array().unwrap();
    rows.iter().map(|row| row["number"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn numbers_are_listed_in_pages_and_by_domain() {
    let stand_in = stand_in();
    let seed = NumberSeed {
        host: "a.example".to_owned(),
        domain: "voice".to_owned(),
        first: 12_065_550_100,
        count: 5,
    };
    stand_in.world().seed_numbers(&seed);
    stand_in
        .world()
        .numbers
        .push(SmsNumber::new("a.example", "other", "12535550100"));
    stand_in
        .world()
        .numbers
        .push(SmsNumber::new("b.example", "voice", "12535550101"));
    let (_, all) = with_key(&stand_in, Method::GET, NUMBERS, None).await;
    assert_eq!(told(&all).len(), 6);
    assert_eq!(all[0]["mms-capable"], true);
    assert_eq!(all[1]["application"], "callqueue");
    assert!(all[0]["host"].is_null());
    let (_, page) = with_key(&stand_in, Method::GET, &format!("{NUMBERS}?start=1&limit=2"), None).await;
    assert_eq!(told(&page), ["12065550101", "12065550102"]);
    stand_in.world().switches.most_in_a_page = 1;
    let (_, page) = with_key(&stand_in, Method::GET, &format!("{NUMBERS}?start=4&limit=2"), None).await;
    assert_eq!(told(&page), ["12065550104"]);
    stand_in.world().switches.most_in_a_page = 1_000;
    let of_domain = "/ns-api/v2/domains/VOICE/smsnumbers";
    let (_, of_voice) = with_key(&stand_in, Method::GET, of_domain, None).await;
    assert_eq!(told(&of_voice).len(), 5);
    stand_in.world().switches.version = Version::V44;
    let (status, _) = with_key(&stand_in, Method::GET, of_domain, None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_office_manager_sees_the_numbers_of_one_domain() {
    let stand_in = stand_in();
    "Office Manager".clone_into(&mut stand_in.world().accounts[0].scope);
    for domain in ["demo", "other"] {
        stand_in
            .world()
            .numbers
            .push(SmsNumber::new("a.example", domain, "12535550100"));
    }
    let (_, list) = with_key(&stand_in, Method::GET, NUMBERS, None).await;
    assert_eq!(told(&list).len(), 1);
    assert_eq!(list[0]["domain"], "demo");
}
