//! Files that scripts import.

use axum::body::Body;
use domain::carrier_profile::CarrierKind;
use http::{Method, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};
use server::settings::Limits;

use super::support::{Script, json, of_clinic, problem};
use crate::support::{Answer, TestServer, endless_file, impatient, request, too_large_file};

const FILE: &str = "Number;SMS\n+12065550183;TRUE\n+12535550104;maybe\n";

async fn uploaded(server: &TestServer, script: &Script<'_>, path: &str, body: Body) -> Answer {
    let mut asked = request(Method::POST, &of_clinic(path), body);
    script.add_token(asked.headers_mut());
    server.browser().send(asked).await
}

/// The address of a file that was taken in, and what is told of it.
async fn taken_in(server: &TestServer, script: &Script<'_>) -> (String, Value) {
    let answer = uploaded(server, script, "imports/numbers?name=numbers.csv", Body::from(FILE)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    (answer.header("location").to_owned(), json(&answer))
}

#[tokio::test]
async fn a_file_is_looked_at_checked_and_imported() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let (address, upload) = taken_in(&server, &script).await;
    assert_eq!(upload["file_name"], "numbers.csv");
    assert_eq!(
        (&upload["encoding"], &upload["separator"]),
        (&json!("utf8"), &json!("semicolon"))
    );
    assert_eq!(upload["header"], json!(["Number", "SMS"]));
    assert_eq!(
        upload["sample"],
        json!([["+12065550183", "TRUE"], ["+12535550104", "maybe"]])
    );
    assert_eq!(
        (&upload["columns"][0]["field"], &upload["columns"][0]["column"]),
        (&json!("number"), &json!(0))
    );
    assert_eq!(json(&script.get(&address).await), upload);
    problem(&script.get(&format!("{address}/rejected.csv")).await, 410, "gone");

    let columns = json!({ "columns": { "number": 0, "sms": 1 } });
    let checked = json(&script.post(&format!("{address}/check"), &columns).await);
    assert_eq!(
        (&checked["summary"]["added"], &checked["summary"]["rejected"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM phone_number").await, 0);
    let outcomes = json(
        &script
            .get(&format!("{address}/outcomes?filter=outcome:in:rejected"))
            .await,
    );
    assert_eq!(
        (&outcomes["matching"], &outcomes["rows"][0]["line"]),
        (&json!(1), &json!(3)),
        "{outcomes}"
    );
    let added = json(&script.get(&format!("{address}/outcomes?filter=outcome:in:added")).await);
    assert_eq!(added["rows"][0]["reason"], "SMS on", "{added}");
    let rejected = script.get(&format!("{address}/rejected.csv")).await;
    assert!(rejected.body.contains("'+12535550104"), "{}", rejected.body);

    let wrong = json!({ "run": uuid::Uuid::nil() });
    problem(&script.post(&format!("{address}/apply"), &wrong).await, 409, "conflict");
    let wanted = json!({ "run": checked["run"] });
    let begun = script.post(&format!("{address}/apply"), &wanted).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.body);
    let task = json(&script.get(begun.header("location")).await);
    assert_eq!(
        (&task["id"], &task["kind"]),
        (&json(&begun)["id"], &json!("import_numbers"))
    );
    assert_eq!(
        (&task["file_name"], &task["import_id"]),
        (&json!("numbers.csv"), &upload["id"])
    );
    let again = script.post(&format!("{address}/apply"), &wanted).await;
    assert_eq!(json(&again)["id"], task["id"], "the one that is under way");
}

#[tokio::test]
async fn a_carrier_lists_numbers_in_place_of_a_file() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    clinic.domain("voice.example", profile, 40).await;
    let script = Script::of_admin(&server, &clinic).await;
    let path = of_clinic(&format!("imports/numbers/from-carrier/{profile}"));
    let refused = script.send(Method::POST, &path, &[], None).await;
    problem(&refused, 409, "conflict");
    assert_eq!(json(&refused)["detail"], "This carrier profile has no credentials yet.");
    clinic.credential(profile, "api_key", "secret").await;
    let listed = script.send(Method::POST, &path, &[], None).await;
    assert_eq!(listed.status, StatusCode::CREATED, "{}", listed.body);
    let address = listed.header("location");
    assert_eq!(json(&script.get(address).await), json(&listed));
    let columns = json!({ "columns": { "number": 0, "sms": 1, "carrier_profile": 4, "domain": 5 } });
    let checked = json(&script.post(&format!("{address}/check"), &columns).await);
    assert_eq!(checked["summary"]["added"], 1, "{checked}");
}

#[tokio::test]
async fn a_file_is_read_as_it_is_said() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let (address, _) = taken_in(&server, &script).await;
    let reading = json!({ "encoding": "windows1252", "separator": "comma" });
    let read = json(&script.post(&format!("{address}/read-as"), &reading).await);
    assert_eq!(
        (&read["encoding"], &read["header"], &read["sample"][0]),
        (
            &json!("windows1252"),
            &json!(["Number;SMS"]),
            &json!(["+12065550183;TRUE"])
        )
    );
    assert_eq!(read["first_line"], "names");
    let reading = json!({ "encoding": "utf8", "separator": "semicolon", "first_line": "row" });
    let read = json(&script.post(&format!("{address}/read-as"), &reading).await);
    assert_eq!(
        (&read["first_line"], &read["header"], &read["sample"][0]),
        (
            &json!("row"),
            &json!(["Column 1", "Column 2"]),
            &json!(["Number", "SMS"])
        )
    );
    let none = json!({ "columns": {} });
    let refused = problem(&script.post(&format!("{address}/check"), &none).await, 422, "invalid");
    assert_eq!(refused["errors"][0]["field"], "number");
    let unknown = json!({ "columns": { "number": 0, "colour": 0 } });
    let refused = problem(
        &script.post(&format!("{address}/check"), &unknown).await,
        422,
        "invalid",
    );
    assert_eq!(refused["errors"][0]["field"], "colour");
}

#[tokio::test]
async fn what_is_no_import_is_not_there() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    problem(
        &uploaded(&server, &script, "imports/groups", Body::from(FILE)).await,
        404,
        "not_found",
    );
    problem(
        &uploaded(&server, &script, "imports/numbers?nmae=x", Body::from(FILE)).await,
        400,
        "bad_query",
    );
    let workbook = Body::from("PK\u{3}\u{4}rest");
    problem(
        &uploaded(&server, &script, "imports/numbers", workbook).await,
        422,
        "invalid",
    );
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM import_upload").await, 0);
}

/// By the length in front, or while reading where none is told.
#[rstest]
#[tokio::test]
async fn a_file_has_the_limit_of_the_page(#[values(false, true)] tells_its_size: bool) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let larger_than_other_bodies = vec![b'1'; Limits::default().body_bytes + 1];
    let taken = uploaded(
        &server,
        &script,
        "imports/numbers",
        Body::from(larger_than_other_bodies),
    )
    .await;
    assert_ne!(taken.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", taken.body);
    let refused = problem(
        &uploaded(&server, &script, "imports/numbers", too_large_file(tells_its_size)).await,
        413,
        "too_large",
    );
    assert!(
        refused["detail"].as_str().unwrap().contains("larger than 50 MB"),
        "{refused}"
    );
}

/// Files have longer than other requests, and are given up in the end.
#[tokio::test]
async fn a_file_that_never_ends_is_given_up() {
    let server = TestServer::start_with(impatient()).await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let script = Script::of_admin(&server, &clinic).await;
    let answer = uploaded(&server, &script, "imports/numbers", endless_file()).await;
    problem(&answer, 503, "unavailable");
}
