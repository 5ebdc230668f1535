//! What is noticed, and that each change is told once.

use std::time::Duration;

use backend::{
    services::{alert, enterprise, live},
    testing::{Engine, TestEnterprise},
};
use chrono::TimeDelta;
use domain::{
    alert::{ALERTS_LISTED, AlertKind, OpenAlert},
    carrier_profile::CarrierKind,
    live::{CARRIER_PROFILES, DOMAIN_SUBSCRIPTIONS, ENTERPRISES, Stale},
};
use rstest::rstest;

use crate::{
    lab::{Lab, OPERATIONS},
    mail_server::Mail,
};

/// An enterprise with a domain that ends in so many days.
async fn with_domain(lab: &Lab, slug: &'static str, days_left: i64) -> TestEnterprise {
    let enterprise = lab.portal.enterprise(slug).await;
    let profile = enterprise.profile("Main", CarrierKind::NetSapiens).await;
    enterprise.domain("voice.example", profile, days_left).await;
    enterprise
}

/// Nobody changes anything when a subscription ends, but open pages show other states from then on.
#[rstest]
#[tokio::test]
async fn open_pages_hear_of_a_state_that_passes_with_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = with_domain(&lab, "alder-clinics", 30).await;
    lab.round().await;
    let viewer = clinic.viewer().await;
    let mut listener = live::subscribe(&viewer, &lab.backend, clinic.slug()).await.unwrap();
    // Expiring soon, then expired.
    for days in [24, 7] {
        lab.pass(TimeDelta::days(days)).await;
        let event = tokio::time::timeout(Duration::from_secs(2), listener.next_event());
        let event = event.await.expect("an event within two seconds").expect("an event");
        for table in [DOMAIN_SUBSCRIPTIONS, CARRIER_PROFILES, ENTERPRISES] {
            assert_eq!(table.stale_after(&[event]), Stale::Table, "{event}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn each_change_of_a_domain_is_told_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = with_domain(&lab, "alder-clinics", 30).await;
    lab.add_mailbox().await;
    lab.round().await;
    assert_eq!(lab.mail.taken(), []);
    assert_eq!(lab.open_alerts(&clinic).await, []);

    lab.pass(TimeDelta::days(24)).await;
    let noticed = lab.now();
    for _ in 0..3 {
        lab.pass(TimeDelta::hours(1)).await;
    }
    assert_eq!(lab.mail.subjects(), ["voice.example expires soon (alder-clinics)"]);
    let [alert]: [OpenAlert; 1] = lab.open_alerts(&clinic).await.try_into().unwrap();
    assert_eq!((alert.kind, alert.since), (AlertKind::DomainExpiring, noticed));

    lab.pass(TimeDelta::days(7)).await;
    lab.pass(TimeDelta::days(7)).await;
    let [alert]: [OpenAlert; 1] = lab.open_alerts(&clinic).await.try_into().unwrap();
    assert_eq!((alert.kind, alert.since), (AlertKind::DomainExpired, noticed));

    lab.renew().await;
    lab.round().await;
    lab.pass(TimeDelta::hours(1)).await;
    assert_eq!(
        lab.mail.subjects(),
        [
            "voice.example expires soon (alder-clinics)",
            "voice.example has expired (alder-clinics)",
            "voice.example is renewed (alder-clinics)",
        ]
    );
    assert_eq!(lab.open_alerts(&clinic).await, []);
    let entries = (
        lab.entries("create").await,
        lab.entries("update").await,
        lab.entries("delete").await,
    );
    assert_eq!(entries, (1, 1, 1));
}

#[rstest]
#[tokio::test]
async fn an_e_mail_tells_what_where_and_why(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    with_domain(&lab, "alder-clinics", -1).await;
    let failed = "UPDATE domain_subscription SET renewal_status = 'failed', \
        failure = 'The carrier refused the credentials.'";
    lab.portal.execute(failed).await.unwrap();
    lab.add_mailbox().await;
    lab.round().await;

    let [mail]: [Mail; 1] = lab.mail.taken().try_into().unwrap();
    assert_eq!(mail.from, "portal@company.example");
    assert_eq!(mail.to, [OPERATIONS]);
    let content = mail.unbroken();
    for text in [
        "voice.example has ended",
        "What was said last: The carrier refused the credentials.",
        "Enterprise: alder-clinics (alder-clinics)",
    ] {
        assert!(content.contains(text), "{text} is not in {content}");
    }
}

#[rstest]
#[tokio::test]
async fn a_profile_fails_when_several_turns_in_a_row_have(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = with_domain(&lab, "alder-clinics", 200).await;
    lab.add_mailbox().await;
    let turns = "INSERT INTO carrier_renewal (carrier_profile_id, enterprise_id, due_at, failures) \
        SELECT id, enterprise_id, created_at, 0 FROM carrier_profile";
    lab.portal.execute(turns).await.unwrap();
    for (failures, told) in [(2, 0), (3, 1), (4, 1), (50, 1), (0, 2), (1, 2)] {
        let turn = format!("UPDATE carrier_renewal SET failures = {failures}");
        lab.portal.execute(&turn).await.unwrap();
        lab.pass(TimeDelta::minutes(5)).await;
        assert_eq!(lab.mail.taken().len(), told, "after {failures} failures");
        let is_open = (3..=50).contains(&failures);
        assert_eq!(lab.open_alerts(&clinic).await.len(), usize::from(is_open));
    }
    assert_eq!(
        lab.mail.subjects(),
        ["Main is failing (alder-clinics)", "Main works again (alder-clinics)"]
    );
}

#[rstest]
#[tokio::test]
async fn what_is_given_up_is_told_as_that(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    with_domain(&lab, "alder-clinics", -1).await;
    lab.add_mailbox().await;
    lab.round().await;
    lab.portal
        .execute("UPDATE domain_subscription SET renewal_status = 'deleting'")
        .await
        .unwrap();
    lab.round().await;
    lab.portal.execute("DELETE FROM domain_subscription").await.unwrap();
    lab.round().await;
    assert_eq!(
        lab.mail.subjects(),
        [
            "voice.example has expired (alder-clinics)",
            "voice.example is looked after no more (alder-clinics)",
        ]
    );
}

/// As when another server, whose clock is ahead, has noticed the alert.
#[rstest]
#[tokio::test]
async fn an_alert_gets_worse_by_a_clock_that_is_behind(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = with_domain(&lab, "alder-clinics", 5).await;
    lab.add_mailbox().await;
    lab.round().await;
    let noticed = lab.now();
    let ended = (noticed - TimeDelta::days(1)).to_rfc3339();
    let expired = format!("UPDATE domain_subscription SET expires_at = '{ended}'");
    lab.portal.execute(&expired).await.unwrap();
    lab.pass(TimeDelta::minutes(-5)).await;
    let [alert]: [OpenAlert; 1] = lab.open_alerts(&clinic).await.try_into().unwrap();
    assert_eq!((alert.kind, alert.since), (AlertKind::DomainExpired, noticed));
}

#[rstest]
#[tokio::test]
async fn of_very_many_alerts_the_newest_are_listed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let list = async || {
        let listed = alert::list_open(&clinic.viewer().await, &lab.backend, clinic.slug()).await;
        listed.unwrap()
    };
    for n in 0..ALERTS_LISTED {
        clinic.domain(&format!("voice{n}.example"), profile, -1).await;
    }
    lab.round().await;
    let all = list().await;
    assert_eq!((all.rows.len() as u64, all.total), (ALERTS_LISTED, ALERTS_LISTED));
    assert!(!all.is_cut());

    clinic.domain("newest.example", profile, -1).await;
    lab.pass(TimeDelta::hours(1)).await;
    let newest = list().await;
    assert_eq!(
        (newest.rows.len() as u64, newest.total),
        (ALERTS_LISTED, ALERTS_LISTED + 1)
    );
    assert!(newest.is_cut());
    assert_eq!(newest.rows.last().unwrap().name, "newest.example");
    assert_eq!(newest.rows[..newest.rows.len() - 1], all.rows[1..]);
}

/// As of two servers that look in turn, one of them ten seconds ahead of the other.
#[rstest]
#[tokio::test]
async fn clocks_that_differ_take_nothing_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    with_domain(&lab, "alder-clinics", 30).await;
    lab.add_mailbox().await;
    let look_in_turn = async |left: TimeDelta| {
        let end = (lab.now() + left + TimeDelta::seconds(5)).to_rfc3339();
        let ends = format!("UPDATE domain_subscription SET expires_at = '{end}'");
        lab.portal.execute(&ends).await.unwrap();
        for _ in 0..3 {
            lab.pass(TimeDelta::seconds(10)).await;
            lab.pass(TimeDelta::seconds(-10)).await;
        }
    };
    look_in_turn(TimeDelta::days(7)).await;
    assert_eq!(lab.mail.subjects(), ["voice.example expires soon (alder-clinics)"]);
    look_in_turn(TimeDelta::zero()).await;
    lab.renew().await;
    lab.round().await;
    assert_eq!(
        lab.mail.subjects(),
        [
            "voice.example expires soon (alder-clinics)",
            "voice.example has expired (alder-clinics)",
            "voice.example is renewed (alder-clinics)",
        ]
    );
}

