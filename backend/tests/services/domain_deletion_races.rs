//! Deleting a domain while others work on it, in whatever order, or after the program was cut off: never halfway, and by
//! one only.

use backend::{
    carriers::Removal,
    services::domain_subscription::{self, resume_deletions},
    testing::{Engine, TestPortal},
};
use chrono::Utc;
use domain::{audit::AuditAction, carrier_profile::CarrierKind, domain_subscription::RenewalStatus, error::Error};
use rstest::rstest;

use crate::{
    domain_deletion::{ROWS, clinic_at, heard, listen, row},
    support::fields,
};

#[rstest]
#[tokio::test]
async fn a_deletion_that_a_restart_cut_off_is_taken_up_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    let mut listener = listen(&portal, &clinic).await;
    portal
        .execute("UPDATE domain_subscription SET renewal_status = 'deleting', version = 2")
        .await
        .unwrap();

    let refused = resume_deletions(&admin, portal.backend()).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    assert_eq!(resume_deletions(&portal.system(), portal.backend()).await, Ok(1));
    heard(&mut listener, AuditAction::Delete, id).await;
    assert_eq!(portal.number(ROWS).await, 0);
    assert_eq!(resume_deletions(&portal.system(), portal.backend()).await, Ok(0));
}

/// Two servers start at once: both ask the carrier, one removes the row and writes that down.
#[rstest]
#[tokio::test]
async fn a_deletion_that_two_go_on_with_is_done_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, _) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    let mut listener = listen(&portal, &clinic).await;
    portal
        .execute("UPDATE domain_subscription SET renewal_status = 'deleting', version = 2")
        .await
        .unwrap();
    portal.carrier().block();
    for _ in 0..2 {
        resume_deletions(&portal.system(), portal.backend()).await.unwrap();
    }
    portal.carrier().is_asked(2).await;
    portal.carrier().answer(Ok(Removal::Removed));
    portal.carrier().answer(Ok(Removal::AlreadyGone));
    portal.carrier().release();
    heard(&mut listener, AuditAction::Delete, id).await;
    assert_eq!(portal.number(ROWS).await, 0);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_delete_at_once_one_does(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    portal.carrier().block();
    let (backend, slug) = (portal.backend(), clinic.slug());

    let (one, other) = tokio::join!(
        domain_subscription::delete(&admin, backend, slug, id, 1),
        domain_subscription::delete(&admin, backend, slug, id, 1),
    );

    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
    let refused = one.err().or(other.err()).unwrap();
    assert!(
        matches!(refused, Error::Outdated { current_version: 2, .. }),
        "{refused:?}"
    );
    let again = domain_subscription::delete(&admin, backend, slug, id, 2).await;
    assert_eq!(fields(again), ["domain"]);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_domain_that_somebody_changed_meanwhile_is_not_deleted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    portal
        .execute("UPDATE domain_subscription SET version = 5")
        .await
        .unwrap();

    let refused = domain_subscription::delete(&admin, portal.backend(), clinic.slug(), id, 1).await;

    assert!(
        matches!(refused, Err(Error::Outdated { current_version: 5, .. })),
        "{refused:?}"
    );
    assert_eq!(row(&portal, &clinic, id).await.renewal, RenewalStatus::Idle);
}

/// Whoever changed the row while the carrier was busy is not run over: the row stays as they left it.
#[rstest]
#[tokio::test]
async fn a_change_while_the_carrier_is_busy_stays(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, _) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    portal
        .execute("UPDATE domain_subscription SET renewal_status = 'deleting', version = 2")
        .await
        .unwrap();
    let other = {
        let profile = clinic.profile("Other", CarrierKind::NetSapiens).await;
        clinic.domain("other.example", profile, 30).await
    };
    let mut listener = listen(&portal, &clinic).await;
    portal.carrier().block();
    resume_deletions(&portal.system(), portal.backend()).await.unwrap();
    portal.carrier().is_asked(1).await;
    let changed = "UPDATE domain_subscription SET renewal_status = 'idle', version = 3 WHERE domain = 'voice.example'";
    portal.execute(changed).await.unwrap();
    portal.carrier().release();
    // Another deletion that goes all the way: by then the first one has had its time.
    let admin = clinic.admin().await;
    domain_subscription::delete(&admin, portal.backend(), clinic.slug(), other, 1)
        .await
        .unwrap();
    heard(&mut listener, AuditAction::Delete, other).await;
    assert_eq!(row(&portal, &clinic, id).await.version, 3);
}

/// Whoever comes to want the domain while it is removed at the carrier does not wait for the next comparison.
#[rstest]
#[tokio::test]
async fn who_shares_the_domain_meanwhile_is_looked_after_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (clinic, id, admin) = clinic_at(&portal, CarrierKind::NetSapiens).await;
    let freight = portal.enterprise("borealis-freight").await;
    let profile = freight.profile("Main", CarrierKind::NetSapiens).await;
    let mut listener = listen(&portal, &clinic).await;
    portal.carrier().block();
    domain_subscription::delete(&admin, portal.backend(), clinic.slug(), id, 1)
        .await
        .unwrap();
    portal.carrier().is_asked(1).await;
    let theirs = freight.domain("voice.example", profile, 30).await;
    let later = "UPDATE domain_subscription SET next_attempt_at = '2999-01-01T00:00:00+00:00' WHERE version = 1";
    portal.execute(later).await.unwrap();

    portal.carrier().release();
    heard(&mut listener, AuditAction::Delete, id).await;
    let theirs = row(&portal, &freight, theirs).await;
    assert_eq!((theirs.renewal, theirs.version), (RenewalStatus::Idle, 1));
    assert!(theirs.next_attempt_at.is_some_and(|next| next <= Utc::now()));
}
