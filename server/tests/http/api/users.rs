//! Teams users: their numbers, and what happens when one leaves.

use http::StatusCode;
use serde_json::json;

use super::support::{Script, json, of_clinic, problem};
use crate::support::TestServer;

#[tokio::test]
async fn a_person_gets_numbers_and_hands_them_over() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Lind").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let address = of_clinic(&format!("users/{ada}"));

    let read = script.get(&address).await;
    let numbers = json!({ "number_ids": [number.0] });
    let given = script
        .put(&format!("{address}/numbers"), read.header("etag"), &numbers)
        .await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.body);
    assert_eq!(json(&given)["numbers"][0]["number"], "+12065550100");
    let late = script
        .put(&format!("{address}/numbers"), read.header("etag"), &numbers)
        .await;
    problem(&late, 412, "outdated");

    let decisions = json!({ "number_ids": [number.0], "numbers_to": bo.0 });
    let told = script.post(&format!("{address}/offboard-preview"), &decisions).await;
    assert_eq!(json(&told)["consequences"][0]["kind"], "moves", "{}", told.body);
    let done = script.post(&format!("{address}/offboard"), &decisions).await;
    assert_eq!(json(&done), json(&told));
    let of_bo = json(&script.get(&of_clinic(&format!("users/{bo}"))).await);
    assert_eq!(of_bo["numbers"][0]["number"], "+12065550100");
    let undone = script.post(&format!("{address}/undo-offboard"), &json!({})).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
}

#[tokio::test]
async fn people_are_found_as_on_their_page() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    clinic.user("Ada Brandt").insert().await;
    clinic.user("Bo Lind").insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let found = json(&script.get(&of_clinic("users?search=bo&sort=-name&page_size=50")).await);
    assert_eq!((&found["total"], &found["matching"]), (&json!(2), &json!(1)));
    assert_eq!((&found["page"], &found["page_size"]), (&json!(1), &json!(50)));
    assert_eq!(found["rows"][0]["display_name"], "Bo Lind");
}