/// The index stands for whatever may be wrong with the rows of one enterprise.
#[rstest]
#[tokio::test]
async fn an_enterprise_that_cannot_be_looked_at_keeps_nobody_else_waiting(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = Lab::open(engine).await;
    with_domain(&lab, "alder-clinics", -1).await;
    with_domain(&lab, "borealis-freight", -1).await;
    let last = lab.portal.enterprise("cedar-lines").await;
    let profile = last.profile("Main", CarrierKind::NetSapiens).await;
    last.domain("fax.example", profile, -1).await;
    lab.add_mailbox().await;
    let index = "CREATE UNIQUE INDEX one_alert_of_each_name ON alert (name)";
    lab.portal.execute(index).await.unwrap();

    assert!(lab.alerts().round().await.is_err());
    let mut subjects = lab.mail.subjects();
    subjects.sort();
    assert_eq!(
        subjects,
        [
            "fax.example has expired (cedar-lines)",
            "voice.example has expired (alder-clinics)",
        ]
    );
}

#[rstest]
#[tokio::test]
async fn servers_that_look_at_once_tell_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    with_domain(&lab, "alder-clinics", -1).await;
    lab.add_mailbox().await;
    let (one, other) = (lab.alerts(), lab.alerts());
    let (first, second) = tokio::join!(one.round(), other.round());
    first.and(second).unwrap();
    assert_eq!(lab.mail.taken().len(), 1);
    assert_eq!(lab.portal.number("SELECT COUNT(*) FROM alert_delivery").await, 1);
    assert_eq!(lab.entries("create").await, 1);
}

