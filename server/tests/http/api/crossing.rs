//! Ids of one enterprise in the addresses and bodies of another one, sent by somebody who reaches both: there they stand
//! for nothing. The paths come from the OpenAPI document, so none can be forgotten here.

use backend::{
    services::{import_upload, membership, sms_group},
    testing::TestEnterprise,
};
use domain::{
    access::Role, carrier_profile::CarrierKind, ids::TaskId, import::ImportKind, invitation::InviteInput,
    sms_group::SmsGroupInput,
};
use http::Method;
use serde_json::{Value, json};

use super::{
    borders::{NOTHING, operations},
    support::{Script, token},
};
use crate::support::TestServer;

/// A body that names something by its id.
type Body<'b> = &'b dyn Fn(&str) -> Value;

/// What an enterprise has, by the part of the address that says its kind; see [`kind`].
struct Things(Vec<(&'static str, String)>);

impl Things {
    async fn of(server: &TestServer, clinic: &TestEnterprise) -> Self {
        let ada = clinic.user("Ada Brandt").insert().await;
        let number = clinic.number("+12065550100").insert().await;
        let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
        let domain = clinic.domain("voice.example", profile, -1).await;
        let task = TaskId(uuid::Uuid::now_v7());
        clinic.failed_task(task).await;
        let input = SmsGroupInput {
            name: "Front Desk".to_owned(),
            owner_id: Some(ada),
            member_ids: vec![ada],
            ..SmsGroupInput::default()
        };
        clinic.viewer().await;
        let member = "SELECT lower(hex(max(id))) FROM membership WHERE enterprise_id = \
                      (SELECT id FROM enterprise WHERE slug = 'alder-clinics')";
        let account = server.portal.text(member).await;
        let (system, backend) = (server.portal.system(), server.portal.backend());
        let guest = InviteInput {
            email: "guest@company.example".to_owned(),
            role: Role::EnterpriseViewer,
        };
        let invitation = membership::invite(&system, backend, clinic.slug(), &guest)
            .await
            .unwrap();
        let group = sms_group::create(&system, backend, clinic.slug(), &input)
            .await
            .unwrap();
        let entry = server.portal.text("SELECT lower(hex(max(id))) FROM audit_event").await;
        Self(vec![
            ("users", ada.to_string()),
            ("numbers", number.to_string()),
            ("domains", domain.to_string()),
            ("tasks", task.to_string()),
            ("groups", group.id.to_string()),
            ("audit", entry.unwrap()),
            ("carrier-profiles", profile.to_string()),
            ("accounts", account.unwrap()),
            ("invitations", invitation.id.to_string()),
            ("imports", uploaded(server, clinic).await),
        ])
    }

    fn id(&self, kind: &str) -> &str {
        match self.0.iter().find(|(known, _)| *known == kind) {
            Some((_, id)) => id,
            None => panic!("Things of server/tests/http/api/crossing.rs has nothing of the kind {kind:?}. Add one."),
        }
    }
}

/// A file that was uploaded to be imported.
async fn uploaded(server: &TestServer, clinic: &TestEnterprise) -> String {
    let (system, backend, kind) = (server.portal.system(), server.portal.backend(), ImportKind::Numbers);
    let mut receiving = import_upload::receive(&system, backend, clinic.slug(), kind, "numbers.csv")
        .await
        .unwrap();
    receiving.write(b"Number\n+12065550183\n").await.unwrap();
    receiving.finish().await.unwrap().id.to_string()
}

/// Of which kind the id in the path of an operation is: mostly the part before it says so.
fn kind(path: &str) -> &str {
    let (before, _) = path.split_once("/{id}").unwrap();
    match before.rsplit('/').next().unwrap_or_default() {
        "from-carrier" => "carrier-profiles",
        "{kind}" => "imports",
        // Whose history is asked for, says `Operation::ask_about`.
        "{resource}" => "groups",
        named => named,
    }
}

/// A script of the provider, which reaches all of its enterprises.
async fn script_of_provider(server: &TestServer) -> Script<'_> {
    let provider = server.portal.provider_admin().await;
    Script::with(server, token(&server.portal, &provider, Role::ProviderAdmin).await)
}

/// How many changes the log of `alder-clinics` tells of.
async fn changes(server: &TestServer) -> i64 {
    let sql = "SELECT COUNT(*) FROM audit_event WHERE enterprise_id = \
               (SELECT id FROM enterprise WHERE slug = 'alder-clinics')";
    server.portal.number(sql).await
}

#[tokio::test]
async fn no_id_in_an_address_leads_into_another_enterprise() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    server.portal.enterprise("borealis-freight").await;
    let things = Things::of(&server, &clinic).await;
    let script = script_of_provider(&server).await;
    for kind in [
        "users",
        "numbers",
        "domains",
        "tasks",
        "groups",
        "audit",
        "carrier-profiles",
        "accounts",
        "imports/numbers",
    ] {
        let id = things.id(kind.split('/').next().unwrap());
        let at_home = format!("/api/v1/enterprises/alder-clinics/{kind}/{id}");
        assert_eq!(script.get(&at_home).await.status.as_u16(), 200, "{at_home}");
    }
    let before = changes(&server).await;
    let of_one = operations()
        .into_iter()
        .filter(|operation| operation.path.contains("{enterprise}") && operation.path.contains("{id}"));
    for operation in of_one {
        let id = things.id(kind(&operation.path));
        let crossed = operation.ask_about(&script, "borealis-freight", id).await;
        let nothing = operation.ask_about(&script, "borealis-freight", NOTHING).await;
        // Of what was never there nothing was done to, which is an answer.
        let is_history = operation.id == "get_history";
        assert!(
            is_history || crossed.status.is_client_error(),
            "{}: {} {}",
            operation.id,
            crossed.status,
            crossed.body
        );
        assert_eq!(
            (crossed.status, crossed.body.replace(id, NOTHING)),
            (nothing.status, nothing.body),
            "{} tells what is in another enterprise",
            operation.id
        );
    }
    assert_eq!(changes(&server).await, before);
}

