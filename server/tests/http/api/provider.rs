//! The provider's console, as scripts of a provider use it.

use domain::carrier_profile::CarrierKind;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::support::{Script, json, of_clinic, problem};
use crate::support::TestServer;

const PROVIDER: &str = "/api/v1/provider";

fn settings(name: &str) -> Value {
    json!({
        "name": name,
        "sms": true,
        "group_texting": true,
        "secure_sms": false,
        "manages_own_numbers": true,
        "connector_app": "legacy",
        "number_cooling_off_days": 30,
    })
}

#[tokio::test]
async fn an_enterprise_is_added_set_suspended_and_resumed() {
    let server = TestServer::start().await;
    let script = Script::of_provider(&server).await;
    let list = format!("{PROVIDER}/enterprises");
    let new = json!({ "slug": "alder-clinics", "settings": settings("Alder Clinics") });
    let made = script.post(&list, &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let address = made.header("location").to_owned();
    let read = script.get(&address).await;
    assert_eq!((json(&read), read.header("etag")), (json(&made), made.header("etag")));
    assert_eq!(json(&read)["number_cooling_off_days"], 30);
    problem(&script.post(&list, &new).await, 409, "conflict");

    let renamed = script
        .put(&address, read.header("etag"), &settings("Alder Group"))
        .await;
    assert_eq!(json(&renamed)["name"], "Alder Group", "{}", renamed.body);
    problem(
        &script.put(&address, read.header("etag"), &settings("Alder")).await,
        412,
        "outdated",
    );
    let found = json(&script.get(&format!("{list}?search=group")).await);
    assert_eq!(found["rows"][0]["enterprise"]["slug"], "alder-clinics", "{found}");

    let suspend = format!("{address}/suspend");
    problem(&script.post(&suspend, &json!({})).await, 428, "version_required");
    let version = [("if-match", renamed.header("etag"))];
    let suspended = script.send(Method::POST, &suspend, &version, None).await;
    assert_eq!(json(&suspended)["suspended"], true, "{}", suspended.body);
    let version = [("if-match", suspended.header("etag"))];
    let resumed = script
        .send(Method::POST, &format!("{address}/resume"), &version, None)
        .await;
    assert_eq!(json(&resumed)["suspended"], false, "{}", resumed.body);
}

/// What is about no enterprise can be sent again as well.
#[tokio::test]
async fn an_enterprise_is_added_once_with_one_key() {
    let server = TestServer::start().await;
    let script = Script::of_provider(&server).await;
    let (list, key) = (format!("{PROVIDER}/enterprises"), [("idempotency-key", "one")]);
    let new = json!({ "slug": "alder-clinics", "settings": settings("Alder Clinics") });
    let first = script.send(Method::POST, &list, &key, Some(&new)).await;
    let again = script.send(Method::POST, &list, &key, Some(&new)).await;
    assert_eq!((again.status, &again.body), (StatusCode::CREATED, &first.body));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM enterprise").await, 1);
}

#[tokio::test]
async fn a_request_is_answered_from_the_queue() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let domain = clinic.domain("alder.example", profile, -1).await;
    let theirs = Script::of_admin(&server, &clinic).await;
    let filed = theirs
        .post(&of_clinic(&format!("domains/{domain}/requests")), &json!({}))
        .await;
    assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.body);

    let script = Script::of_provider(&server).await;
    let queue = json(&script.get(&format!("{PROVIDER}/requests?filter=state:in:open")).await);
    assert_eq!(queue["rows"][0]["domain"], "alder.example", "{queue}");
    let address = format!("{PROVIDER}/requests/{}", queue["rows"][0]["id"].as_str().unwrap());
    assert_eq!(json(&script.get(&address).await)["enterprise"], "alder-clinics");
    let answer = format!("{address}/answer");
    let silent = json!({ "verdict": "declined" });
    problem(&script.post(&answer, &silent).await, 422, "invalid");
    let declined = json!({ "verdict": "declined", "text": "The contract has ended" });
    let answered = script.post(&answer, &declined).await;
    assert_eq!(json(&answered)["state"], "declined", "{}", answered.body);
    problem(&script.post(&answer, &declined).await, 409, "conflict");
    problem(&theirs.get(&address).await, 404, "not_found");
}

#[tokio::test]
async fn a_provider_changes_how_it_is_reached() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_provider(&server).await;
    let read = script.get(PROVIDER).await;
    let input = json!({ "name": "Northwind Voice", "email": "help@northwind.example" });
    let changed = script.put(PROVIDER, read.header("etag"), &input).await;
    assert_eq!(json(&changed)["email"], "help@northwind.example", "{}", changed.body);
    assert_eq!(json(&changed)["phone"], Value::Null);
    problem(
        &script.put(PROVIDER, read.header("etag"), &input).await,
        412,
        "outdated",
    );
    let theirs = Script::of_admin(&server, &clinic).await;
    let shown = json(&theirs.get("/api/v1/enterprises/alder-clinics").await);
    assert_eq!(shown["provider"]["email"], "help@northwind.example");
    let health = json(&theirs.get(&of_clinic("health")).await);
    assert_eq!(
        (&health["expired"]["domains"], &health["last_sync"]),
        (&json!(0), &Value::Null),
        "{health}"
    );
}
