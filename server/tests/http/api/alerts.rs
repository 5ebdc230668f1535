//! What is wrong in an enterprise, as scripts hear of it.

use backend::jobs::Alerts;
use domain::{access::Role, carrier_profile::CarrierKind};
use serde_json::json;

use super::support::{Script, json, of_clinic, token};
use crate::support::TestServer;

#[tokio::test]
async fn whoever_may_read_an_enterprise_reads_its_open_alerts() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let other = server.portal.enterprise("borealis-freight").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let domain = clinic.domain("voice.example", profile, -1).await;
    // Viewers make no tokens; this one may as little as they do.
    let secret = token(&server.portal, &clinic.admin().await, Role::EnterpriseViewer).await;
    let script = Script::with(&server, secret);
    let alerts = of_clinic("alerts");
    assert_eq!(json(&script.get(&alerts).await), json!({ "rows": [], "total": 0 }));
    Alerts::new(server.portal.backend()).round().await.unwrap();

    let told = json(&script.get(&alerts).await);
    assert_eq!(told["rows"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told["total"], 1);
    let alert = &told["rows"][0];
    assert_eq!(
        (&alert["kind"], &alert["name"], &alert["thing_id"]),
        (&json!("domain_expired"), &json!("voice.example"), &json!(domain.0))
    );
    assert!(alert["since"].is_string(), "{alert}");
    assert_eq!(alert["told_at"], alert["since"], "it has only just begun");

    let elsewhere = Script::of_admin(&server, &other).await;
    let theirs = json(&elsewhere.get("/api/v1/enterprises/borealis-freight/alerts").await);
    assert_eq!(theirs, json!({ "rows": [], "total": 0 }));
}
