//! Where alerts are sent, as scripts of a provider say it.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::support::{Script, json, problem};
use crate::support::{Answer, TestServer};

const DESTINATIONS: &str = "/api/v1/provider/alert-destinations";
/// How many answers are kept to be given again.
const KEPT: &str = "SELECT COUNT(*) FROM idempotency_key";

fn webhook() -> Value {
    json!({ "kind": "webhook", "address": "https://hooks.company.example/alerts" })
}

fn mailbox() -> Value {
    json!({ "kind": "email", "address": "Operations@Company.Example" })
}

async fn remove(script: &Script<'_>, address: &str) -> Answer {
    script.send(Method::DELETE, address, &[], None).await
}

async fn add_with_key(script: &Script<'_>, key: &str, input: &Value) -> Answer {
    let headers = [("idempotency-key", key)];
    script.send(Method::POST, DESTINATIONS, &headers, Some(input)).await
}

#[tokio::test]
async fn a_webhook_is_added_and_its_secret_told_once() {
    let server = TestServer::start().await;
    let script = Script::of_provider(&server).await;
    let made = script.post(DESTINATIONS, &webhook()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let secret = json(&made)["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_") && secret.len() > 40, "{secret}");
    let address = made.header("location").to_owned();
    let read = script.get(&address).await;
    assert_eq!(
        json(&read),
        json!({
            "id": json(&made)["id"],
            "kind": "webhook",
            "address": "https://hooks.company.example/alerts",
            "created_at": json(&made)["created_at"],
            "last_delivery": null,
        })
    );
    let listed = json(&script.get(DESTINATIONS).await);
    assert_eq!(listed, json!({ "rows": [json(&read)], "sends_email": false }));
    let again = script.post(DESTINATIONS, &webhook()).await;
    assert_eq!(problem(&again, 409, "conflict")["errors"][0]["field"], "address");

    let removed = remove(&script, &address).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT, "{}", removed.body);
    problem(&remove(&script, &address).await, 404, "not_found");
    problem(&script.get(&address).await, 404, "not_found");
    let anew = json(&script.post(DESTINATIONS, &webhook()).await);
    assert_ne!(anew["secret"], json!(secret), "it has a secret of its own");
}

/// The database holds no secret in the clear, not even in the answer of a request that may be sent again.
#[tokio::test]
async fn an_answer_with_a_secret_is_not_kept() {
    let server = TestServer::start().await;
    let script = Script::of_provider(&server).await;
    let first = add_with_key(&script, "one", &webhook()).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    assert_eq!(server.portal.number(KEPT).await, 0);
    let again = add_with_key(&script, "one", &webhook()).await;
    assert_eq!(again.header("idempotency-replayed"), "");
    problem(&again, 409, "conflict");

    let added = add_with_key(&script, "two", &mailbox()).await;
    assert_eq!(json(&added)["secret"], Value::Null, "{}", added.body);
    let replayed = add_with_key(&script, "two", &mailbox()).await;
    assert_eq!((replayed.status, &replayed.body), (StatusCode::CREATED, &added.body));
    assert_eq!(replayed.header("idempotency-replayed"), "true");
}

/// What these servers are set up with sends nothing, which is what a test message shows.
#[tokio::test]
async fn a_test_message_tells_what_has_become_of_it() {
    let server = TestServer::start().await;
    let script = Script::of_provider(&server).await;
    for (input, reason) in [
        (
            mailbox(),
            "This portal sends no e-mail: whoever runs it has set no mail server.",
        ),
        (webhook(), "This portal calls no webhooks."),
    ] {
        let made = script.post(DESTINATIONS, &input).await;
        let address = made.header("location").to_owned();
        let tested = script.post(&format!("{address}/send-test"), &json!({})).await;
        assert_eq!(tested.status, StatusCode::OK, "{}", tested.body);
        let last = &json(&tested)["last_delivery"];
        assert_eq!(
            (&last["state"], &last["test"], &last["attempts"], &last["failure"]),
            (&json!("failed"), &json!(true), &json!(1), &json!(reason))
        );
        assert_eq!(json(&script.get(&address).await), json(&tested));
    }
}

#[tokio::test]
async fn what_cannot_be_a_destination_names_its_field() {
    let server = TestServer::start().await;
    let script = Script::of_provider(&server).await;
    for (kind, address) in [
        ("email", "nowhere"),
        ("webhook", "http://hooks.company.example/"),
        ("webhook", "https://127.0.0.1/"),
    ] {
        let refused = script
            .post(DESTINATIONS, &json!({ "kind": kind, "address": address }))
            .await;
        assert_eq!(problem(&refused, 422, "invalid")["errors"][0]["field"], "address");
    }
    let pigeon = json!({ "kind": "pigeon", "address": "roof@company.example" });
    problem(&script.post(DESTINATIONS, &pigeon).await, 422, "bad_body");
}

#[tokio::test]
async fn destinations_are_their_providers_alone() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_provider(&server).await;
    let made = script.post(DESTINATIONS, &mailbox()).await;
    let address = made.header("location").to_owned();
    let theirs = Script::of_admin(&server, &clinic).await;
    problem(&theirs.get(DESTINATIONS).await, 404, "not_found");
    problem(&theirs.get(&address).await, 404, "not_found");
    problem(&remove(&theirs, &address).await, 404, "not_found");
    assert_eq!(
        json(&script.get(DESTINATIONS).await)["rows"][0]["id"],
        json(&made)["id"]
    );
}
