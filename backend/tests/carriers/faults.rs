//! The promise of renewing, under everything that goes wrong, by the stand-in's clock.
//!
//! `RENEWAL_DAYS` and `RENEWAL_DOMAINS` make it longer and wider: `RENEWAL_DAYS=30 RENEWAL_DOMAINS=200`.

use std::{collections::BTreeMap, time::Duration};

use backend::{
    services::domain_subscription,
    testing::{Engine, TestEnterprise},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{domain_subscription::RenewalStatus, error::Error, ids::DomainSubscriptionId};
use rand::{Rng, SeedableRng, rngs::StdRng};
use simulator::{Seed, Subscription, Switches};

use crate::lab::{Lab, OURS};

const PROFILES: usize = 5;
const STEP: TimeDelta = TimeDelta::minutes(1);
/// For how long a domain may be past its end while its carrier answers at all.
const PROMISE: TimeDelta = TimeDelta::minutes(15);

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// What is looked at after each step.
struct Watch {
    /// Since when each domain is past its end.
    since: BTreeMap<String, DateTime<Utc>>,
    longest: TimeDelta,
    ended: u32,
    restarts: u32,
}

impl Watch {
    fn look(&mut self, lab: &Lab, wanted: &BTreeMap<String, DomainSubscriptionId>) {
        let now = lab.now();
        let world = lab.stand_in.world();
        if world.switches.storm.is_some() {
            // Nothing is answered: what is past its end now counts from the end of the storm.
            for since in self.since.values_mut() {
                *since = now;
            }
        }
        for domain in wanted.keys() {
            let lives = world
                .subscriptions
                .iter()
                .any(|found| found.domain == *domain && found.post_url == OURS && found.expires_at > now);
            if lives {
                self.since.remove(domain);
                continue;
            }
            let past = now - *self.since.entry(domain.clone()).or_insert(now);
            self.longest = Ord::max(self.longest, past);
            assert!(past <= PROMISE, "{domain} has been past its end for {past}");
        }
    }
}

fn foreign(lab: &Lab) -> Vec<Subscription> {
    let world = lab.stand_in.world();
    let found = world.subscriptions.iter().filter(|found| found.post_url != OURS);
    found.cloned().collect()
}

fn faults() -> Switches {
    Switches {
        write_delay_ms: 1_500,
        token_seconds: 3_600,
        storms_in_1000: 1,
        resets_in_1000: 15,
        errors_in_1000: 15,
        truncated_in_1000: 15,
        purge_seconds: 1_800,
        ..Switches::default()
    }
}

/// Domains on five profiles at as many hosts, each with somebody else's subscription beside ours.
async fn domains(lab: &Lab, clinic: &TestEnterprise, count: usize) -> BTreeMap<String, DomainSubscriptionId> {
    let mut wanted = BTreeMap::new();
    for p in 0..PROFILES {
        let host = format!("h{p}.example");
        let profile = lab.profile(clinic, &format!("Profile {p}"), &host).await;
        for n in (p..count).step_by(PROFILES) {
            let domain = format!("d{n}.voice.example");
            let id = clinic.domain(&domain, profile, if n % 3 == 0 { -1 } else { 40 }).await;
            let now = lab.now();
            for (post_url, days_left) in [(OURS, 40), ("https://other.example/hook", 4_000)] {
                let seed = Seed {
                    host: host.clone(),
                    domain: domain.clone(),
                    post_url: post_url.to_owned(),
                    days_left,
                    id: None,
                };
                lab.stand_in.world().seed(seed, now);
            }
            wanted.insert(domain, id);
        }
    }
    wanted
}

/// Deletes a domain, again and again until its carrier has confirmed.
async fn delete(lab: &Lab, clinic: &TestEnterprise, id: DomainSubscriptionId) {
    let (system, backend) = (lab.portal.system(), lab.portal.backend());
    loop {
        let row = match domain_subscription::get(&system, backend, clinic.slug(), id).await {
            Ok(details) => details.row,
            Err(Error::NotFound { .. }) => return,
            Err(error) => unreachable!("{error}"),
        };
        if row.renewal != RenewalStatus::Deleting {
            // Somebody may renew it at this moment; then the next try has the newer version.
            drop(domain_subscription::delete(&system, backend, clinic.slug(), id, row.version).await);
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn no_domain_is_past_its_end_for_long() {
    let (days, count) = (setting("RENEWAL_DAYS", 1), setting("RENEWAL_DOMAINS", 15));
    let lab = Lab::open(Engine::Sqlite).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let mut wanted = domains(&lab, &clinic, count).await;
    let others = foreign(&lab);
    lab.stand_in.world().switches = faults();
    let mut chance = StdRng::seed_from_u64(20_000);
    let mut watch = Watch {
        since: BTreeMap::new(),
        longest: TimeDelta::zero(),
        ended: 0,
        restarts: 0,
    };
    let mut gone = Vec::new();
    for step in 0..days * 24 * 60 {
        lab.stand_in.clock().advance(STEP);
        lab.stand_in.world().switches.latency_ms = chance.random_range(0..4);
        if chance.random_bool(0.02) {
            // Somebody ends a subscription of ours at the carrier.
            let domain = wanted
                .keys()
                .nth(chance.random_range(0..wanted.len()))
                .cloned()
                .unwrap();
            end_ours(&lab, &domain);
            watch.ended += 1;
        }
        if step % 300 == 299 && wanted.len() > PROFILES {
            let domain = wanted
                .keys()
                .nth(chance.random_range(0..wanted.len()))
                .cloned()
                .unwrap();
            let id = wanted.remove(&domain).unwrap();
            tokio::time::timeout(Duration::from_secs(60), delete(&lab, &clinic, id))
                .await
                .unwrap();
            gone.push(domain);
        }
        let renewal = lab.renewal();
        if chance.random_bool(0.01) {
            // The server is killed in the middle.
            let in_the_middle = Duration::from_millis(chance.random_range(1..20));
            drop(tokio::time::timeout(in_the_middle, renewal.round()).await);
            watch.restarts += 1;
        } else {
            renewal.round().await.unwrap();
        }
        watch.look(&lab, &wanted);
    }
    // What the carrier has accepted last takes effect as well.
    lab.stand_in.world().switches = Switches::default();
    lab.pass(TimeDelta::hours(1)).await;
    assert_eq!(foreign(&lab), others, "somebody else's subscription was touched");
    for domain in &gone {
        let back = lab.at_carrier(domain).iter().any(|found| found.post_url == OURS);
        assert!(!back, "{domain} came back");
    }
    let world = lab.stand_in.world();
    let most = world.most_writes_a_second();
    assert!(most <= 3, "{most} writes within a second");
    println!(
        "{days} days, {count} domains: {} ended at the carrier, {} deleted, {} restarts; at most {} minutes past the end, \
         {most} writes a second, {} writes",
        watch.ended,
        gone.len(),
        watch.restarts,
        watch.longest.num_minutes(),
        world.writes.len(),
    );
}

fn end_ours(lab: &Lab, domain: &str) {
    let now = lab.now();
    let mut world = lab.stand_in.world();
    let ours = world
        .subscriptions
        .iter_mut()
        .filter(|found| found.domain == domain && found.post_url == OURS);
    for subscription in ours {
        subscription.expires_at = now;
    }
}
