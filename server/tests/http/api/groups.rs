//! The life of a group, as a script leads it.

use http::StatusCode;
use serde_json::json;

use super::support::{Script, json, of_clinic, problem};
use crate::support::TestServer;

#[tokio::test]
async fn a_group_is_made_read_changed_deleted_and_brought_back() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    let script = Script::of_admin(&server, &clinic).await;

    let input = json!({ "name": "Front Desk", "owner_id": ada.0, "member_ids": [ada.0], "number_ids": [number.0] });
    let made = script.post(&of_clinic("groups"), &input).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    assert_eq!(made.header("etag"), "\"1\"");
    let address = made.header("location").to_owned();
    assert_eq!(json(&made)["numbers"][0]["number"], "+12065550100");

    let read = script.get(&address).await;
    assert_eq!(json(&read), json(&made));
    assert_eq!(read.header("etag"), "\"1\"");
    let listed = json(&script.get(&of_clinic("groups?search=desk")).await);
    assert_eq!(listed["matching"], 1);
    assert_eq!(listed["rows"][0]["owner_name"], "Ada Brandt");

    let renamed = json!({ "name": "Lobby", "owner_id": ada.0, "member_ids": [ada.0], "number_ids": [number.0] });
    let changed = script.put(&address, "\"1\"", &renamed).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(changed.header("etag"), "\"2\"");
    let late = script.put(&address, "\"1\"", &input).await;
    assert_eq!(problem(&late, 412, "outdated")["current_version"], 2);
    assert_eq!(late.header("etag"), "\"2\"");
    problem(&script.delete(&address, "\"1\"").await, 412, "outdated");

    let deleted = script.delete(&address, "\"2\"").await;
    assert_eq!((deleted.status, deleted.body.as_str()), (StatusCode::NO_CONTENT, ""));
    problem(&script.get(&address).await, 404, "not_found");
    let back = script.post(&format!("{address}/restore"), &json!({})).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert_eq!(json(&back)["group"]["name"], "Lobby");
    assert_eq!(json(&back)["missing"], json!([]));
    problem(
        &script.post(&format!("{address}/restore"), &json!({})).await,
        409,
        "conflict",
    );
}

#[tokio::test]
async fn a_number_that_should_rest_is_given_with_the_word_for_it() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let number = clinic.number("+12065550100").of_user(ada).insert().await;
    server
        .portal
        .execute("UPDATE enterprise SET number_cooling_off_days = 7")
        .await
        .unwrap();
    let script = Script::of_admin(&server, &clinic).await;
    let user = of_clinic(&format!("users/{ada}"));
    let read = script.get(&user).await;
    let numbers = format!("{user}/numbers");
    let freed = script
        .put(&numbers, read.header("etag"), &json!({ "number_ids": [] }))
        .await;
    assert_eq!(freed.status, StatusCode::OK, "{}", freed.body);

    let mut group = json!({ "name": "Lobby", "owner_id": ada.0, "member_ids": [ada.0], "number_ids": [number.0] });
    let refused = problem(&script.post(&of_clinic("groups"), &group).await, 409, "conflict");
    assert_eq!(refused["errors"][0]["field"], "cooling_off");
    group["in_cooling_off"] = json!(true);
    let made = script.post(&of_clinic("groups"), &group).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let address = made.header("location").to_owned();
    let deleted = script.delete(&address, made.header("etag")).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.body);

    let mut wanted = json!({ "number_ids": [number.0] });
    let read = script.get(&user).await;
    let refused = script.put(&numbers, read.header("etag"), &wanted).await;
    assert_eq!(problem(&refused, 409, "conflict")["errors"][0]["field"], "cooling_off");
    wanted["in_cooling_off"] = json!(true);
    let given = script.put(&numbers, read.header("etag"), &wanted).await;
    assert_eq!(json(&given)["numbers"][0]["number"], "+12065550100", "{}", given.body);
}

#[tokio::test]
async fn every_broken_rule_names_its_field() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.group("Front Desk", ada).insert().await;
    let script = Script::of_admin(&server, &clinic).await;
    let nobody = uuid::Uuid::now_v7();
    let input = json!({ "name": "Lobby", "owner_id": nobody, "member_ids": [nobody] });
    let refused = problem(&script.post(&of_clinic("groups"), &input).await, 422, "invalid");
    let fields: Vec<_> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["owner_id", "member_ids"]);
    let taken = json!({ "name": "FRONT desk", "owner_id": ada.0, "member_ids": [ada.0] });
    let refused = problem(&script.post(&of_clinic("groups"), &taken).await, 409, "conflict");
    assert_eq!(refused["errors"][0]["field"], "name");
}
