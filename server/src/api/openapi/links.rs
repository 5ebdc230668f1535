//! The links of the document: which answer holds what another operation asks for. From the list of enterprises to all of
//! one, from a list to its things, from a thing to what can be done with it in the version that was read.

use serde_json::{Map, Value, json};

use super::needs_version;

/// Where everything begins.
const ENTERPRISES: &str = "/api/v1/enterprises";
/// The answers that hold something, of operations that links begin at.
const ANSWERS: [&str; 2] = ["200", "201"];

/// An operation, as far as links need it.
struct Operation {
    path: String,
    method: String,
    id: String,
}

/// Adds the links to the answers they begin at.
pub(super) fn add(document: &mut Value) {
    let operations = operations(document);
    for from in &operations {
        let links: Map<String, Value> = operations
            .iter()
            .filter_map(|to| Some((to.id.clone(), link(from, to)?)))
            .collect();
        let answers = document["paths"][&from.path][&from.method]["responses"].as_object_mut();
        for (status, answer) in answers.into_iter().flatten() {
            if ANSWERS.contains(&status.as_str()) && !links.is_empty() {
                answer["links"] = Value::Object(links.clone());
            }
        }
    }
}

fn operations(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            operations.push(Operation {
                path: path.clone(),
                method: method.clone(),
                id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
            });
        }
    }
    operations
}

/// The link between two operations, if the answer of the first one holds what the second one asks for: no more than an
/// enterprise, an id and a version.
fn link(from: &Operation, to: &Operation) -> Option<Value> {
    if to.path.replace("{enterprise}", "").replace("{id}", "").contains('{') {
        return None;
    }
    let (reads, of_one) = (from.method == "get", from.path.ends_with("/{id}"));
    let item = format!("{}/{{id}}", from.path);
    let by_version = needs_version(&to.path, &to.method);
    let (enterprise, id) = match (from.path.as_str(), reads) {
        (ENTERPRISES, true) if to.path.contains("{enterprise}") && !to.path.contains("{id}") && !by_version => {
            ("$response.body#/rows/0/slug", None)
        }
        (_, true) if by_version && !to.path.contains("{id}") && is_about(&from.path, to) => {
            ("$request.path.enterprise", None)
        }
        (_, true) if of_one && to.method != "get" && to.path.starts_with(&from.path) => {
            ("$request.path.enterprise", Some("$request.path.id"))
        }
        (_, true) if to.path == item && to.method == "get" => {
            ("$request.path.enterprise", Some("$response.body#/rows/0/id"))
        }
        (_, false) if to.path.starts_with(&item) => ("$request.path.enterprise", Some("$response.body#/id")),
        _ => return None,
    };
    let mut parameters = Map::new();
    if to.path.contains("{enterprise}") {
        parameters.insert("path.enterprise".to_owned(), json!(enterprise));
    }
    parameters.extend(id.map(|id| ("path.id".to_owned(), json!(id))));
    if by_version {
        parameters.insert("header.If-Match".to_owned(), json!("$response.header.ETag"));
    }
    Some(json!({ "operationId": to.id, "parameters": parameters }))
}

/// Whether the operation changes what is read at that path, or does something with it.
fn is_about(path: &str, to: &Operation) -> bool {
    let rest = to.path.strip_prefix(path);
    rest.is_some_and(|rest| rest.is_empty() || (to.method == "post" && rest.rfind('/') == Some(0)))
}
