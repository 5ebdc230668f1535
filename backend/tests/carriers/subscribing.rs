//! Subscribing domains and renewing them at once, as their provider does.

use std::time::Duration;

use backend::{
    Parts,
    jobs::{Renewal, RenewalSettings},
    services::{audit, carrier_profile, domain_subscription},
    testing::{Engine, TestEnterprise, anonymous},
};
use chrono::TimeDelta;
use domain::{
    access::{Action, Resource},
    carrier_profile::CarrierKind,
    domain_subscription::{ForeignSubscription, RenewalStatus, SubscriptionState},
    error::Error,
    ids::CarrierProfileId,
};
use rstest::rstest;

use crate::lab::{HOST, Lab, OURS, domain_input, profile_input};

/// Two enterprises, each with a profile; that of the second one is at `host`.
async fn neighbours(engine: Engine, host: &str) -> (Lab, [(TestEnterprise, CarrierProfileId); 2]) {
    let (lab, clinic, profile) = Lab::with_clinic(engine).await;
    let freight = lab.portal.enterprise("borealis-freight").await;
    let theirs = lab.profile(&freight, "Main", host).await;
    (lab, [(clinic, profile), (freight, theirs)])
}

#[rstest]
#[tokio::test]
async fn a_domain_waits_in_its_row_until_the_carrier_has_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (lab, clinic, profile) = Lab::with_clinic(engine).await;

    let row = lab.subscribe(&clinic, " Voice.Example ", profile).await.unwrap();
    assert_eq!((row.domain.as_str(), row.version), ("voice.example", 1));
    assert_eq!(
        (row.state, row.renewal),
        (SubscriptionState::Missing, RenewalStatus::Renewing)
    );
    assert!(lab.at_carrier("voice.example").is_empty(), "the request asks nobody");

    lab.pass(TimeDelta::minutes(1)).await;
    let made = lab.only("voice.example");
    assert_eq!((made.post_url.as_str(), made.host.as_str()), (OURS, HOST));
    let after = lab.row(&clinic, row.id).await;
    assert_eq!(
        (after.state, after.renewal),
        (SubscriptionState::Active, RenewalStatus::Idle)
    );
    assert_eq!((after.subscription_id, after.failure), (Some(made.id), None));
    let added = "SELECT COUNT(*) FROM audit_event WHERE resource = 'domain_subscription' AND action = 'create' \
                 AND before IS NULL AND account_id IS NOT NULL AND subject = 'voice.example'";
    assert_eq!(lab.portal.number(added).await, 1);
    let verified = audit::verify(&lab.portal.system(), lab.portal.backend()).await.unwrap();
    assert!(verified.iter().all(|report| report.flaws.is_empty()));
}

#[tokio::test]
async fn whoever_renews_in_the_same_program_hears_of_it_at_once() {
    let (lab, clinic, profile) = Lab::with_clinic(Engine::Sqlite).await;
    let settings = RenewalSettings {
        poll: Duration::from_secs(60 * 60),
        ..RenewalSettings::default()
    };
    let renewal = Renewal::new(lab.portal.backend(), settings, lab.timing.clone());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(renewal.run(async move { drop(stopped.await) }));
    lab.subscribe(&clinic, "voice.example", profile).await.unwrap();
    let made = async {
        while lab.at_carrier("voice.example").is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), made).await.unwrap();
    drop(stop);
    running.await.unwrap();
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_subscribed_is_told_at_its_field(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let freight = lab.portal.enterprise("borealis-freight").await;
    let own = lab.profile(&clinic, "Main", HOST).await;
    let theirs = lab.profile(&freight, "Main", HOST).await;
    let twilio = clinic.profile("Twilio", CarrierKind::Twilio).await;
    let (system, backend) = (lab.portal.system(), lab.portal.backend());
    let bare = carrier_profile::create(&system, backend, clinic.slug(), &profile_input("Bare", HOST, &[]))
        .await
        .unwrap();
    lab.subscribe(&clinic, "voice.example", own).await.unwrap();
    for (domain, profile, field) in [
        ("voice example", own, "domain"),
        ("VOICE.example", own, "domain"),
        ("other.example", theirs, "carrier_profile_id"),
        ("other.example", twilio, "carrier_profile_id"),
        ("other.example", bare.id, "carrier_profile_id"),
    ] {
        let refused = lab.subscribe(&clinic, domain, profile).await.unwrap_err();
        let fields: Vec<&str> = refused
            .field_errors()
            .iter()
            .map(|error| error.field.as_str())
            .collect();
        assert_eq!(fields, [field], "{refused:?}");
    }
    assert_eq!(lab.portal.number("SELECT COUNT(*) FROM domain_subscription").await, 1);
}

