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
    /// `last` before the latest try, for when that one turns out not to have failed.
    before: DateTime<Utc>,
}

/// Counts failed sign-ins and says when to wait.
///
/// A try counts as failed from its beginning, until [`Self::succeeded`] or [`Self::not_judged`] takes that back:
/// otherwise tries side by side would all begin before the first of them has failed.
#[derive(Debug, Default)]
pub struct SignInThrottle {
    failures: Mutex<HashMap<Key, Failures>>,
}

impl SignInThrottle {
    /// Begins a try.
    ///
    /// # Errors
    /// How long whoever signs in must wait before the next try, in whole seconds.
    pub fn attempt(&self, account: &EmailAddress, peer: Option<IpAddr>, now: DateTime<Utc>) -> Result<(), u64> {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = keys(account, peer)
            .filter_map(|key| wait(&key, failures.get(&key)?, now))
            .max();
        if let Some(seconds) = wait {
            return Err(seconds);
        }
        for key in keys(account, peer) {
            let entry = failures.entry(key).or_insert(Failures {
                count: 0,
                last: now,
                before: now,
            });
            if now - entry.last > MEMORY {
                entry.count = 0;
            }
            entry.count = entry.count.saturating_add(1);
            entry.before = entry.last;
            entry.last = now;
        }
        if failures.len() > REMEMBERED {
            failures.retain(|_, failures| now - failures.last <= MEMORY);
        }
        if failures.len() > REMEMBERED {
            forget_oldest_half(&mut failures);
        }
        Ok(())
    }

    /// A try succeeded: the account's failures are forgotten, earlier ones of the address stay.
    pub fn succeeded(&self, account: &EmailAddress, peer: Option<IpAddr>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&Key::Account(account.clone()));
        if let Some(peer) = peer {
            take_back(&mut failures, &Key::Peer(network(peer)));
        }
    }

    /// A try came to no result, through no fault of whoever tried.
    pub fn not_judged(&self, account: &EmailAddress, peer: Option<IpAddr>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(account, peer) {
            take_back(&mut failures, &key);
        }
    }
}

fn take_back(failures: &mut HashMap<Key, Failures>, key: &Key) {
    if let Some(entry) = failures.get_mut(key) {
        entry.count = entry.count.saturating_sub(1);
        entry.last = entry.before;
    }
}

fn wait(key: &Key, failures: &Failures, now: DateTime<Utc>) -> Option<u64> {
    let left = failures.last + wait_after(key, failures.count)? - now;
    (left > TimeDelta::zero()).then(|| left.num_milliseconds().unsigned_abs().div_ceil(1_000))
}

fn keys(account: &EmailAddress, peer: Option<IpAddr>) -> impl Iterator<Item = Key> {
    let peer = peer.map(|peer| Key::Peer(network(peer)));
    [Some(Key::Account(account.clone())), peer].into_iter().flatten()
}

/// What one customer has: an IPv4 address, or 64 bits of an IPv6 address. A brake on each of its addresses would hold
/// nobody who tries many accounts.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
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
        for _ in 0..5 {
            assert_eq!(throttle.attempt(&ada, None, at(0)), Ok(()));
        }
        assert_eq!(throttle.attempt(&ada, None, at(0)), Err(10));
        assert_eq!(throttle.attempt(&ada, None, at(9)), Err(1));
        assert_eq!(throttle.attempt(&ada, None, at(10)), Ok(()));
        assert_eq!(throttle.attempt(&ada, None, at(10)), Err(20));
        assert_eq!(throttle.attempt(&account("grace"), None, at(10)), Ok(()));
    }

    #[test]
    fn nobody_waits_longer_than_a_quarter_of_an_hour() {
        let throttle = SignInThrottle::default();
        for n in 0..100 {
            assert_eq!(throttle.attempt(&account("ada"), None, at(n * 900)), Ok(()));
        }
        assert_eq!(throttle.attempt(&account("ada"), None, at(99 * 900)), Err(900));
    }

    #[test]
    fn failures_are_forgotten_after_half_an_hour() {
        let throttle = SignInThrottle::default();
        for _ in 0..5 {
            assert_eq!(throttle.attempt(&account("ada"), None, at(0)), Ok(()));
        }
        for _ in 0..5 {
            assert_eq!(throttle.attempt(&account("ada"), None, at(1_801)), Ok(()));
        }
        assert_eq!(throttle.attempt(&account("ada"), None, at(1_801)), Err(10));
    }

    #[test]
    fn an_address_that_tries_many_accounts_waits_too() {
        let throttle = SignInThrottle::default();
        let peer = Some(IpAddr::from([192, 0, 2, 1]));
        for n in 0..30 {
            assert_eq!(throttle.attempt(&account(&format!("user{n}")), peer, at(0)), Ok(()));
        }
        assert_eq!(throttle.attempt(&account("new"), peer, at(0)), Err(10));
        assert_eq!(throttle.attempt(&account("new"), None, at(0)), Ok(()));
    }

    #[test]
    fn the_addresses_of_one_network_wait_together() {
        let throttle = SignInThrottle::default();
        let peer = |n: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 7, 0, 0, 0, n]));
        for n in 0..30 {
            let tried = throttle.attempt(&account(&format!("user{n}")), peer(n), at(0));
            assert_eq!(tried, Ok(()));
        }
        assert_eq!(throttle.attempt(&account("new"), peer(99), at(0)), Err(10));
        let elsewhere = Some(IpAddr::from([0x2001, 0xdb8, 0, 8, 0, 0, 0, 1]));
        assert_eq!(throttle.attempt(&account("new"), elsewhere, at(0)), Ok(()));
    }

    #[test]
    fn success_forgets_the_failures_of_the_account_and_not_those_of_the_address() {
        let throttle = SignInThrottle::default();
        let peer = Some(IpAddr::from([192, 0, 2, 1]));
        for n in 0..29 {
            assert_eq!(throttle.attempt(&account(&format!("user{n}")), peer, at(0)), Ok(()));
        }
        for _ in 0..9 {
            assert_eq!(throttle.attempt(&account("ada"), peer, at(0)), Ok(()));
            throttle.succeeded(&account("ada"), peer);
        }
        assert_eq!(throttle.attempt(&account("ada"), peer, at(0)), Ok(()));
        assert_eq!(throttle.attempt(&account("ada"), peer, at(0)), Err(10));
    }

    #[test]
    fn a_try_without_a_result_costs_nothing() {
        let throttle = SignInThrottle::default();
        for _ in 0..9 {
            assert_eq!(throttle.attempt(&account("ada"), None, at(0)), Ok(()));
            throttle.not_judged(&account("ada"), None);
        }
    }
}
