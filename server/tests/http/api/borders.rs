//! Who gets what from every operation that the OpenAPI document names: nobody, strangers, whoever may only read, admins.
//! The document is made from the routes, so none of them can be forgotten here.

use domain::access::Role;
use http::Method;
use serde_json::{Value, json};
use server::api::openapi::document;

use super::{
    support::{Script, problem, token, token_at},
    twins::reaches,
};
use crate::{
    access::cases::Reach,
    support::{Answer, TestServer},
};

/// An id that nothing has.
pub(super) const NOTHING: &str = "018f3c1e-0000-7000-8000-000000000001";

pub(super) struct Operation {
    pub(super) id: String,
    method: Method,
    pub(super) path: String,
    body: Option<Value>,
}

pub(super) fn operations() -> Vec<Operation> {
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
    assert!(operations.len() > 70, "the document names the operations");
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
        "create_carrier_profile" | "update_carrier_profile" => json!({ "name": "Main", "carrier": "twilio" }),
        "upload_import" => json!("Number"),
        "read_import_as" => json!({ "encoding": "utf8", "separator": "comma" }),
        "check_import" => json!({ "columns": { "number": 0 } }),
        "apply_import" => json!({ "run": NOTHING }),
        "set_account_role" => json!({ "was": "enterprise_viewer", "role": "enterprise_admin" }),
        "invite_account" => json!({ "email": "new@company.example", "role": "enterprise_viewer" }),
        "update_provider" => json!({ "name": "Test Voice" }),
        "create_enterprise" => json!({ "slug": "new-enterprise", "settings": settings() }),
        "update_enterprise" => settings(),
        "answer_request" => json!({ "verdict": "done" }),
        "create_alert_destination" => json!({ "kind": "webhook", "address": "https://hooks.company.example/alerts" }),
        other => panic!(
            "{other} takes a body, and body_of in server/tests/http/api/borders.rs knows none for it. Add one that can \
             be read; what it names need not exist."
        ),
    }
}

fn settings() -> Value {
    json!({
        "name": "Alder Clinics",
        "sms": true,
        "group_texting": false,
        "secure_sms": false,
        "manages_own_numbers": true,
        "connector_app": "unified",
    })
}

impl Operation {
    async fn ask(&self, script: &Script<'_>, enterprise: &str) -> Answer {
        self.ask_about(script, enterprise, NOTHING).await
    }

    /// Asks about the thing of that id.
    pub(super) async fn ask_about(&self, script: &Script<'_>, enterprise: &str, id: &str) -> Answer {
        let path = [
            ("{enterprise}", enterprise),
            ("{id}", id),
            ("{token}", NOTHING),
            ("{kind}", "numbers"),
            ("{resource}", "sms_group"),
        ]
        .into_iter()
        .fold(self.path.clone(), |path, (name, value)| path.replace(name, value));
        let headers = [("if-match", "\"1\"")];
        script
            .send(self.method.clone(), &path, &headers, self.body.as_ref())
            .await
    }

    fn is_of_an_enterprise(&self) -> bool {
        self.path.contains("{enterprise}")
    }

    /// Whose business it is, by the server function that it is the twin of.
    fn reach(&self) -> Reach {
        reaches()[self.id.as_str()]
    }

    /// Makes sure that it answers whoever has `role` as the server function answers them; what it is about does not exist.
    fn expect(&self, role: Role, answer: &Answer) {
        let refusal = match (role, self.reach()) {
            (Role::ProviderAdmin, _) => None,
            (Role::EnterpriseAdmin | Role::EnterpriseViewer, Reach::Provider) => Some((404, "not_found")),
            (Role::EnterpriseAdmin | Role::EnterpriseViewer, Reach::OfProvider) => Some((403, "forbidden")),
            (Role::EnterpriseViewer, Reach::Changes) => Some((403, "forbidden")),
            (Role::EnterpriseAdmin | Role::EnterpriseViewer, _) => None,
        };
        let status = answer.status.as_u16();
        let Some((refused, code)) = refusal else {
            assert!(!matches!(status, 401 | 403 | 500..), "{}: {}", self.id, answer.body);
            return;
        };
        assert_eq!(status, refused, "{}: {}", self.id, answer.body);
        problem(answer, refused, code);
    }

    /// Makes sure that the document names the status of an answer.
    fn expect_documented(&self, answer: &Answer) {
        let (method, status) = (self.method.as_str().to_lowercase(), answer.status.as_u16());
        let documented = &document()["paths"][&self.path][&method]["responses"];
        assert!(
            documented.get(status.to_string()).is_some(),
            "{} answers {status}, which the document does not name",
            self.id
        );
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
        operation.expect(Role::EnterpriseViewer, &answer);
        operation.expect_documented(&answer);
    }
    assert_eq!(server.portal.number(entries).await, 0);
}

/// The same policy as behind the pages: what somebody may there is not refused here, what is refused there is refused here,
/// and every answer is one that the document names.
#[tokio::test]
async fn the_policy_of_the_pages_holds_and_every_status_is_documented() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let (admin, provider) = (clinic.admin().await, server.portal.provider_admin().await);
    for (ctx, role) in [(&admin, Role::EnterpriseAdmin), (&provider, Role::ProviderAdmin)] {
        let script = Script::with(&server, token(&server.portal, ctx, role).await);
        for operation in operations() {
            let answer = operation.ask(&script, "alder-clinics").await;
            operation.expect(role, &answer);
            operation.expect_documented(&answer);
        }
    }
}

/// A provider's token does no more than it was made for, whatever its account may.
#[tokio::test]
async fn a_token_of_a_provider_is_held_to_its_role_and_its_enterprise() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    server.portal.enterprise("borealis-freight").await;
    let provider = server.portal.provider_admin().await;
    let as_admin = token(&server.portal, &provider, Role::EnterpriseAdmin).await;
    let of_clinic = token_at(&server.portal, &provider, Some(clinic.slug()), Role::ProviderAdmin).await;
    let (as_admin, of_clinic) = (Script::with(&server, as_admin), Script::with(&server, of_clinic));
    for operation in operations() {
        let answer = operation.ask(&as_admin, "alder-clinics").await;
        operation.expect(Role::EnterpriseAdmin, &answer);
        let elsewhere = operation.ask(&of_clinic, "borealis-freight").await;
        match operation.reach() {
            Reach::SignedIn => assert_eq!(elsewhere.status.as_u16(), 200, "{}", operation.id),
            _ => drop(problem(&elsewhere, 404, "not_found")),
        }
        if operation.reach() != Reach::Provider {
            operation.expect(Role::ProviderAdmin, &operation.ask(&of_clinic, "alder-clinics").await);
        }
    }
}
