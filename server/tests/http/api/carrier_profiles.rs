//! Carrier profiles: credentials can be written and never be read.

use http::StatusCode;
use serde_json::json;

use super::support::{Script, json, of_clinic, problem};
use crate::support::TestServer;

const SECRET: &str = "marked-4711";

/// The stand-in for NetSapiens in tests asks for no credentials, so what the portal keeps is looked at in
/// `backend/tests/carriers/secrets.rs`; here it is what the API takes and answers.
#[tokio::test]
async fn a_profile_is_made_read_changed_and_deleted() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_provider(&server).await;
    let carriers = json(&script.get(&of_clinic("carriers")).await);
    let words: Vec<&str> = carriers["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["carrier"].as_str())
        .collect();
    assert!(words.contains(&"netsapiens") && words.contains(&"twilio"), "{words:?}");

    let input = json!({ "name": "Main", "carrier": "netsapiens", "host": "api.carrier.example" });
    let made = script.post(&of_clinic("carrier-profiles"), &input).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let address = made.header("location").to_owned();
    let read = script.get(&address).await;
    assert_eq!((json(&read), read.header("etag")), (json(&made), "\"1\""));
    assert_eq!(json(&read)["credentials"], json!([]));

    let renamed = json!({ "name": "First", "carrier": "netsapiens", "host": "api.carrier.example" });
    let changed = script.put(&address, "\"1\"", &renamed).await;
    assert_eq!(
        (changed.status, changed.header("etag")),
        (StatusCode::OK, "\"2\""),
        "{}",
        changed.body
    );
    problem(&script.put(&address, "\"1\"", &renamed).await, 412, "outdated");
    let tested = json(&script.post(&format!("{address}/test-connection"), &json!({})).await);
    assert_eq!(tested["connection_test"]["passed"], false, "{tested}");

    let theirs = Script::of_admin(&server, &clinic).await;
    assert_eq!(theirs.get(&address).await.status, StatusCode::OK);
    problem(&theirs.delete(&address, "\"2\"").await, 403, "forbidden");
    let version = script.get(&address).await.header("etag").to_owned();
    let deleted = script.delete(&address, &version).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.body);
    problem(&script.get(&address).await, 404, "not_found");
}

#[tokio::test]
async fn what_is_wrong_with_a_profile_is_told_without_its_credentials() {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let script = Script::of_provider(&server).await;
    for (input, status, code) in [
        (json!({ "name": "Main", "carrier": "nobody" }), 422, "invalid"),
        (
            json!({ "name": "Main", "carrier": "twilio", "credentials": { "api_key": SECRET } }),
            422,
            "invalid",
        ),
        (
            json!({ "name": "Main", "carrier": "twilio", "credentials": SECRET }),
            422,
            "bad_body",
        ),
        (
            json!({ "name": "Main", "carrier": "twilio", "credentials": [SECRET] }),
            422,
            "bad_body",
        ),
    ] {
        let refused = script.post(&of_clinic("carrier-profiles"), &input).await;
        problem(&refused, status, code);
        assert!(!refused.body.contains(SECRET), "{}", refused.body);
    }
}
