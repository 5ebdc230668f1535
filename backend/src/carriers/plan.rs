//! What to do about the subscriptions of a profile: worked out from what is wanted and what is there, without asking
//! anybody.

use std::cmp::Reverse;

use chrono::{DateTime, TimeDelta, Utc};
use domain::domain_subscription::{DomainName, ForeignSubscription};

use super::RemoteSubscription;

/// How long before its end a subscription is renewed.
pub const RENEW_BEFORE: TimeDelta = TimeDelta::days(30);
/// The events that are subscribed to.
pub(super) const MODEL: &str = "message";

/// A domain that should be subscribed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The domain.
    pub domain: DomainName,
    /// The subscription that it had when we last looked.
    pub known_id: Option<String>,
    /// The end of that.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it is time to try; what fails waits for a while.
    pub due: bool,
    /// For how long it should still last, or else be given another end.
    pub lasting: TimeDelta,
    /// Where events go.
    pub post_url: String,
    /// What the addresses of all our subscriptions begin with, up to a slash.
    pub address: String,
}

/// One thing to do, or to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Subscribe: there is none.
    Create(DomainName),
    /// Give this subscription another end, and our address.
    Renew(DomainName, String),
    /// All is well with this subscription, or it is not time yet.
    Keep(DomainName, RemoteSubscription),
    /// There is none, and it is not time yet.
    Wait(DomainName),
    /// One too many of ours.
    Delete(DomainName, String),
    /// Somebody else's on a domain of ours: leave it alone.
    Foreign(DomainName, ForeignSubscription),
}

/// What to do. Nothing in it touches a subscription that is not ours.
#[must_use]
pub fn plan(wanted: &[Wanted], found: &[RemoteSubscription], now: DateTime<Utc>) -> Vec<Step> {
    wanted.iter().flat_map(|wanted| of_domain(wanted, found, now)).collect()
}

fn of_domain(wanted: &Wanted, found: &[RemoteSubscription], now: DateTime<Utc>) -> Vec<Step> {
    let on_domain = found.iter().filter(|found| is_on(found, &wanted.domain));
    let (mut ours, foreign): (Vec<_>, Vec<_>) = on_domain.partition(|found| is_ours(wanted, found));
    ours.sort_by_cached_key(|found| Reverse(worth(found, now)));
    let domain = &wanted.domain;
    let mut steps = Vec::new();
    let mut ours = ours.into_iter();
    steps.push(match ours.next() {
        Some(best) => about(wanted, best, now),
        None if wanted.due || is_lost(wanted, None, now) => Step::Create(domain.clone()),
        None => Step::Wait(domain.clone()),
    });
    steps.extend(ours.map(|spare| Step::Delete(domain.clone(), spare.id.clone())));
    steps.extend(
        foreign
            .into_iter()
            .map(|other| Step::Foreign(domain.clone(), told(other))),
    );
    steps
}

/// Of somebody else's subscription only what there is to talk about with the carrier.
fn told(other: &RemoteSubscription) -> ForeignSubscription {
    let address = reqwest::Url::parse(&other.post_url).ok();
    ForeignSubscription::new(&other.id, address.as_ref().and_then(reqwest::Url::host_str))
}

impl RemoteSubscription {
    /// Whether it sends messages of `domain` to somewhere below `address`.
    #[must_use]
    pub fn sends_below(&self, domain: &DomainName, address: &str) -> bool {
        let below = self.post_url.strip_prefix(address);
        is_on(self, domain) && below.is_some_and(|rest| rest.starts_with('/'))
    }
}

fn is_on(found: &RemoteSubscription, domain: &DomainName) -> bool {
    found.domain.eq_ignore_ascii_case(domain.as_str()) && found.model == MODEL
}

/// Ours are those that send to us, and the one that we made before our address changed.
fn is_ours(wanted: &Wanted, found: &RemoteSubscription) -> bool {
    found.sends_below(&wanted.domain, &wanted.address) || wanted.known_id.as_deref() == Some(found.id.as_str())
}

/// The better one is larger: alive, then active, then newer; the id only so that there is always one answer.
fn worth(found: &RemoteSubscription, now: DateTime<Utc>) -> impl Ord + use<> {
    let alive = found.expires_at.is_none_or(|end| end > now);
    (alive, found.active, found.created_at, found.id.clone())
}

fn about(wanted: &Wanted, best: &RemoteSubscription, now: DateTime<Utc>) -> Step {
    let ends_soon = best.expires_at.is_none_or(|end| end - now <= wanted.lasting);
    let to_do = ends_soon || best.post_url != wanted.post_url;
    if to_do && (wanted.due || is_lost(wanted, best.expires_at, now)) {
        Step::Renew(wanted.domain.clone(), best.id.clone())
    } else {
        Step::Keep(wanted.domain.clone(), best.clone())
    }
}

