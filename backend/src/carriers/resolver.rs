//! From the name of a host to addresses, leaving out those that a carrier or a webhook cannot have.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::CarrierSettings;

/// Looks names up. The check is made on the very addresses that are connected to, so that a name cannot change its address
/// in between.
#[derive(Clone, Debug)]
pub(crate) struct Resolver {
    stand_in: Option<SocketAddr>,
    private_hosts: bool,
}

/// All addresses of a host are private.
#[derive(Debug)]
pub(crate) struct OnlyPrivate;

impl fmt::Display for OnlyPrivate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host has only private addresses")
    }
}

impl Error for OnlyPrivate {}

impl Resolver {
    pub(crate) fn new(settings: &CarrierSettings) -> Self {
        Self {
            stand_in: settings.stand_in,
            private_hosts: settings.private_hosts,
        }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(self.clone().addresses(name))
    }
}

impl Resolver {
    async fn addresses(self, name: Name) -> Result<Addrs, Box<dyn Error + Send + Sync>> {
        let host = name.as_str();
        if let Some(stand_in) = self.stand_in.filter(|_| host.ends_with(".example")) {
            return Ok(Box::new(std::iter::once(stand_in)));
        }
        let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
        let may = |address: &SocketAddr| self.private_hosts || is_public(address.ip());
        let allowed: Vec<SocketAddr> = found.iter().copied().filter(may).collect();
        if allowed.is_empty() && !found.is_empty() {
            return Err(Box::new(OnlyPrivate));
        }
        Ok(Box::new(allowed.into_iter()))
    }
}

/// Whether an address can belong to somebody on the internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let set_aside = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        // Between a provider and its customers; protocols; measurements; not yet given out, and broadcast.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240;
    !set_aside
}

/// Only what is given out to be reached from everywhere (2000::/3), and none of the ways into IPv4 or for examples.
fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [first, second, ..] = address.segments();
    let given_out = first & 0xe000 == 0x2000;
    let tunnel_or_example = first == 0x2002 || (first == 0x2001 && (second < 0x0200 || second == 0x0db8));
    given_out && !tunnel_or_example
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("8.8.8.8")]
    #[case("100.128.0.1")]
    #[case("2606:4700::1111")]
    #[case("::ffff:8.8.8.8")]
    fn addresses_on_the_internet_are_public(#[case] address: IpAddr) {
        assert!(is_public(address));
    }

    #[rstest]
    #[case("127.0.0.1")]
    #[case("0.0.0.0")]
    #[case("10.1.2.3")]
    #[case("172.16.0.1")]
    #[case("192.168.1.1")]
    #[case("169.254.169.254")]
    #[case("100.64.0.1")]
    #[case("198.18.0.1")]
    #[case("192.0.0.8")]
    #[case("192.0.2.1")]
    #[case("224.0.0.1")]
    #[case("255.255.255.255")]
    #[case("::")]
    #[case("::1")]
    #[case("fe80::1")]
    #[case("fd00::1")]
    #[case("ff02::1")]
    #[case("2001:db8::1")]
    #[case("2002:7f00:1::")]
    #[case("::ffff:127.0.0.1")]
    #[case("64:ff9b::7f00:1")]
    fn addresses_set_aside_are_not(#[case] address: IpAddr) {
        assert!(!is_public(address));
    }
}
