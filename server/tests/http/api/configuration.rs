//! What connectors read.

use http::{Method, StatusCode};
use serde_json::json;

use super::support::{Script, json, of_clinic, problem};
use crate::support::TestServer;

#[tokio::test]
async fn a_connector_reads_what_is_live_and_hears_when_there_is_more() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let address = of_clinic("configuration");
    let nothing = script.get(&address).await;
    assert_eq!(json(&nothing), json!({ "snapshot": null, "numbers": [], "groups": [] }));

    let group = json!({ "name": "Front Desk", "owner_id": ada.0, "member_ids": [ada.0] });
    script.post(&of_clinic("groups"), &group).await;
    let first = script.get(&address).await;
    assert_eq!(first.header("etag"), "\"1\"");
    assert_eq!(json(&first)["groups"][0]["name"], "Front Desk");

    let same = script.get(&format!("{address}?since=1")).await;
    assert_eq!((same.status, same.body.as_str()), (StatusCode::NO_CONTENT, ""));
    let known = [("if-none-match", "\"1\"")];
    let same = script.send(Method::GET, &address, &known, None).await;
    assert_eq!((same.status, same.header("etag")), (StatusCode::NOT_MODIFIED, "\"1\""));
    let more = script.get(&format!("{address}?since=0")).await;
    assert_eq!(json(&more), json(&first));
    problem(&script.get(&format!("{address}?sinse=0")).await, 400, "bad_query");
    problem(
        &script.get(&format!("{address}?since=yesterday")).await,
        400,
        "bad_query",
    );

    let history = json(&script.get(&of_clinic("snapshots")).await);
    assert_eq!(history["current"]["number"], 1);
    let pending = json(&script.get(&of_clinic("pending-changes")).await);
    assert_eq!(pending["total"], 0);
}

#[tokio::test]
async fn what_is_not_live_says_since_when_it_waits_and_by_whom() {
    let server = TestServer::start().await;
    let clinic = server.portal.legacy_enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.number("+12065550100").of_user(ada).insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let group = json!({ "name": "Front Desk", "owner_id": ada.0, "member_ids": [ada.0] });
    script.post(&of_clinic("groups"), &group).await;
    let pending = json(&script.get(&of_clinic("pending-changes")).await);
    let [added, assigned] = pending["changes"].as_array().unwrap().as_slice() else {
        panic!("two changes: {pending}");
    };
    assert_eq!(added["what"]["kind"], "group_added");
    assert!(added["waiting_since"].is_string(), "{added}");
    assert_eq!(added["waiting_since"], added["changed_at"]);
    assert_eq!(added["changed_by_all"], json!([added["changed_by"]]));
    // Nothing tells of what a test puts into the database.
    assert_eq!(assigned["waiting_since"], json!(null));
    assert_eq!(assigned["changed_by_all"], json!([]));
}

#[tokio::test]
async fn a_sync_is_started_once_and_followed() {
    let server = TestServer::start().await;
    let clinic = server.portal.legacy_enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let started = script.post(&of_clinic("sync"), &json!({})).await;
    assert_eq!(started.status, StatusCode::ACCEPTED, "{}", started.body);
    let again = script.post(&of_clinic("sync"), &json!({})).await;
    assert_eq!(json(&again)["id"], json(&started)["id"]);
    let id = json(&started)["id"].as_str().unwrap().to_owned();
    let task = json(&script.get(&of_clinic(&format!("tasks/{id}"))).await);
    assert_eq!((&task["kind"], &task["state"]), (&json!("sync"), &json!("waiting")));
    problem(
        &script.post(&of_clinic(&format!("tasks/{id}/retry")), &json!({})).await,
        409,
        "conflict",
    );
}