/// Whether it is otherwise at the carrier than it should be as far as we know: messages do not arrive, or will soon stop
/// to, because somebody has removed the subscription or given it another end.
fn is_lost(wanted: &Wanted, end: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    let lasts = |end: Option<DateTime<Utc>>, at_least: TimeDelta| end.is_some_and(|end| end - now > at_least);
    [TimeDelta::zero(), RENEW_BEFORE]
        .into_iter()
        .any(|at_least| lasts(wanted.expires_at, at_least) && !lasts(end, at_least))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const OURS: &str = "https://inbound.portal.example/netsapiens";

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn name() -> DomainName {
        DomainName::parse("voice").unwrap()
    }

    fn wanted() -> Wanted {
        Wanted {
            domain: name(),
            known_id: None,
            expires_at: None,
            due: true,
            lasting: RENEW_BEFORE,
            post_url: OURS.to_owned(),
            address: "https://inbound.portal.example".to_owned(),
        }
    }

    fn found(id: &str, days_left: i64) -> RemoteSubscription {
        RemoteSubscription {
            id: id.to_owned(),
            domain: "VOICE".to_owned(),
            model: "message".to_owned(),
            post_url: OURS.to_owned(),
            active: true,
            created_at: Some(now() - TimeDelta::days(10)),
            expires_at: Some(now() + TimeDelta::days(days_left)),
        }
    }

    fn foreign(id: &str, post_url: &str) -> RemoteSubscription {
        RemoteSubscription {
            post_url: post_url.to_owned(),
            ..found(id, 100)
        }
    }

    fn somebody_elses(id: &str, host: &str) -> Step {
        Step::Foreign(name(), ForeignSubscription::new(id, Some(host)))
    }

    fn create() -> Step {
        Step::Create(name())
    }

    fn renew(id: &str) -> Step {
        Step::Renew(name(), id.to_owned())
    }

    fn delete(id: &str) -> Step {
        Step::Delete(name(), id.to_owned())
    }

    #[rstest]
    #[case::none_there(wanted(), vec![], vec![create()])]
    #[case::far_from_its_end(wanted(), vec![found("1", 31)], vec![Step::Keep(name(), found("1", 31))])]
    #[case::thirty_days_before(wanted(), vec![found("1", 30)], vec![renew("1")])]
    #[case::past_its_end(wanted(), vec![found("1", -1)], vec![renew("1")])]
    #[case::without_an_end(wanted(), vec![RemoteSubscription { expires_at: None, ..found("1", 0) }], vec![renew("1")])]
    #[case::below_our_address_but_elsewhere(
        wanted(),
        vec![foreign("1", "https://inbound.portal.example/old")],
        vec![renew("1")]
    )]
    #[case::our_address_changed(
        Wanted { known_id: Some("1".to_owned()), ..wanted() },
        vec![foreign("1", "https://former.portal.example/netsapiens")],
        vec![renew("1")]
    )]
    #[case::an_address_that_only_begins_like_ours(
        wanted(),
        vec![foreign("1", "https://inbound.portal.example.evil.example/netsapiens")],
        vec![create(), somebody_elses("1", "inbound.portal.example.evil.example")]
    )]
    #[case::somebody_elses(
        wanted(),
        vec![foreign("1", "https://user:secret@other.example:8443/hook?key=1"), found("2", 100)],
        vec![Step::Keep(name(), found("2", 100)), somebody_elses("1", "other.example")]
    )]
    #[case::without_an_address(
        wanted(),
        vec![foreign("1", "somewhere"), found("2", 100)],
        vec![Step::Keep(name(), found("2", 100)), Step::Foreign(name(), ForeignSubscription::new("1", None))]
    )]
    #[case::to_last_longer(
        Wanted { lasting: TimeDelta::days(364), ..wanted() },
        vec![found("1", 364)],
        vec![renew("1")]
    )]
    #[case::lasting_long_enough(
        Wanted { lasting: TimeDelta::days(364), ..wanted() },
        vec![found("1", 365)],
        vec![Step::Keep(name(), found("1", 365))]
    )]
    #[case::of_other_events(wanted(), vec![RemoteSubscription { model: "call".to_owned(), ..found("1", 100) }], vec![create()])]
    #[case::of_another_domain(
        wanted(),
        vec![RemoteSubscription { domain: "voice2".to_owned(), ..found("1", 100) }],
        vec![create()]
    )]
    #[case::several_and_one_lives(
        wanted(),
        vec![found("1", -3), found("2", 100), found("3", -5)],
        vec![Step::Keep(name(), found("2", 100)), delete("3"), delete("1")]
    )]
    #[case::several_and_one_is_active(
        wanted(),
        vec![RemoteSubscription { active: false, ..found("2", 100) }, found("1", 100)],
        vec![Step::Keep(name(), found("1", 100)), delete("2")]
    )]
    #[case::several_and_one_is_newer(
        wanted(),
        vec![found("1", 100), RemoteSubscription { created_at: Some(now()), ..found("0", 100) }],
        vec![Step::Keep(name(), RemoteSubscription { created_at: Some(now()), ..found("0", 100) }), delete("1")]
    )]
    #[case::not_due_and_none(Wanted { due: false, ..wanted() }, vec![], vec![Step::Wait(name())])]
    #[case::not_due_and_ending(
        Wanted { due: false, ..wanted() },
        vec![found("1", 3)],
        vec![Step::Keep(name(), found("1", 3))]
    )]
    #[case::lost_although_not_due(
        Wanted { due: false, expires_at: Some(now() + TimeDelta::days(90)), ..wanted() },
        vec![],
        vec![create()]
    )]
    #[case::ended_although_not_due(
        Wanted { due: false, expires_at: Some(now() + TimeDelta::days(90)), ..wanted() },
        vec![found("1", -1)],
        vec![renew("1")]
    )]
    #[case::ending_sooner_than_it_should(
        Wanted { due: false, expires_at: Some(now() + TimeDelta::days(90)), ..wanted() },
        vec![found("1", 10)],
        vec![renew("1")]
    )]
    fn the_plan(#[case] wanted: Wanted, #[case] there: Vec<RemoteSubscription>, #[case] expected: Vec<Step>) {
        assert_eq!(plan(&[wanted], &there, now()), expected);
    }

    #[test]
    fn what_nobody_wants_is_left_alone() {
        assert_eq!(plan(&[], &[found("1", -3)], now()), []);
    }
}
