//! How much a carrier may list.

use backend::{
    services::import_upload,
    testing::{Engine, TestPortal},
};
use domain::{carrier_profile::CarrierKind, import::MAX_ROWS};
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn more_numbers_than_can_be_imported_at_once_are_not_taken_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    clinic.domain("voice.example", profile, 40).await;
    clinic.credential(profile, "api_key", "secret").await;
    let admin = clinic.admin().await;
    let most = usize::try_from(MAX_ROWS).unwrap();
    portal.carrier().set_numbers(most + 1);
    let refused = import_upload::receive_from_carrier(&admin, portal.backend(), clinic.slug(), profile).await;
    let reason = "The carrier lists more than 500000 numbers or 50 MB, the most that can be imported at once.";
    assert_eq!(refused.unwrap_err().to_string(), reason);
    assert_eq!(portal.number("SELECT COUNT(*) FROM import_chunk").await, 0);
    portal.carrier().set_numbers(most);
    let taken = import_upload::receive_from_carrier(&admin, portal.backend(), clinic.slug(), profile).await;
    assert!(taken.unwrap().bytes > MAX_ROWS * 40);
}
