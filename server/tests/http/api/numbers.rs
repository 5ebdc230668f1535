//! Numbers: one at a time and many at once.

use domain::carrier_profile::CarrierKind;
use http::{Method, StatusCode};
use serde_json::json;

use super::support::{Script, json, of_clinic, problem};
use crate::support::TestServer;

#[tokio::test]
async fn a_number_is_added_changed_given_away_and_deleted() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let input = json!({ "number": "+1 206 555 0100", "settings": { "sms": true } });
    let made = script.post(&of_clinic("numbers"), &input).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let address = made.header("location").to_owned();

    let patch = json!({ "mms": true });
    let if_match = [("if-match", made.header("etag"))];
    let changed = script.send(Method::PATCH, &address, &if_match, Some(&patch)).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    let detail = json(&script.get(&address).await);
    assert_eq!(detail["settings"]["mms"], true);
    assert_eq!(detail["settings"]["sms"], true, "what is left out stays");

    let to_ada = json!({ "to": { "kind": "teams_user", "id": ada.0 } });
    let assignment = format!("{address}/assignment");
    let given = script.put(&assignment, changed.header("etag"), &to_ada).await;
    assert_eq!(json(&given)["assignee"]["name"], "Ada Brandt", "{}", given.body);
    problem(&script.delete(&address, given.header("etag")).await, 409, "conflict");
    let freed = script
        .put(&assignment, given.header("etag"), &json!({ "to": null }))
        .await;
    assert_eq!(json(&freed)["released"]["cause"], "unassigned", "{}", freed.body);
    let deleted = script.delete(&address, freed.header("etag")).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.body);
}

#[tokio::test]
async fn what_is_done_to_many_is_told_of_each() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let free = clinic.number("+12065550100").insert().await;
    let taken = clinic.number("+12065550101").of_user(ada).insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let by_query = json!({ "selection": { "query": "filter=services:in:free" }, "changes": { "mms": true } });
    let changed = json(&script.post(&of_clinic("numbers/bulk-update"), &by_query).await);
    assert_eq!(changed, json!({ "done": [free.0], "skipped": [] }));
    let by_ids = json!({ "selection": { "ids": [free.0, taken.0] } });
    let deleted = json(&script.post(&of_clinic("numbers/bulk-delete"), &by_ids).await);
    assert_eq!(deleted["done"], json!([free.0]));
    assert_eq!(deleted["skipped"][0]["reason"], "assigned");
    assert_eq!(deleted["skipped"][0]["serves"], "Ada Brandt");
}

#[tokio::test]
async fn a_selection_that_is_not_clear_selects_nothing() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    clinic.number("+12065550100").insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    for selection in [
        json!({}),
        json!({ "ids": [], "query": "" }),
        json!({ "query": "filter=service:in:free" }),
        json!({ "query": "serach=1" }),
    ] {
        let body = json!({ "selection": selection });
        let answer = script.post(&of_clinic("numbers/bulk-delete"), &body).await;
        problem(&answer, 422, "invalid");
    }
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM phone_number").await, 1);
}

/// The enterprise does not manage its own numbers, so its provider does, and has to do with their carriers.
#[tokio::test]
async fn what_the_provider_manages_it_keeps_and_carriers_are_its_own() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise_without_numbers("alder-clinics").await;
    let profile = clinic.profile("Main line", CarrierKind::NetSapiens).await;
    let (theirs, provider) = (
        Script::of_admin(&server, &clinic).await,
        Script::of_provider(&server).await,
    );
    let settings = json!({ "sms": true, "carrier_profile_id": profile.0 });
    let input = json!({ "number": "+1 206 555 0100", "settings": settings });
    problem(&theirs.post(&of_clinic("numbers"), &input).await, 403, "forbidden");
    let made = provider.post(&of_clinic("numbers"), &input).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let address = made.header("location").to_owned();

    for (script, shown) in [(&theirs, false), (&provider, true)] {
        let found = json(&script.get(&of_clinic("numbers")).await);
        assert_eq!(found["rows"][0]["carrier"].is_object(), shown, "{found}");
        let detail = json(&script.get(&address).await);
        assert_eq!(detail["number"]["carrier"].is_object(), shown, "{detail}");
        assert_eq!(detail["settings"]["carrier_profile_id"].is_string(), shown, "{detail}");
        for query in ["search=main", "filter=carrier:contains:main"] {
            let found = json(&script.get(&of_clinic(&format!("numbers?{query}"))).await);
            assert_eq!(found["matching"], u64::from(shown), "{query}");
        }
        let file = script.get(&of_clinic("numbers.csv")).await;
        assert_eq!(file.body.contains("SMS Carrier"), shown, "{}", file.body);
        assert_eq!(file.body.contains("Main line"), shown, "{}", file.body);
    }

    let changes = json!({ "mms": true });
    let if_match = [("if-match", made.header("etag"))];
    let refused = theirs.send(Method::PATCH, &address, &if_match, Some(&changes)).await;
    problem(&refused, 403, "forbidden");
    problem(&theirs.delete(&address, made.header("etag")).await, 403, "forbidden");
    let changed = provider.send(Method::PATCH, &address, &if_match, Some(&changes)).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    let deleted = provider.delete(&address, changed.header("etag")).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.body);
}
