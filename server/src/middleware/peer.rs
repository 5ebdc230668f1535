//! The address a request came from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};

/// The connection's address; behind `hops` trusted proxies, the address that the outermost of them has seen. What stands
/// in `X-Forwarded-For` further to the left was written by the client and is not believed.
pub fn of(request: &Request, hops: usize) -> Option<IpAddr> {
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
    let address = forwarded.iter().rev().nth(position)?;
    address.parse().ok().or(connection)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

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
    fn what_the_client_wrote_is_not_believed() {
        let forged = request("192.0.2.66, 203.0.113.9");
        assert_eq!(of(&forged, 1), Some(IpAddr::from([203, 0, 113, 9])));
    }
}
