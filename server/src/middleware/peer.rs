//! The address a request came from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};

/// The connection's address; behind `hops` trusted proxies, the address that the outermost of them has seen. What stands
/// in `X-Forwarded-For` further to the left was written by the client and is not believed.
///
/// A server that listens on IPv6 sees IPv4 addresses as `::ffff:…`. They are told as what they are: as 64 bits of an IPv6
/// address all of them would be one customer to the API's limits.
pub fn of(request: &Request, hops: usize) -> Option<IpAddr> {
    as_seen(request, hops).map(|address| address.to_canonical())
}

fn as_seen(request: &Request, hops: usize) -> Option<IpAddr> {
    let connection = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let Some(position) = hops.checked_sub(1) else {
        return connection;
    };
    let forwarded: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let address = forwarded
        .iter()
        .rev()
        .nth(position)
        .and_then(|address| address.parse().ok());
    address.or(connection)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    /// Otherwise whoever goes around the proxies, or writes nonsense, would be nobody, whom no brake holds.
    #[test]
    fn without_a_usable_address_the_connection_counts() {
        for forwarded in ["", "203.0.113.9", "unknown, unknown", "203.0.113.9:80, x"] {
            assert_eq!(
                of(&request(forwarded), 2),
                Some(IpAddr::from([198, 51, 100, 7])),
                "{forwarded}"
            );
        }
    }

    fn request(forwarded: &str) -> Request {
        let mut request = Request::builder()
            .header("x-forwarded-for", forwarded)
            .body(Body::empty())
            .unwrap();
        let connection = SocketAddr::from(([198, 51, 100, 7], 443));
        request.extensions_mut().insert(ConnectInfo(connection));
        request
    }

    #[test]
    fn without_trusted_proxies_only_the_connection_counts() {
        assert_eq!(of(&request("203.0.113.9"), 0), Some(IpAddr::from([198, 51, 100, 7])));
    }

    #[test]
    fn an_ipv4_address_that_comes_over_ipv6_is_one() {
        let mapped = IpAddr::from([0, 0, 0, 0, 0, 0xffff, 0xc633, 0x6407]);
        let mut direct = Request::builder().body(Body::empty()).unwrap();
        direct
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from((mapped, 443))));
        assert_eq!(of(&direct, 0), Some(IpAddr::from([198, 51, 100, 7])));
        assert_eq!(
            of(&request("::ffff:203.0.113.9"), 1),
            Some(IpAddr::from([203, 0, 113, 9]))
        );
    }

    #[test]
    fn what_the_client_wrote_is_not_believed() {
        let forged = request("192.0.2.66, 203.0.113.9");
        assert_eq!(of(&forged, 1), Some(IpAddr::from([203, 0, 113, 9])));
    }
}
