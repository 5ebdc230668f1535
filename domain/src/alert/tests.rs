//! What counts as wrong, and what people are told of it.

use rstest::rstest;

use super::*;
use crate::domain_subscription::EXPIRING_SOON;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
const EXPIRING: AlertKind = AlertKind::DomainExpiring;
const EXPIRED: AlertKind = AlertKind::DomainExpired;

#[rstest]
#[case::never_subscribed(None, None)]
#[case::far(Some(8 * 24), None)]
#[case::within_seven_days(Some(7 * 24), Some(AlertKind::DomainExpiring))]
#[case::in_an_hour(Some(1), Some(AlertKind::DomainExpiring))]
#[case::now(Some(0), Some(AlertKind::DomainExpired))]
#[case::past(Some(-24), Some(AlertKind::DomainExpired))]
fn what_is_wrong_with_a_domain(#[case] hours_left: Option<i64>, #[case] expected: Option<AlertKind>) {
    let expires_at = hours_left.map(|hours| NOW + TimeDelta::hours(hours));
    assert_eq!(AlertKind::of_domain(expires_at, NOW), expected);
}

#[rstest]
#[case(0, None)]
#[case(FAILING_AFTER - 1, None)]
#[case(FAILING_AFTER, Some(AlertKind::ProfileFailing))]
#[case(400, Some(AlertKind::ProfileFailing))]
fn what_is_wrong_with_a_profile(#[case] failed_turns: u32, #[case] expected: Option<AlertKind>) {
    assert_eq!(AlertKind::of_profile(failed_turns), expected);
}

fn told(kind: AlertKind) -> OpenAlert {
    OpenAlert {
        thing: Uuid::from_u128(1),
        kind,
        name: "voice.example".to_owned(),
        since: NOW - TimeDelta::days(2),
        told_at: NOW - TimeDelta::days(1),
    }
}

fn ends_in(left: TimeDelta) -> Watched {
    let expires_at = Some(NOW + left);
    Watched {
        thing: Uuid::from_u128(1),
        name: "voice.example".to_owned(),
        kind: AlertKind::of_domain(expires_at, NOW),
        expires_at,
        reason: Some("The carrier refused the credentials.".to_owned()),
    }
}

fn thing(kind: Option<AlertKind>) -> Watched {
    let watched = ends_in(match kind {
        Some(EXPIRED) => -TimeDelta::days(1),
        Some(_) => TimeDelta::days(1),
        None => TimeDelta::days(365),
    });
    assert_eq!(watched.kind, kind);
    watched
}

#[rstest]
#[case::nothing(None, Some(None), None)]
#[case::begins(None, Some(Some(EXPIRING)), Some((AlertEvent::Opened, EXPIRING)))]
#[case::goes_on(Some(EXPIRING), Some(Some(EXPIRING)), None)]
#[case::gets_worse(Some(EXPIRING), Some(Some(EXPIRED)), Some((AlertEvent::Opened, EXPIRED)))]
#[case::is_over(Some(EXPIRED), Some(None), Some((AlertEvent::Recovered, EXPIRED)))]
#[case::is_gone(Some(EXPIRED), None, Some((AlertEvent::Removed, EXPIRED)))]
#[case::never_was(None, None, None)]
fn each_change_is_told_once(
    #[case] before: Option<AlertKind>,
    #[case] now: Option<Option<AlertKind>>,
    #[case] expected: Option<(AlertEvent, AlertKind)>,
) {
    let open: Vec<OpenAlert> = before.map(told).into_iter().collect();
    let things: Vec<Watched> = now.map(thing).into_iter().collect();
    let found = changes(&open, &things, NOW);
    let short: Vec<_> = found.iter().map(|change| (change.event, change.kind)).collect();
    assert_eq!(short, Vec::from_iter(expected));
    for change in found {
        assert_eq!(change.before, before);
        let since = if before.is_some() {
            NOW - TimeDelta::days(2)
        } else {
            NOW
        };
        assert_eq!(change.since, since, "an alert that gets worse began when it began");
        assert_eq!(change.reason.is_some(), change.event == AlertEvent::Opened);
    }
}

/// Another server, whose clock is ahead, has told what is not so yet by this one.
#[rstest]
#[case::that_it_has_ended(EXPIRED, TimeDelta::seconds(10))]
#[case::that_it_has_ended_by_minutes(EXPIRED, CLOCKS_DIFFER)]
#[case::that_it_ends_soon(EXPIRING, EXPIRING_SOON + TimeDelta::seconds(10))]
#[case::that_it_ends_soon_by_minutes(EXPIRING, EXPIRING_SOON + CLOCKS_DIFFER)]
fn a_clock_that_is_behind_takes_nothing_back(#[case] before: AlertKind, #[case] left: TimeDelta) {
    let thing = ends_in(left);
    assert_ne!(thing.kind, Some(before));
    assert_eq!(changes(&[told(before)], &[thing], NOW), []);
}

#[rstest]
#[case::for_a_year(EXPIRED, TimeDelta::days(365), (AlertEvent::Recovered, EXPIRED))]
#[case::for_a_year_in_time(EXPIRING, TimeDelta::days(365), (AlertEvent::Recovered, EXPIRING))]
#[case::for_an_hour(EXPIRED, TimeDelta::hours(1), (AlertEvent::Opened, EXPIRING))]
fn what_is_renewed_is_told_at_once(
    #[case] before: AlertKind,
    #[case] left: TimeDelta,
    #[case] expected: (AlertEvent, AlertKind),
) {
    let found = changes(&[told(before)], &[ends_in(left)], NOW);
    let short: Vec<_> = found.iter().map(|change| (change.event, change.kind)).collect();
    assert_eq!(short, [expected]);
}

#[test]
fn a_profile_that_works_again_has_recovered() {
    let profile = Watched {
        expires_at: None,
        ..thing(None)
    };
    let found = changes(&[told(AlertKind::ProfileFailing)], &[profile], NOW);
    let short: Vec<_> = found.iter().map(|change| (change.event, change.kind)).collect();
    assert_eq!(short, [(AlertEvent::Recovered, AlertKind::ProfileFailing)]);
}

#[test]
fn every_kind_is_read_as_it_was_written() {
    for kind in AlertKind::ALL {
        assert_eq!(AlertKind::parse(kind.as_str()), Some(kind));
    }
    assert_eq!(AlertKind::parse("carrier_pigeon"), None);
}