#[tokio::test]
async fn without_an_address_for_what_comes_in_nothing_is_subscribed_or_renewed() {
    let (lab, clinic, profile) = Lab::with_clinic(Engine::Sqlite).await;
    let id = clinic.domain("voice.example", profile, 100).await;
    let parts = Parts {
        carriers: lab.carriers.clone(),
        ..Parts::default()
    };
    let backend = lab.portal.database().open_with_parts(parts).await;
    let system = lab.portal.system();
    let added = domain_subscription::subscribe(
        &system,
        &backend,
        clinic.slug(),
        &domain_input("other.example", profile),
    )
    .await;
    assert!(matches!(added, Err(Error::NotSupported { .. })), "{added:?}");
    let renewed = domain_subscription::renew(&system, &backend, clinic.slug(), id).await;
    assert!(matches!(renewed, Err(Error::NotSupported { .. })), "{renewed:?}");
    assert_eq!(lab.row(&clinic, id).await.version, 1);
}

/// The carrier acts a while after it has answered; what it shows until then does not count as the renewal.
#[rstest]
#[tokio::test]
async fn renewing_now_gives_a_year_to_what_is_not_about_to_end(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (lab, clinic, id, there) = Lab::with_domain(engine).await;
    lab.stand_in.world().switches.write_delay_ms = 2_500;
    let (provider, backend) = (lab.portal.provider_admin().await, lab.portal.backend());

    let asked = domain_subscription::renew(&provider, backend, clinic.slug(), id)
        .await
        .unwrap();
    assert_eq!(
        (asked.renewal, asked.state),
        (RenewalStatus::Renewing, SubscriptionState::Active)
    );
    let again = domain_subscription::renew(&provider, backend, clinic.slug(), id).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    assert!(lab.only("voice.example").expires_at - lab.now() < TimeDelta::days(101));

    lab.pass(TimeDelta::minutes(1)).await;
    let renewed = lab.only("voice.example");
    assert_eq!(renewed.id, there);
    assert!(renewed.expires_at - lab.now() > TimeDelta::days(364));
    let after = lab.row(&clinic, id).await;
    assert_eq!(
        (after.renewal, after.expires_at),
        (RenewalStatus::Idle, Some(renewed.expires_at))
    );
    let still = "SELECT COUNT(*) FROM domain_subscription WHERE renewal_asked";
    assert_eq!(lab.portal.number(still).await, 0);
    let by_the_provider = "SELECT COUNT(*) FROM audit_event WHERE resource = 'domain_subscription' \
                           AND action = 'update' AND account_id IS NOT NULL";
    assert_eq!(lab.portal.number(by_the_provider).await, 1);
}

#[rstest]
#[tokio::test]
async fn a_renewal_that_fails_is_wanted_until_it_succeeds(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (lab, clinic, id, _) = Lab::with_domain(engine).await;
    let (provider, backend) = (lab.portal.provider_admin().await, lab.portal.backend());
    domain_subscription::renew(&provider, backend, clinic.slug(), id)
        .await
        .unwrap();

    lab.stand_in.world().switches.down = true;
    lab.pass(TimeDelta::minutes(1)).await;
    assert_eq!(lab.row(&clinic, id).await.renewal, RenewalStatus::Failed);
    lab.stand_in.world().switches.down = false;
    lab.pass(TimeDelta::minutes(3)).await;
    assert_eq!(lab.row(&clinic, id).await.renewal, RenewalStatus::Idle);
    assert!(lab.only("voice.example").expires_at - lab.now() > TimeDelta::days(364));
}

#[rstest]
#[case("deleting")]
#[case("deletion_failed")]
#[tokio::test]
async fn what_is_given_up_is_not_renewed(#[case] status: &str) {
    let (lab, clinic, profile) = Lab::with_clinic(Engine::Sqlite).await;
    let id = clinic.domain("voice.example", profile, 100).await;
    let given_up = format!(
        "UPDATE domain_subscription SET renewal_status = '{status}', next_attempt_at = '2999-01-01T00:00:00+00:00'"
    );
    lab.portal.execute(&given_up).await.unwrap();
    let system = lab.portal.system();
    let refused = domain_subscription::renew(&system, lab.portal.backend(), clinic.slug(), id).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    let row = lab.row(&clinic, id).await;
    assert_eq!((row.version, row.next_attempt_at), (1, None));
}

#[tokio::test]
async fn an_end_that_the_carrier_has_moved_forward_is_moved_back() {
    let (lab, ..) = Lab::with_domain(Engine::Sqlite).await;
    let soon = lab.now() + TimeDelta::days(10);
    lab.stand_in.world().subscriptions[0].expires_at = soon;
    lab.pass(TimeDelta::minutes(6)).await;
    assert!(lab.only("voice.example").expires_at - lab.now() > TimeDelta::days(360));
}

