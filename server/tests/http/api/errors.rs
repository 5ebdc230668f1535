//! Each form in which a request can be wrong.

use axum::body::Body;
use http::{Method, header};
use rstest::rstest;
use server::settings::Limits;

use super::support::{Script, of_clinic, problem};
use crate::support::{Answer, TestServer, request};

#[tokio::test]
async fn what_leads_nowhere_is_told_with_and_without_a_token() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    for script in [Script::without_token(&server), Script::of_admin(&server, &clinic).await] {
        for path in [
            "/api",
            "/api/",
            "/api/v1",
            "/api/v2/enterprises",
            "/api/v1/no/such/thing",
        ] {
            problem(&script.get(path).await, 404, "not_found");
        }
        let answer = script.send(Method::PUT, &of_clinic("groups"), &[], None).await;
        problem(&answer, 405, "wrong_method");
        let allowed = answer.header("allow");
        assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
    }
}

#[rstest]
#[case("groups?serach=desk")]
#[case("groups?filter=nmae:contains:desk")]
#[case("groups?filter=name:gt:3")]
#[case("groups?sort=colour")]
#[case("groups?page=first")]
#[case("groups?page_size=7")]
#[case("groups?page=1&page=2")]
#[case("groups?search=%FF")]
#[case("audit?filter=at:before:tomorrow")]
#[tokio::test]
async fn a_query_that_cannot_be_answered_is_refused(#[case] path: &str) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let refused = problem(&script.get(&of_clinic(path)).await, 400, "bad_query");
    let message = refused["errors"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("The query "), "{message}");
}

#[tokio::test]
async fn an_id_that_is_none_is_one_that_nothing_has() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    for path in ["groups/7", "groups/..%2f..%2fetc", "users/null", "audit/0"] {
        problem(&script.get(&of_clinic(path)).await, 404, "not_found");
    }
    problem(
        &script.get("/api/v1/enterprises/No%20Name/groups").await,
        404,
        "not_found",
    );
}

async fn posted(script: &Script<'_>, server: &TestServer, kind: Option<&str>, body: String) -> Answer {
    let mut asked = request(Method::POST, &of_clinic("groups"), Body::from(body));
    if let Some(kind) = kind {
        asked.headers_mut().insert(header::CONTENT_TYPE, kind.parse().unwrap());
    }
    script.add_token(asked.headers_mut());
    server.browser().send(asked).await
}

#[tokio::test]
async fn a_body_that_is_no_group_is_refused() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let json = Some("application/json");
    let nested = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let deep_field = format!("{{\"name\":{nested}}}");
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(Limits::default().body_bytes));
    for (kind, body, status, code) in [
        (json, "{".to_owned(), 400, "bad_body"),
        (json, String::new(), 400, "bad_body"),
        (json, "{}".to_owned(), 422, "bad_body"),
        (json, r#"{"name":7}"#.to_owned(), 422, "bad_body"),
        (
            json,
            r#"{"name":"Lobby","owner_id":"ada","member_ids":[]}"#.to_owned(),
            422,
            "bad_body",
        ),
        (json, "[]".to_owned(), 422, "bad_body"),
        (json, r#"["Lobby",null,[]]"#.to_owned(), 422, "bad_body"),
        (json, "null".to_owned(), 422, "bad_body"),
        (json, nested, 422, "bad_body"),
        (json, deep_field, 422, "bad_body"),
        (None, "{}".to_owned(), 415, "bad_body"),
        (Some("text/plain"), "{}".to_owned(), 415, "bad_body"),
        (json, large, 413, "too_large"),
    ] {
        let answer = posted(&script, &server, kind, body.clone()).await;
        let start: String = body.chars().take(40).collect();
        assert_eq!(answer.status.as_u16(), status, "{start}: {}", answer.body);
        problem(&answer, status, code);
    }
}

/// All of its fields may be left out, and an array of none is not that.
#[tokio::test]
async fn an_array_is_no_body_with_nothing_in_it() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let address = of_clinic(&format!("users/{ada}/offboard-preview"));
    let told = script.post(&address, &serde_json::json!({})).await;
    assert_eq!(told.status.as_u16(), 200, "{}", told.body);
    problem(&script.post(&address, &serde_json::json!([])).await, 422, "bad_body");
}

#[tokio::test]
async fn a_change_names_the_version_it_was_made_from() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let group = clinic.group("Front Desk", ada).insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let address = of_clinic(&format!("groups/{group}"));
    let silent = script.send(Method::DELETE, &address, &[], None).await;
    problem(&silent, 428, "version_required");
    for tag in ["1", "*", "W/\"1\"", "\"one\"", "\"1\", \"2\""] {
        problem(&script.delete(&address, tag).await, 400, "bad_request");
    }
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM sms_group").await, 1);
}
