//! Deleting a domain: the carrier first, the row when it has confirmed. What happens to it meanwhile is in
//! `domain_deletion_races`.

use std::time::Duration;

use backend::{
    carriers::{CarrierError, Removal, Subscription},
    context::OpContext,
    services::{domain_subscription, live},
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    carrier_profile::CarrierKind,
    domain_subscription::{DomainSubscriptionRow, RenewalStatus},
    error::Error,
    ids::DomainSubscriptionId,
    live::LiveEvent,
    number::Assignee,
};
use rstest::rstest;

use crate::support::{nobody, sql};

pub(crate) const ROWS: &str = "SELECT COUNT(*) FROM domain_subscription";

/// A clinic with the domain `voice.example` at a carrier, and one of its admins.
pub(crate) async fn clinic_at(
    portal: &TestPortal,
    carrier: CarrierKind,
) -> (TestEnterprise, DomainSubscriptionId, OpContext) {
    let clinic = portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", carrier).await;
    let id = clinic.domain("voice.example", profile, 30).await;
    let admin = clinic.admin().await;
    (clinic, id, admin)
}

pub(crate) async fn row(
    portal: &TestPortal,
    clinic: &TestEnterprise,
    id: DomainSubscriptionId,
) -> DomainSubscriptionRow {
    let details = domain_subscription::get(&portal.system(), portal.backend(), clinic.slug(), id).await;
    details.unwrap().row
}

/// Waits until something was done to the domain, as an open page does.
pub(crate) async fn heard(listener: &mut live::Subscription, action: AuditAction, id: DomainSubscriptionId) {
    let wanted = LiveEvent::Changed(AuditSubject {
        action,
        resource: Resource::DomainSubscription,
        id: Some(id.0),
    });
    let hearing = async { while listener.next_event().await != Some(wanted) {} };
    tokio::time::timeout(Duration::from_secs(5), hearing)
        .await
        .expect("the page hears of it");
}

pub(crate) async fn listen(portal: &TestPortal, clinic: &TestEnterprise) -> live::Subscription {
    let viewer = clinic.viewer().await;
    live::subscribe(&viewer, portal.backend(), clinic.slug()).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn the_row_stays_until_the_carrier_has_confirmed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let mut listener = listen(&portal, &clinic).await;
    let before = row(&portal, &clinic, id).await;
    portal.carrier().block();

    let marked = domain_subscription::delete(&admin, backend, slug, id, before.version)
        .await
        .unwrap();
    assert_eq!((marked.renewal, marked.version), (RenewalStatus::Deleting, 2));
    heard(&mut listener, AuditAction::Update, id).await;
    portal.carrier().is_asked(1).await;
    assert_eq!(row(&portal, &clinic, id).await, marked);

    portal.carrier().release();
    heard(&mut listener, AuditAction::Delete, id).await;
    assert_eq!(portal.number(ROWS).await, 0);
    let asked = portal.carrier().asked();
    let [Subscription { domain, id, host, .. }] = asked.as_slice() else {
        panic!("one question, not {asked:?}");
    };
    assert_eq!((domain, Some(id)), (&before.domain, before.subscription_id.as_ref()));
    assert_eq!(host.as_deref(), Some("api.carrier.example"));
    let written = "SELECT COUNT(*) FROM audit_event WHERE resource = 'domain_subscription' AND before IS NOT NULL";
    let by_the_admin = format!("{written} AND action = 'update' AND after IS NOT NULL AND account_id IS NOT NULL");
    let by_the_program = format!("{written} AND action = 'delete' AND after IS NULL AND actor = 'deletion of domains'");
    assert_eq!(portal.number(&by_the_admin).await, 1);
    assert_eq!(portal.number(&by_the_program).await, 1);
}

#[rstest]
#[case::removed_already(Ok(Removal::AlreadyGone))]
#[case::unknown_there(Err(CarrierError::NotFound))]
#[tokio::test]
async fn what_the_carrier_does_not_know_is_gone(
    #[case] answer: Result<Removal, CarrierError>,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    let mut listener = listen(&portal, &clinic).await;
    portal.carrier().answer(answer);

    domain_subscription::delete(&admin, portal.backend(), clinic.slug(), id, 1)
        .await
        .unwrap();
    heard(&mut listener, AuditAction::Delete, id).await;
    assert_eq!(portal.number(ROWS).await, 0);
}