#[rstest]
#[tokio::test]
async fn each_provider_hears_of_its_own_enterprises(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    lab.add_mailbox().await;
    let elsewhere = lab.portal.enterprise_elsewhere("cedar-lines").await;
    let profile = elsewhere.profile("Main", CarrierKind::NetSapiens).await;
    elsewhere.domain("voice.example", profile, -1).await;
    lab.round().await;
    assert_eq!(lab.mail.taken(), [], "the other provider has no destination");
    assert_eq!(lab.open_alerts(&elsewhere).await.len(), 1);
    assert_eq!(lab.open_alerts(&lab.portal.enterprise("alder-clinics").await).await, []);
}

#[rstest]
#[tokio::test]
async fn suspended_enterprises_are_left_alone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = with_domain(&lab, "alder-clinics", -1).await;
    lab.add_mailbox().await;
    let (provider, slug) = (lab.portal.provider_admin().await, clinic.slug());
    let suspend = async |version, suspended| {
        enterprise::set_suspended(&provider, &lab.backend, slug, version, suspended)
            .await
            .unwrap();
        lab.round().await;
    };
    suspend(1, true).await;
    assert_eq!(lab.mail.taken(), []);
    suspend(2, false).await;
    assert_eq!(lab.mail.taken().len(), 1);
}
