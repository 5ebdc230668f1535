//! Renewing, turn by turn.

use backend::{
    services::{audit, carrier_profile},
    testing::Engine,
};
use chrono::TimeDelta;
use domain::domain_subscription::{RenewalStatus, SubscriptionState};
use rstest::rstest;

use crate::lab::{HOST, Lab, OURS, profile_input};

#[rstest]
#[tokio::test]
async fn an_expired_domain_is_subscribed_again_for_a_year(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (lab, clinic, profile) = Lab::with_clinic(engine).await;
    let id = clinic.domain("voice.example", profile, -2).await;

    lab.pass(TimeDelta::zero()).await;

    let made = lab.only("voice.example");
    assert_eq!(
        (made.model.as_str(), made.post_url.as_str(), made.geo.as_str()),
        ("message", OURS, "yes")
    );
    assert_eq!((made.expires_at - lab.now()).num_days(), 365);
    let row = lab.row(&clinic, id).await;
    assert_eq!(
        (row.state, row.renewal),
        (SubscriptionState::Active, RenewalStatus::Idle)
    );
    assert_eq!(row.subscription_id, Some(made.id));
    assert_eq!(row.expires_at, Some(made.expires_at));
    assert_eq!(row.next_attempt_at, Some(made.expires_at - TimeDelta::days(30)));
    assert!(row.last_renewed_at.is_some());
    let verified = audit::verify(&lab.portal.system(), lab.portal.backend()).await.unwrap();
    assert!(verified.iter().all(|report| report.flaws.is_empty()));
}

#[rstest]
#[tokio::test]
async fn a_domain_near_its_end_keeps_its_subscription_and_gets_another_end(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = Lab::open(engine).await;
    lab.stand_in.world().switches.write_delay_ms = 2_500;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let profile = lab.profile(&clinic, "Main", HOST).await;
    let id = clinic.domain("voice.example", profile, 5).await;
    let there = lab.seed("Voice.Example", 5, OURS);

    lab.pass(TimeDelta::zero()).await;

    let kept = lab.only("Voice.Example");
    assert_eq!(kept.id, there);
    assert!(kept.expires_at - lab.now() > TimeDelta::days(360));
    let row = lab.row(&clinic, id).await;
    assert_eq!((row.renewal, row.subscription_id), (RenewalStatus::Idle, Some(there)));
}

#[tokio::test]
async fn a_subscription_of_somebody_else_is_left_alone_and_one_too_many_of_ours_is_removed() {
    let (lab, clinic, profile) = Lab::with_clinic(Engine::Sqlite).await;
    clinic.domain("voice.example", profile, 100).await;
    lab.stand_in.world().switches.purge_seconds = 10 * 86_400;
    let foreign = lab.seed("voice.example", 1, "https://other.example/hook");
    let kept = lab.seed("voice.example", 100, OURS);
    lab.seed("voice.example", -1, "https://inbound.portal.example/former");

    lab.pass(TimeDelta::zero()).await;

    let mut left: Vec<String> = lab
        .at_carrier("voice.example")
        .into_iter()
        .map(|found| found.id)
        .collect();
    left.sort();
    let mut expected = vec![foreign.clone(), kept];
    expected.sort();
    assert_eq!(left, expected);
    let touched = lab
        .stand_in
        .world()
        .writes
        .iter()
        .any(|write| write.id.as_ref() == Some(&foreign));
    assert!(!touched);
}

#[rstest]
#[tokio::test]
async fn refused_credentials_are_told_and_new_ones_are_tried_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let (system, backend) = (lab.portal.system(), lab.portal.backend());
    let wrong = profile_input("Main", HOST, &[("api_key", "nss_wrong")]);
    let made = carrier_profile::create(&system, backend, clinic.slug(), &wrong)
        .await
        .unwrap();
    let id = clinic.domain("voice.example", made.id, -2).await;

    lab.pass(TimeDelta::zero()).await;
    let row = lab.row(&clinic, id).await;
    assert_eq!(row.renewal, RenewalStatus::Failed);
    assert_eq!(row.failure.as_deref(), Some("The carrier refused the credentials."));
    assert!(row.next_attempt_at.is_some_and(|next| next > lab.now()));

    let entries = lab.portal.number("SELECT COUNT(*) FROM audit_event").await;
    lab.pass(TimeDelta::minutes(3)).await;
    let again = lab.portal.number("SELECT COUNT(*) FROM audit_event").await;
    assert_eq!(entries, again, "the same failure is told once");

    let right = profile_input("Main", HOST, &[("api_key", "nss_demo_key")]);
    carrier_profile::update(&system, backend, clinic.slug(), made.id, 1, &right)
        .await
        .unwrap();
    lab.pass(TimeDelta::seconds(1)).await;
    let row = lab.row(&clinic, id).await;
    assert_eq!(
        (row.renewal, row.failure, row.state),
        (RenewalStatus::Idle, None, SubscriptionState::Active)
    );
}

#[tokio::test]
async fn what_ended_at_the_carrier_without_our_doing_is_noticed() {
    let (lab, ..) = Lab::with_domain(Engine::Sqlite).await;
    let now = lab.now();
    lab.stand_in.world().expire(Some("voice.example"), now);
    lab.pass(TimeDelta::minutes(6)).await;
    let renewed = lab.only("voice.example");
    assert!(renewed.expires_at > lab.now());
}

#[tokio::test]
async fn two_servers_have_one_turn() {
    let (lab, clinic, profile) = Lab::with_clinic(Engine::Sqlite).await;
    clinic.domain("voice.example", profile, -2).await;
    let (one, other) = (lab.renewal(), lab.renewal());
    let (one, other) = tokio::join!(one.round(), other.round());
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(lab.at_carrier("voice.example").len(), 1);
}

#[tokio::test]
async fn a_profile_without_credentials_is_not_touched() {
    let lab = Lab::open(Engine::Sqlite).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let (system, backend) = (lab.portal.system(), lab.portal.backend());
    let input = profile_input("Main", HOST, &[]);
    let made = carrier_profile::create(&system, backend, clinic.slug(), &input)
        .await
        .unwrap();
    let id = clinic.domain("voice.example", made.id, -2).await;
    assert_eq!(lab.renewal().round().await.unwrap(), 0);
    assert_eq!(lab.row(&clinic, id).await.version, 1);
}
