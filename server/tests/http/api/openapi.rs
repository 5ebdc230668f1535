//! The document that describes the API, and the page that shows it.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::Value;
use server::api::openapi::document;

use super::support::{Script, json};
use crate::support::TestServer;

/// The promise to scripts. A change of it shows up in review as a change of the snapshot.
#[test]
fn the_document() {
    let text = serde_json::to_string_pretty(document()).unwrap();
    insta::assert_snapshot!(text);
}

#[test]
fn every_operation_has_a_name_of_its_own_and_tells_its_refusals() {
    let mut names = BTreeSet::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name), "{name}");
            assert!(operation["summary"].is_string(), "{name} says what it does");
            for status in ["401", "429", "500", "503"] {
                assert!(
                    operation["responses"].get(status).is_some(),
                    "{method} {path}: {status}"
                );
            }
        }
    }
}

/// Whoever makes a client from the document follows each of them.
#[test]
fn every_reference_leads_somewhere() {
    let mut references = Vec::new();
    collect(document(), &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document().pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, references)),
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                references.push(reference.to_owned());
            }
            fields.values().for_each(|field| collect(field, references));
        }
        _ => {}
    }
}

fn operation(id: &str) -> Option<&'static Value> {
    let items = document()["paths"].as_object()?.values();
    let mut operations = items.filter_map(Value::as_object).flat_map(|item| item.values());
    operations.find(|operation| operation["operationId"] == id)
}

/// Whoever follows one has all that the operation behind it demands.
#[test]
fn every_link_leads_to_an_operation_and_brings_what_it_needs() {
    let mut followed = BTreeSet::new();
    for item in document()["paths"].as_object().unwrap().values() {
        for from in item.as_object().unwrap().values() {
            for answer in from["responses"].as_object().unwrap().values() {
                for link in answer["links"].as_object().into_iter().flat_map(|links| links.values()) {
                    let id = link["operationId"].as_str().unwrap();
                    let takes = operation(id).unwrap()["parameters"].as_array().unwrap();
                    for parameter in takes.iter().filter(|parameter| parameter["required"] == true) {
                        let (place, name) = (&parameter["in"], &parameter["name"]);
                        let full = format!("{}.{}", place.as_str().unwrap(), name.as_str().unwrap());
                        assert!(link["parameters"][&full].is_string(), "{id} needs {full}");
                    }
                    followed.insert(id);
                }
            }
        }
    }
    for id in [
        "create_group",
        "get_group",
        "update_group",
        "retry_task",
        "set_user_numbers",
        "get_configuration",
    ] {
        assert!(followed.contains(id), "{id}");
    }
}

#[tokio::test]
async fn everybody_may_read_it() {
    let server = TestServer::start().await;
    let nobody = Script::without_token(&server);
    let answer = nobody.get("/api/v1/openapi.json").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(&json(&answer), document());
    assert_eq!(json(&answer)["openapi"], "3.1.0");
}

#[tokio::test]
async fn its_page_brings_its_own_files_and_loads_no_others() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let page = browser.get("/api/docs/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("swagger-ui"), "{}", page.body);
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("script-src 'self';") && policy.contains("connect-src 'self'"),
        "{policy}"
    );
    for inline in ["<script>", " onload=", "javascript:"] {
        assert!(!page.body.contains(inline), "{inline}");
    }
    for file in ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-initializer.js"] {
        let answer = browser.get(&format!("/api/docs/{file}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
    }
    let start = browser.get("/api/docs/swagger-initializer.js").await;
    assert!(start.body.contains("/api/v1/openapi.json"), "{}", start.body);
    assert_eq!(browser.get("/api/docs").await.header("location"), "/api/docs/");
}
