//! Deletions of domains that a stop has cut off are taken up when the program starts.

use std::time::Duration;

use backend::{
    services::live,
    testing::{Engine, TestPortal},
};
use domain::{
    access::Resource,
    audit::{AuditAction, AuditSubject},
    carrier_profile::CarrierKind,
    live::LiveEvent,
};

use crate::program::{Place, Serving};

/// The profile has no credentials, so going on with the deletion shows as a failure that says so.
#[tokio::test]
async fn a_deletion_is_taken_up_at_the_start() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let id = clinic.domain("voice.example", profile, 30).await;
    portal
        .execute("UPDATE domain_subscription SET renewal_status = 'deleting', version = 2")
        .await
        .unwrap();
    let mut listener = live::subscribe(&portal.system(), portal.backend(), clinic.slug())
        .await
        .unwrap();

    let place = Place::new();
    let mut command = place.command(&[]);
    command.env("DATABASE_URL", portal.database().url());
    let serving = Serving::start(command);

    let told = LiveEvent::Changed(AuditSubject {
        action: AuditAction::Update,
        resource: Resource::DomainSubscription,
        id: Some(id.0),
    });
    let hearing = async { while listener.next_event().await != Some(told) {} };
    tokio::time::timeout(Duration::from_secs(10), hearing).await.unwrap();
    let failure = "SELECT failure FROM domain_subscription WHERE renewal_status = 'deletion_failed'";
    assert_eq!(
        portal.text(failure).await.as_deref(),
        Some("This carrier profile has no credentials yet.")
    );
    serving.stop();
    serving.ends_well();
}
