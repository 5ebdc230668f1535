//! Domains, as a script of their provider keeps them.

use domain::{access::Role, carrier_profile::CarrierKind};
use http::StatusCode;
use serde_json::json;

use super::support::{Script, json, of_clinic, problem, token};
use crate::support::TestServer;

#[tokio::test]
async fn a_domain_is_subscribed_and_renewed_by_the_provider() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let provider = server.portal.provider_admin().await;
    let script = Script::with(&server, token(&server.portal, &provider, Role::ProviderAdmin).await);

    let input = json!({ "domain": "Voice.Example", "carrier_profile_id": profile.0 });
    let made = script.post(&of_clinic("domains"), &input).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    assert_eq!(made.header("etag"), "\"1\"");
    let domain = json(&made);
    assert_eq!(
        (&domain["domain"], &domain["renewal"], &domain["state"]),
        (&json!("voice.example"), &json!("renewing"), &json!("missing"))
    );
    let address = made.header("location").to_owned();
    assert_eq!(json(&script.get(&address).await)["domain"], domain);
    let again = script.post(&of_clinic("domains"), &input).await;
    assert_eq!(problem(&again, 409, "conflict")["errors"][0]["field"], "domain");

    let renewal = format!("{address}/renew");
    problem(&script.post(&renewal, &json!({})).await, 409, "conflict");
    let done = "UPDATE domain_subscription SET renewal_status = 'idle'";
    server.portal.execute(done).await.unwrap();
    let asked = script.post(&renewal, &json!({})).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.body);
    assert_eq!(asked.header("etag"), "\"2\"");
    assert_eq!(json(&asked)["renewal"], "renewing");

    let admin = Script::of_admin(&server, &clinic).await;
    problem(&admin.post(&of_clinic("domains"), &input).await, 403, "forbidden");
    problem(&admin.post(&renewal, &json!({})).await, 403, "forbidden");
}

/// Everybody of the enterprise may know of them.
#[tokio::test]
async fn what_others_have_subscribed_is_told() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let domain = clinic.domain("voice.example", profile, 20).await;
    let script = Script::with(
        &server,
        token(&server.portal, &clinic.admin().await, Role::EnterpriseViewer).await,
    );
    let address = of_clinic(&format!("domains/{domain}"));
    let none = json(&script.get(&address).await);
    assert_eq!(none["foreign"], json!({ "count": 0, "named": [] }));
    let found =
        json!({ "count": 12, "named": [{ "id": "4711", "host": "other.example" }, { "id": null, "host": null }] });
    let noted = format!("UPDATE domain_subscription SET foreign_subscriptions = '{found}'");
    server.portal.execute(&noted).await.unwrap();
    assert_eq!(json(&script.get(&address).await)["foreign"], found);
}

#[tokio::test]
async fn what_is_missing_or_wrong_names_its_field() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let twilio = clinic.profile("Main", CarrierKind::Twilio).await;
    let provider = server.portal.provider_admin().await;
    let script = Script::with(&server, token(&server.portal, &provider, Role::ProviderAdmin).await);
    let wrong = json!({ "domain": "voice example", "carrier_profile_id": twilio.0 });
    let refused = problem(&script.post(&of_clinic("domains"), &wrong).await, 422, "invalid");
    assert_eq!(refused["errors"][0]["field"], "domain");
    let other = json!({ "domain": "voice.example", "carrier_profile_id": twilio.0 });
    let refused = problem(&script.post(&of_clinic("domains"), &other).await, 422, "invalid");
    assert_eq!(refused["errors"][0]["field"], "carrier_profile_id");
    problem(&script.post(&of_clinic("domains"), &json!({})).await, 422, "bad_body");
}
