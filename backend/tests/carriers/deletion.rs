//! Deleting domains at a carrier that may do later what it was asked for before.

use backend::testing::Engine;
use chrono::TimeDelta;
use domain::domain_subscription::RenewalStatus;
use rstest::rstest;

use crate::lab::{Lab, OURS};

#[tokio::test]
async fn a_deleted_domain_is_gone_at_the_carrier_and_stays_gone() {
    let (lab, clinic, profile) = Lab::with_clinic(Engine::Sqlite).await;
    let id = clinic.domain("voice.example", profile, 100).await;
    // One that we know of, and one whose making was never answered.
    lab.seed("voice.example", 100, OURS);
    lab.seed("voice.example", 90, OURS);

    lab.delete(&clinic, id).await;
    assert!(lab.at_carrier("voice.example").is_empty());
    lab.pass(TimeDelta::hours(2)).await;
    assert!(lab.at_carrier("voice.example").is_empty());
}

#[rstest]
#[tokio::test]
async fn what_appears_at_the_carrier_after_the_first_look_is_removed_too(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (lab, clinic, profile) = Lab::with_clinic(engine).await;
    let id = lab.subscribe(&clinic, "voice.example", profile).await.unwrap().id;
    {
        let mut world = lab.stand_in.world();
        world.switches.write_delay_ms = 60_000;
        world.switches.loses_creations = true;
    }
    lab.renewal().round().await.unwrap();
    let row = lab.row(&clinic, id).await;
    assert_eq!((row.renewal, row.subscription_id), (RenewalStatus::Failed, None));
    assert!(lab.at_carrier("voice.example").is_empty(), "the carrier does it later");

    lab.stand_in.world().switches.write_delay_ms = 0;
    lab.delete(&clinic, id).await;
    assert!(lab.at_carrier("voice.example").is_empty());
    lab.pass(TimeDelta::hours(2)).await;
    assert!(lab.at_carrier("voice.example").is_empty(), "it came back");
}

#[tokio::test]
async fn a_deletion_waits_for_nothing_where_nothing_is_in_doubt() {
    let (lab, clinic, profile) = Lab::with_clinic(Engine::Sqlite).await;
    let id = lab.subscribe(&clinic, "voice.example", profile).await.unwrap().id;
    lab.pass(TimeDelta::minutes(1)).await;
    assert_eq!(lab.row(&clinic, id).await.renewal, RenewalStatus::Idle);

    let before = lab.now();
    lab.delete(&clinic, id).await;
    assert!(lab.at_carrier("voice.example").is_empty());
    assert!(lab.now() - before < TimeDelta::seconds(5), "{}", lab.now() - before);
}

#[tokio::test]
async fn a_domain_that_the_carrier_refused_can_be_deleted_while_it_refuses() {
    let (lab, clinic, profile) = Lab::with_clinic(Engine::Sqlite).await;
    let id = lab.subscribe(&clinic, "voice.example", profile).await.unwrap().id;
    lab.stand_in.world().accounts.clear();
    lab.renewal().round().await.unwrap();
    assert_eq!(lab.row(&clinic, id).await.renewal, RenewalStatus::Failed);
    lab.delete(&clinic, id).await;
}
