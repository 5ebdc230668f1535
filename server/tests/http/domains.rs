//! Deleting domains over HTTP: what is said when the portal cannot do it.

use domain::{access::Role, carrier_profile::CarrierKind};
use http::StatusCode;

use crate::support::TestServer;

#[tokio::test]
async fn a_carrier_the_portal_cannot_talk_to_is_named() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::SkySwitch).await;
    let domain = clinic.domain("voice.example", profile, 30).await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;

    let body = format!(r#"{{"enterprise":"alder-clinics","id":"{domain}","version":1}}"#);
    let answer = admin.post_call("/rpc/domain_subscription/delete", &body).await;

    assert_eq!(answer.status, StatusCode::NOT_IMPLEMENTED);
    let sentence = "The portal cannot talk to SkySwitch yet. Nothing was changed.";
    assert!(answer.body.contains(sentence), "{}", answer.body);
    let unchanged = "SELECT COUNT(*) FROM domain_subscription WHERE renewal_status = 'idle' AND version = 1";
    assert_eq!(server.portal.number(unchanged).await, 1);
}
