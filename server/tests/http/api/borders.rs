//! Who gets what from every operation that the OpenAPI document names: nobody, strangers, whoever may only read, admins.
//! The document is made from the routes, so none of them can be forgotten here.

use domain::access::Role;
use http::Method;
use serde_json::{Value, json};
use server::api::openapi::document;

use super::support::{Script, problem, token};
use crate::support::{Answer, TestServer};

/// An id that nothing has.
const NOTHING: &str = "018f3c1e-0000-7000-8000-000000000001";

struct Operation {
    id: String,
    method: Method,
    path: String,
    body: Option<Value>,
}

fn operations() -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            operations.push(Operation {
                body: operation.get("requestBody").map(|_| body_of(&id)),
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                id,
            });
        }
    }
    assert!(operations.len() > 25, "the document names the operations");
    operations
}

/// A body that can be read, for each operation that takes one.
fn body_of(operation: &str) -> Value {
    match operation {
        "create_group" | "update_group" => json!({ "name": "Lobby", "owner_id": NOTHING, "member_ids": [NOTHING] }),
        "create_number" => json!({ "number": "+12065550100" }),
        "update_number" => json!({ "sms": true }),
        "assign_number" => json!({ "to": null }),
        "update_many_numbers" => json!({ "selection": { "ids": [NOTHING] }, "changes": {} }),
        "delete_many_numbers" => json!({ "selection": { "ids": [NOTHING] } }),
        "set_user_numbers" => json!({ "number_ids": [] }),
        "preview_offboarding" | "offboard_user" => json!({}),
        "subscribe_domain" => json!({ "domain": "voice.example", "carrier_profile_id": NOTHING }),
        other => panic!(
            "{other} takes a body, and body_of in server/tests/http/api/borders.rs knows none for it. Add one that can \
             be read; what it names need not exist."
        ),
    }
}

impl Operation {
    async fn ask(&self, script: &Script<'_>, enterprise: &str) -> Answer {
        let path = self.path.replace("{enterprise}", enterprise).replace("{id}", NOTHING);
        let headers = [("if-match", "\"1\"")];
        script
            .send(self.method.clone(), &path, &headers, self.body.as_ref())
            .await
    }

    fn is_of_an_enterprise(&self) -> bool {
        self.path.contains("{enterprise}")
    }

    /// What only the provider of an enterprise may do there.
    fn is_of_the_provider(&self) -> bool {
        matches!(self.id.as_str(), "subscribe_domain" | "renew_domain")
    }

    /// Offboarding can be looked at before; that is asked with decisions, so by a POST.
    fn changes_something(&self) -> bool {
        self.method != Method::GET && self.id != "preview_offboarding"
    }
}

#[tokio::test]
async fn nobody_gets_anything_without_a_token() {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let nobody = Script::without_token(&server);
    for operation in operations() {
        let answer = operation.ask(&nobody, "alder-clinics").await;
        assert_eq!(answer.status.as_u16(), 401, "{}", operation.id);
        problem(&answer, 401, "unauthenticated");
    }
}

/// Word by word what is answered about an enterprise that does not exist.
#[tokio::test]
async fn a_stranger_cannot_tell_what_exists() {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let neighbour = server.portal.enterprise("borealis-freight").await;
    let elsewhere = server.portal.enterprise_elsewhere("cedar-lines").await;
    for stranger in [neighbour, elsewhere] {
        let script = Script::of_admin(&server, &stranger).await;
        for operation in operations().iter().filter(|operation| operation.is_of_an_enterprise()) {
            let there = operation.ask(&script, "alder-clinics").await;
            let not_there = operation.ask(&script, "no-such-enterprise").await;
            assert_eq!(there.status.as_u16(), 404, "{}: {}", operation.id, there.body);
            assert_eq!(there.body, not_there.body, "{}", operation.id);
            problem(&there, 404, "not_found");
        }
    }
}

#[tokio::test]
async fn a_token_that_only_reads_changes_nothing() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let secret = token(&server.portal, &clinic.admin().await, Role::EnterpriseViewer).await;
    let script = Script::with(&server, secret);
    let entries = "SELECT COUNT(*) FROM audit_event WHERE resource <> 'api_token'";
    for operation in operations() {
        let answer = operation.ask(&script, "alder-clinics").await;
        if operation.changes_something() {
            assert_eq!(answer.status.as_u16(), 403, "{}: {}", operation.id, answer.body);
            problem(&answer, 403, "forbidden");
        } else {
            assert!(matches!(answer.status.as_u16(), 200 | 404), "{}", operation.id);
        }
    }
    assert_eq!(server.portal.number(entries).await, 0);
}

/// The same policy as behind the pages: what an admin may there is not refused here, what only the provider may is, and
/// every answer is one that the document names.
#[tokio::test]
async fn an_admin_is_refused_nothing_and_every_status_is_documented() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let admin = token(&server.portal, &clinic.admin().await, Role::EnterpriseAdmin).await;
    let provider = token(
        &server.portal,
        &server.portal.provider_admin().await,
        Role::ProviderAdmin,
    )
    .await;
    for (secret, role) in [(admin, Role::EnterpriseAdmin), (provider, Role::ProviderAdmin)] {
        let script = Script::with(&server, secret);
        for operation in operations() {
            let answer = operation.ask(&script, "alder-clinics").await;
            let status = answer.status.as_u16();
            let refused = role == Role::EnterpriseAdmin && operation.is_of_the_provider();
            assert_eq!(status == 403, refused, "{}: {}", operation.id, answer.body);
            assert!(!matches!(status, 401 | 500..), "{}: {}", operation.id, answer.body);
            let method = operation.method.as_str().to_lowercase();
            let documented = &document()["paths"][&operation.path][&method]["responses"];
            assert!(
                documented.get(status.to_string()).is_some(),
                "{} answers {status}, which the document does not name",
                operation.id
            );
        }
    }
}