#[rstest]
#[tokio::test]
async fn what_others_have_subscribed_is_told_by_id_and_host(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (lab, clinic, profile) = Lab::with_clinic(engine).await;
    let foreign = lab.seed("voice.example", 100, "https://user:secret@other.example/hook?key=1");
    let id = lab.subscribe(&clinic, "voice.example", profile).await.unwrap().id;
    let told = async || {
        let (system, backend) = (lab.portal.system(), lab.portal.backend());
        let details = domain_subscription::get(&system, backend, clinic.slug(), id).await;
        details.unwrap().foreign
    };
    assert_eq!(told().await.count, 0, "nobody has looked yet");

    lab.pass(TimeDelta::minutes(1)).await;
    let found = told().await;
    assert_eq!(
        (found.count, found.named),
        (1, vec![ForeignSubscription::new(&foreign, Some("other.example"))])
    );

    lab.stand_in
        .world()
        .subscriptions
        .retain(|subscription| subscription.id != foreign);
    lab.pass(TimeDelta::minutes(6)).await;
    assert_eq!(told().await.count, 0);
}

#[rstest]
#[tokio::test]
async fn what_another_enterprise_shares_stays_at_the_carrier(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (lab, [(clinic, one), (freight, other)]) = neighbours(engine, HOST).await;
    let one = lab.subscribe(&clinic, "voice.example", one).await.unwrap().id;
    let other = lab.subscribe(&freight, "voice.example", other).await.unwrap().id;
    lab.pass(TimeDelta::minutes(1)).await;
    let shared = lab.only("voice.example");
    for (enterprise, id) in [(&clinic, one), (&freight, other)] {
        assert_eq!(lab.row(enterprise, id).await.subscription_id.as_ref(), Some(&shared.id));
    }

    lab.delete(&clinic, one).await;
    assert_eq!(lab.only("voice.example"), shared);
    lab.delete(&freight, other).await;
    assert!(lab.at_carrier("voice.example").is_empty());
}

#[rstest]
#[tokio::test]
async fn who_only_waits_for_a_shared_domain_gets_it_anew(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (lab, [(clinic, one), (freight, other)]) = neighbours(engine, HOST).await;
    let one = lab.subscribe(&clinic, "voice.example", one).await.unwrap().id;
    lab.pass(TimeDelta::minutes(1)).await;
    let other = lab.subscribe(&freight, "voice.example", other).await.unwrap().id;

    lab.delete(&clinic, one).await;
    assert!(lab.at_carrier("voice.example").is_empty());
    lab.pass(TimeDelta::minutes(1)).await;
    let made = lab.only("voice.example");
    assert_eq!(lab.row(&freight, other).await.subscription_id, Some(made.id));
}

#[tokio::test]
async fn the_same_domain_at_another_host_is_another_subscription() {
    let (lab, [(clinic, one), (freight, other)]) = neighbours(Engine::Sqlite, "api.other.example").await;
    let one = lab.subscribe(&clinic, "voice.example", one).await.unwrap().id;
    lab.subscribe(&freight, "voice.example", other).await.unwrap();
    lab.pass(TimeDelta::minutes(1)).await;
    assert_eq!(lab.at_carrier("voice.example").len(), 2);
    lab.delete(&clinic, one).await;
    assert_eq!(lab.only("voice.example").host, "api.other.example");
}

#[rstest]
#[tokio::test]
async fn only_the_provider_subscribes_and_renews(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let neighbour = lab.portal.enterprise("borealis-freight").await;
    let elsewhere = lab.portal.enterprise_elsewhere("cedar-lines").await;
    let profile = lab.profile(&clinic, "Main", HOST).await;
    let id = clinic.domain("voice.example", profile, 100).await;
    let (backend, slug) = (lab.portal.backend(), clinic.slug());
    let forbidden = |action| Error::Forbidden {
        action,
        resource: Resource::DomainSubscription,
    };
    let hidden = || Error::NotFound {
        resource: Resource::Enterprise,
    };
    for (who, create, update) in [
        (anonymous(), Error::SignedOut, Error::SignedOut),
        (
            clinic.viewer().await,
            forbidden(Action::Create),
            forbidden(Action::Update),
        ),
        (
            clinic.admin().await,
            forbidden(Action::Create),
            forbidden(Action::Update),
        ),
        (neighbour.admin().await, hidden(), hidden()),
        (elsewhere.provider_admin().await, hidden(), hidden()),
    ] {
        let added = domain_subscription::subscribe(&who, backend, slug, &domain_input("other.example", profile)).await;
        assert_eq!(added, Err(create));
        assert_eq!(domain_subscription::renew(&who, backend, slug, id).await, Err(update));
    }
    let provider = lab.portal.provider_admin().await;
    let of_another = domain_subscription::renew(&provider, backend, neighbour.slug(), id).await;
    assert!(matches!(of_another, Err(Error::NotFound { .. })), "{of_another:?}");
    let unchanged = "SELECT COUNT(*) FROM domain_subscription WHERE version = 1";
    assert_eq!(lab.portal.number(unchanged).await, 1);
}
