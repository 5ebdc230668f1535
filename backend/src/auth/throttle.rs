//! The brake on guessing passwords: failed sign-ins per account name and per address. Kept in memory, per server.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::account::EmailAddress;

/// Failures that cost nothing: people mistype.
const FREE_ACCOUNT: u32 = 5;
/// The same for an address, behind which a whole office may sit.
const FREE_PEER: u32 = 30;
/// The first wait; each further failure doubles it.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(10);
/// The longest wait, after which somebody who was locked out by others gets in.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
/// When failures are forgotten.
const MEMORY: TimeDelta = TimeDelta::minutes(30);
/// How many names and addresses are remembered; the oldest go first, so that nobody can fill the memory.
const REMEMBERED: usize = 50_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Account(EmailAddress),
    Peer(IpAddr),
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: DateTime<Utc>,
}

/// Counts failed sign-ins and says when to wait.
#[derive(Debug, Default)]
pub struct SignInThrottle {
    failures: Mutex<HashMap<Key, Failures>>,
}

impl SignInThrottle {
    /// How long whoever signs in must wait before the next try, in whole seconds; none if not at all.
    #[must_use]
    pub fn wait(&self, account: &EmailAddress, peer: Option<IpAddr>, now: DateTime<Utc>) -> Option<u64> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        keys(account, peer)
            .filter_map(|key| {
                let failures = failures.get(&key)?;
                let left = failures.last + wait_after(&key, failures.count)? - now;
                (left > TimeDelta::zero()).then(|| left.num_milliseconds().unsigned_abs().div_ceil(1_000))
            })
            .max()
    }

    /// A sign-in failed.
    pub fn failed(&self, account: &EmailAddress, peer: Option<IpAddr>, now: DateTime<Utc>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(account, peer) {
            let entry = failures.entry(key).or_insert(Failures { count: 0, last: now });
            if now - entry.last > MEMORY {
                entry.count = 0;
            }
            entry.count = entry.count.saturating_add(1);
            entry.last = now;
        }
        if failures.len() > REMEMBERED {
            failures.retain(|_, failures| now - failures.last <= MEMORY);
        }
        if failures.len() > REMEMBERED {
            forget_oldest_half(&mut failures);
        }
    }

    /// A sign-in succeeded: the account's failures are forgotten, those of the address stay.
    pub fn succeeded(&self, account: &EmailAddress) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&Key::Account(account.clone()));
    }
}

fn keys(account: &EmailAddress, peer: Option<IpAddr>) -> impl Iterator<Item = Key> {
    [Some(Key::Account(account.clone())), peer.map(Key::Peer)]
        .into_iter()
        .flatten()
}

fn wait_after(key: &Key, count: u32) -> Option<TimeDelta> {
    let free = match key {
        Key::Account(_) => FREE_ACCOUNT,
        Key::Peer(_) => FREE_PEER,
    };
    let doublings = count.checked_sub(free)?.min(16);
    Some((FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT))
}

fn forget_oldest_half(failures: &mut HashMap<Key, Failures>) {
    let mut times: Vec<DateTime<Utc>> = failures.values().map(|failures| failures.last).collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let median = *median;
    failures.retain(|_, failures| failures.last > median);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
    }

    fn account(name: &str) -> EmailAddress {
        EmailAddress::parse(&format!("{name}@company.example")).unwrap()
    }

    #[test]
    fn waiting_starts_after_five_failures_and_doubles() {
        let throttle = SignInThrottle::default();
        let ada = account("ada");
        for _ in 0..4 {
            throttle.failed(&ada, None, at(0));
            assert_eq!(throttle.wait(&ada, None, at(0)), None);
        }
        throttle.failed(&ada, None, at(0));
        assert_eq!(throttle.wait(&ada, None, at(0)), Some(10));
        assert_eq!(throttle.wait(&ada, None, at(10)), None);
        throttle.failed(&ada, None, at(10));
        assert_eq!(throttle.wait(&ada, None, at(10)), Some(20));
        assert_eq!(throttle.wait(&account("grace"), None, at(10)), None);
    }

    #[test]
    fn nobody_waits_longer_than_a_quarter_of_an_hour() {
        let throttle = SignInThrottle::default();
        for _ in 0..100 {
            throttle.failed(&account("ada"), None, at(0));
        }
        assert_eq!(throttle.wait(&account("ada"), None, at(0)), Some(900));
    }

    #[test]
    fn an_address_that_tries_many_accounts_waits_too() {
        let throttle = SignInThrottle::default();
        let peer = Some(IpAddr::from([192, 0, 2, 1]));
        for n in 0..30 {
            throttle.failed(&account(&format!("user{n}")), peer, at(0));
        }
        assert_eq!(throttle.wait(&account("new"), peer, at(0)), Some(10));
        assert_eq!(throttle.wait(&account("new"), None, at(0)), None);
    }

    #[test]
    fn success_forgets_the_failures_of_the_account() {
        let throttle = SignInThrottle::default();
        for _ in 0..9 {
            throttle.failed(&account("ada"), None, at(0));
        }
        throttle.succeeded(&account("ada"));
        assert_eq!(throttle.wait(&account("ada"), None, at(0)), None);
    }
}
