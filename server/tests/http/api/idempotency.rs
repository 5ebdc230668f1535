//! Requests that are sent again.

use chrono::{TimeDelta, Utc};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::support::{Script, of_clinic, problem};
use crate::support::{Answer, TestServer};

async fn post(script: &Script<'_>, key: &str, body: &Value) -> Answer {
    let headers = [("idempotency-key", key)];
    script
        .send(Method::POST, &of_clinic("groups"), &headers, Some(body))
        .await
}

#[tokio::test]
async fn what_is_sent_again_is_done_once() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let input = json!({ "name": "Front Desk", "owner_id": ada.0, "member_ids": [ada.0] });
    let first = post(&script, "a-1", &input).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let again = post(&script, "a-1", &input).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    for name in ["etag", "location", "content-type"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(first.header("idempotency-replayed"), "");
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM sms_group").await, 1);

    let other = json!({ "name": "Lobby", "owner_id": ada.0, "member_ids": [ada.0] });
    problem(&post(&script, "a-1", &other).await, 422, "key_taken");
    problem(&post(&script, "a-2", &input).await, 409, "conflict");
    assert_eq!(post(&script, "a-3", &other).await.status, StatusCode::CREATED);
}

/// A refusal is an answer too: what was wrong does not become right by being sent again.
#[tokio::test]
async fn a_refusal_is_given_again() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let taken = clinic.group("Front Desk", ada).insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let input = json!({ "name": "Front Desk", "owner_id": ada.0, "member_ids": [ada.0] });
    problem(&post(&script, "b", &input).await, 409, "conflict");
    script.delete(&of_clinic(&format!("groups/{taken}")), "\"1\"").await;
    problem(&post(&script, "b", &input).await, 409, "conflict");
}

/// What may take minutes is not begun a second time while the first may still be under way.
#[tokio::test]
async fn a_request_that_was_never_answered_is_carried_out_again_when_its_time_is_over() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let groups = of_clinic("groups");
    let check = of_clinic("imports/users/018f3c1e-0000-7000-8000-000000000001/check");
    let send = async |path: &str, key: &str| {
        let headers = [("idempotency-key", key)];
        script.send(Method::POST, path, &headers, Some(&json!({}))).await
    };
    for (path, key) in [(groups.as_str(), "e"), (check.as_str(), "f")] {
        problem(&send(path, key).await, 422, "bad_body");
    }
    let begun = (Utc::now() - TimeDelta::minutes(3)).to_rfc3339();
    let unanswered =
        format!("UPDATE idempotency_key SET status = NULL, headers = NULL, body = NULL, created_at = '{begun}'");
    server.portal.execute(&unanswered).await.unwrap();
    let again = send(groups.as_str(), "e").await;
    problem(&again, 422, "bad_body");
    assert_eq!(again.header("idempotency-replayed"), "");
    problem(&send(check.as_str(), "f").await, 409, "in_flight");
}

#[tokio::test]
async fn keys_of_two_tokens_have_nothing_to_do_with_each_other() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let (one, other) = (
        Script::of_admin(&server, &clinic).await,
        Script::of_admin(&server, &clinic).await,
    );
    for (script, name) in [(&one, "Front Desk"), (&other, "Lobby")] {
        let input = json!({ "name": name, "owner_id": ada.0, "member_ids": [ada.0] });
        assert_eq!(post(script, "c", &input).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_key_is_visible_ascii() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let long = "x".repeat(256);
    for key in ["", "two words", &long] {
        problem(&post(&script, key, &json!({})).await, 400, "bad_request");
    }
}

/// An answer holds what only people of the enterprise may read.
#[tokio::test]
async fn an_answer_is_not_given_again_to_somebody_who_has_no_role_any_more() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let input = json!({ "name": "Front Desk", "owner_id": ada.0, "member_ids": [ada.0] });
    assert_eq!(post(&script, "d", &input).await.status, StatusCode::CREATED);
    server
        .portal
        .execute("UPDATE membership SET role = 'enterprise_viewer' WHERE role = 'enterprise_admin'")
        .await
        .unwrap();
    assert_eq!(post(&script, "d", &input).await.header("idempotency-replayed"), "true");
    server.portal.execute("DELETE FROM membership").await.unwrap();
    problem(&post(&script, "d", &input).await, 404, "not_found");
}