#[rstest]
#[case(CarrierError::Auth { mfa: false }, "The carrier refused the credentials.")]
#[case(CarrierError::Auth { mfa: true }, "The carrier asks for a second factor to sign in")]
#[case(CarrierError::Forbidden, "The credentials at the carrier do not allow this.")]
#[case(CarrierError::Conflict, "Something at the carrier is in the way.")]
#[case(CarrierError::Invalid, "The carrier did not accept the request.")]
#[case(CarrierError::RateLimited { after: Some(Duration::from_secs(40)) }, "Try again in 40 seconds.")]
#[case(CarrierError::RateLimited { after: None }, "Try again in a few minutes.")]
#[case(CarrierError::Transient, "The carrier did not answer.")]
#[case(CarrierError::Protocol, "an answer that the portal does not understand")]
#[tokio::test]
async fn a_failure_is_told_and_deleting_can_be_tried_again(
    #[case] error: CarrierError,
    #[case] reason: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let mut listener = listen(&portal, &clinic).await;
    portal.carrier().answer(Err(error));

    domain_subscription::delete(&admin, backend, slug, id, 1).await.unwrap();
    heard(&mut listener, AuditAction::Update, id).await;
    heard(&mut listener, AuditAction::Update, id).await;
    let failed = row(&portal, &clinic, id).await;
    assert_eq!((failed.renewal, failed.version), (RenewalStatus::DeletionFailed, 3));
    let told = failed.failure.unwrap();
    assert!(told.contains(reason), "{told}");

    domain_subscription::delete(&admin, backend, slug, id, failed.version)
        .await
        .unwrap();
    heard(&mut listener, AuditAction::Delete, id).await;
    assert_eq!(portal.number(ROWS).await, 0);
}

/// Nothing pretends to have talked to a carrier that there is no adapter for.
#[rstest]
#[tokio::test]
async fn a_carrier_the_portal_cannot_talk_to_is_not_pretended_to(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::SkySwitch).await;
    let before = row(&portal, &clinic, id).await;

    let refused = domain_subscription::delete(&admin, portal.backend(), clinic.slug(), id, 1).await;

    let Err(Error::NotSupported { message }) = refused else {
        panic!("a refusal, not {refused:?}");
    };
    assert!(
        message.starts_with("The portal cannot talk to SkySwitch yet."),
        "{message}"
    );
    assert_eq!(row(&portal, &clinic, id).await, before);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 0);
}

/// The carrier has nothing to remove then, so nobody has to be talked to.
#[rstest]
#[tokio::test]
async fn a_domain_that_was_never_subscribed_goes_without_the_carrier(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::SkySwitch).await;
    let never = "UPDATE domain_subscription SET subscription_id = NULL, expires_at = NULL";
    portal.execute(never).await.unwrap();
    let mut listener = listen(&portal, &clinic).await;

    domain_subscription::delete(&admin, portal.backend(), clinic.slug(), id, 1)
        .await
        .unwrap();
    heard(&mut listener, AuditAction::Delete, id).await;
    assert_eq!(portal.number(ROWS).await, 0);
    assert_eq!(portal.carrier().asked(), []);
}

#[rstest]
#[tokio::test]
async fn the_numbers_that_stop_receiving_are_named(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let on = |e164: String| clinic.number(&e164).domain("voice.example");
    for line in 10..21 {
        on(format!("+120655501{line}")).insert().await;
    }
    on("+12065550199".to_owned()).of_user(ada).insert().await;
    let shared = on("+12065550198".to_owned()).insert().await;
    clinic.group("Front Desk", ada).numbers([shared]).insert().await;
    on("+12065550197".to_owned()).without_sms().insert().await;
    clinic.number("+12065550196").domain("other.example").insert().await;

    let details = domain_subscription::get(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();

    assert_eq!((details.receiving_count, details.receiving.len()), (13, 13));
    assert_eq!(details.row.number_count, 14);
    let named: Vec<(String, Option<&str>)> = details.receiving[..3]
        .iter()
        .map(|number| {
            let serves = number.assignee.as_ref().map(|assignee| match assignee {
                Assignee::TeamsUser { name, .. } | Assignee::SmsGroup { name, .. } => name.as_str(),
            });
            (number.e164.to_string(), serves)
        })
        .collect();
    assert_eq!(
        named,
        [
            ("+12065550198".to_owned(), Some("Front Desk")),
            ("+12065550199".to_owned(), Some("Ada Brandt")),
            ("+12065550110".to_owned(), None),
        ]
    );
}

#[rstest]
#[tokio::test]
async fn only_admins_of_the_enterprise_delete(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, _) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let viewer = clinic.viewer().await;
    let forbidden = Error::Forbidden {
        action: Action::Delete,
        resource: Resource::DomainSubscription,
    };
    assert_eq!(
        domain_subscription::delete(&viewer, backend, slug, id, 1).await,
        Err(forbidden)
    );
    let stranger = neighbour.admin().await;
    let no_enterprise = Error::NotFound {
        resource: Resource::Enterprise,
    };
    assert_eq!(
        domain_subscription::delete(&stranger, backend, slug, id, 1).await,
        Err(no_enterprise)
    );
    let no_domain = || Error::NotFound {
        resource: Resource::DomainSubscription,
    };
    for id in [id, nobody()] {
        let slug = neighbour.slug();
        assert_eq!(
            domain_subscription::delete(&stranger, backend, slug, id, 1).await,
            Err(no_domain())
        );
        assert_eq!(
            domain_subscription::get(&stranger, backend, slug, id).await,
            Err(no_domain())
        );
    }
    let unchanged = format!("{ROWS} WHERE version = 1 AND id = {}", sql(engine, id));
    assert_eq!(portal.number(&unchanged).await, 1);
    assert_eq!(portal.carrier().asked(), []);
}