#[tokio::test]
async fn no_id_in_a_body_leads_into_another_enterprise() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let freight = server.portal.enterprise("borealis-freight").await;
    let things = Things::of(&server, &clinic).await;
    let bela = freight.user("Bela Novak").insert().await;
    let own = freight.number("+12535550104").insert().await;
    let script = script_of_provider(&server).await;
    let before = changes(&server).await;
    let of_group = |owner: &str, numbers: &[&str]| json!({ "name": "Lobby", "owner_id": owner, "member_ids": [bela.0], "number_ids": numbers });
    let bela_id = bela.to_string();
    let (assignment, of_user) = (format!("numbers/{own}/assignment"), format!("users/{bela}/numbers"));
    let preview = format!("users/{bela}/offboard-preview");
    let cases: [(Method, &str, &str, Body<'_>); 7] = [
        (Method::POST, "groups", "users", &|id| of_group(id, &[])),
        (Method::POST, "groups", "numbers", &|id| of_group(&bela_id, &[id])),
        (
            Method::PUT,
            &assignment,
            "users",
            &|id| json!({ "to": { "kind": "teams_user", "id": id } }),
        ),
        (
            Method::PUT,
            &assignment,
            "groups",
            &|id| json!({ "to": { "kind": "sms_group", "id": id } }),
        ),
        (Method::PUT, &of_user, "numbers", &|id| json!({ "number_ids": [id] })),
        (
            Method::POST,
            "numbers/bulk-delete",
            "numbers",
            &|id| json!({ "selection": { "ids": [id] } }),
        ),
        (Method::POST, &preview, "users", &|id| json!({ "numbers_to": id })),
    ];
    for (method, path, kind, body) in cases {
        let address = format!("/api/v1/enterprises/borealis-freight/{path}");
        let id = things.id(kind);
        let headers = [("if-match", "\"1\"")];
        let crossed = script.send(method.clone(), &address, &headers, Some(&body(id))).await;
        let nothing = script.send(method, &address, &headers, Some(&body(NOTHING))).await;
        assert_eq!(
            (crossed.status, crossed.body.replace(id, NOTHING)),
            (nothing.status, nothing.body),
            "{path} with an id of {kind}"
        );
    }
    assert_eq!(changes(&server).await, before);
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM number_assignment").await, 0);
}
