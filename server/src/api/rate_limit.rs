//! How many requests a token and an address may send: a full minute's worth at once, and then as many as the minute
//! gives back. Kept in memory, per server. The headers are those of the IETF draft "RateLimit header fields for HTTP".

use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use domain::{error::Error, ids::ApiTokenId};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock, middleware::StateInformationMiddleware};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::problem::Problem;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// The time in which the whole allowance comes back, in seconds.
const WINDOW: u32 = 60;
/// After how many requests those who have been quiet for a while are forgotten.
const TIDY_EVERY: u32 = 10_000;

/// The allowances of tokens and addresses.
pub(super) struct RateLimits {
    tokens: Allowance<ApiTokenId>,
    /// The address; none for connections that have none, which share one allowance.
    addresses: Allowance<Option<IpAddr>>,
}

impl RateLimits {
    pub(super) fn new(per_token: NonZeroU32, per_address: NonZeroU32) -> Self {
        Self {
            tokens: Allowance::new("token", per_token),
            addresses: Allowance::new("address", per_address),
        }
    }

    /// Takes one request out of the token's allowance.
    pub(super) fn of_token(&self, token: ApiTokenId) -> Result<Left, Problem> {
        self.tokens.take(&token)
    }

    /// Takes one request out of the address's allowance.
    pub(super) fn of_address(&self, address: Option<IpAddr>) -> Result<Left, Problem> {
        self.addresses.take(&address.map(network))
    }
}

/// What one customer has: an IPv4 address, or 64 bits of an IPv6 address.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

struct Allowance<K: Clone + Hash + Eq> {
    name: &'static str,
    most: u32,
    limiter: DefaultKeyedRateLimiter<K, StateInformationMiddleware>,
    asked: AtomicU32,
}

impl<K: Clone + Hash + Eq> Allowance<K> {
    fn new(name: &'static str, most: NonZeroU32) -> Self {
        Self {
            name,
            most: most.get(),
            limiter: RateLimiter::keyed(Quota::per_minute(most)).with_middleware(),
            asked: AtomicU32::new(0),
        }
    }

    fn take(&self, key: &K) -> Result<Left, Problem> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(key) {
            Ok(state) => Ok(Left {
                name: self.name,
                most: self.most,
                remaining: state.remaining_burst_capacity(),
            }),
            Err(until) => {
                let wait = until.wait_time_from(self.limiter.clock().now());
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                Err(Error::TooManyRequests {
                    seconds: Ord::max(seconds, 1),
                }
                .into())
            }
        }
    }
}

/// What is left of an allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    name: &'static str,
    most: u32,
    remaining: u32,
}

impl Left {
    /// Says so in the headers of an answer, unless a narrower allowance has said so already.
    pub(super) fn tell(self, headers: &mut HeaderMap) {
        if headers.contains_key(RATE_LIMIT) {
            return;
        }
        let Self { name, most, remaining } = self;
        // After this time all of it is back.
        let seconds = u64::from(most.saturating_sub(remaining)) * u64::from(WINDOW);
        let reset = seconds.div_ceil(u64::from(most));
        let limit = HeaderValue::from_str(&format!("\"{name}\";r={remaining};t={reset}"));
        let policy = HeaderValue::from_str(&format!("\"{name}\";q={most};w={WINDOW}"));
        if let (Ok(limit), Ok(policy)) = (limit, policy) {
            headers.insert(RATE_LIMIT, limit);
            headers.insert(RATE_LIMIT_POLICY, policy);
        }
    }

    /// What is left when nothing is.
    pub(super) fn nothing(of_token: bool, most: NonZeroU32) -> Self {
        Self {
            name: if of_token { "token" } else { "address" },
            most: most.get(),
            remaining: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(per_token: u32, per_address: u32) -> RateLimits {
        RateLimits::new(
            NonZeroU32::new(per_token).unwrap(),
            NonZeroU32::new(per_address).unwrap(),
        )
    }

    #[test]
    fn each_token_has_its_own_allowance() {
        let limits = limits(2, 100);
        let (one, other) = (
            ApiTokenId(uuid::Uuid::from_u128(1)),
            ApiTokenId(uuid::Uuid::from_u128(2)),
        );
        assert_eq!(limits.of_token(one).unwrap().remaining, 1);
        assert_eq!(limits.of_token(one).unwrap().remaining, 0);
        let problem = limits.of_token(one).unwrap_err();
        assert_eq!(problem.status, 429);
        assert!((1..=30).contains(&problem.retry_after.unwrap()), "{problem:?}");
        assert!(limits.of_token(other).is_ok());
    }

    #[test]
    fn a_network_shares_one_allowance() {
        let limits = limits(100, 1);
        let at = |text: &str| Some(text.parse().unwrap());
        assert!(limits.of_address(at("192.0.2.1")).is_ok());
        assert!(limits.of_address(at("192.0.2.2")).is_ok());
        assert!(limits.of_address(at("192.0.2.1")).is_err());
        assert!(limits.of_address(at("2001:db8::1")).is_ok());
        assert!(limits.of_address(at("2001:db8::2")).is_err());
        assert!(limits.of_address(at("2001:db8:0:1::1")).is_ok());
    }

    #[test]
    fn the_narrower_allowance_is_told() {
        let limits = limits(60, 120);
        let mut headers = HeaderMap::new();
        let token = ApiTokenId(uuid::Uuid::from_u128(1));
        limits.of_token(token).unwrap().tell(&mut headers);
        limits.of_address(None).unwrap().tell(&mut headers);
        assert_eq!(headers["ratelimit"], "\"token\";r=59;t=1");
        assert_eq!(headers["ratelimit-policy"], "\"token\";q=60;w=60");
    }
}
