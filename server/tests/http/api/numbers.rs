//! Numbers: one at a time and many at once.

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
