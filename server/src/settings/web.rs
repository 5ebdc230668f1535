//! How requests are answered.

use std::{net::SocketAddr, num::NonZeroU32, time::Duration};

use super::{GivenSettings, SettingsError};

/// How much a request may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest body, in bytes.
    pub body_bytes: usize,
    /// The longest time in which the head of a request arrives.
    pub head_time: Duration,
    /// The longest time to answer.
    pub request_time: Duration,
    /// The same where a file is taken in or checked.
    pub import_time: Duration,
    /// How many streams of live updates one session may have open.
    pub live_streams: usize,
    /// How often a stream makes sure that its session still stands.
    pub live_check: Duration,
    /// How many requests to the API a token may send in a minute.
    pub api_per_token: NonZeroU32,
    /// The same for an address, with whatever tokens or none.
    pub api_per_address: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // The largest form is a group with a thousand members.
            body_bytes: 256 * 1024,
            // Longer than the minute for which proxies usually keep a connection in reserve.
            head_time: Duration::from_secs(75),
            request_time: Duration::from_secs(30),
            // Fifty megabytes over a slow line.
            import_time: Duration::from_secs(10 * 60),
            // Pages close their stream while nobody sees them; so many windows side by side nobody looks at.
            live_streams: 20,
            live_check: Duration::from_secs(30),
            // Ten a second: a script that reads all pages of a long table is not held up.
            api_per_token: NonZeroU32::MIN.saturating_add(599),
            // Behind one address several scripts may run.
            api_per_address: NonZeroU32::MIN.saturating_add(1_199),
        }
    }
}

/// How to answer requests.
#[derive(Clone, Debug)]
pub struct WebSettings {
    /// Send the session cookie over plain HTTP too.
    pub insecure_cookies: bool,
    /// Tell browsers to use TLS only.
    pub strict_transport: bool,
    /// How many proxies in front of the server add to `X-Forwarded-For`.
    pub trusted_proxy_hops: usize,
    /// After how long without a request a session ends.
    pub session_idle: Duration,
    /// After how long a session ends in any case.
    pub session_absolute: Duration,
    /// How much a request may ask for.
    pub limits: Limits,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            insecure_cookies: false,
            strict_transport: false,
            trusted_proxy_hops: 0,
            session_idle: Duration::from_secs(60 * 60),
            session_absolute: Duration::from_secs(12 * 60 * 60),
            limits: Limits::default(),
        }
    }
}

impl WebSettings {
    /// As [`super::Settings::resolve`], for a server that listens at `listen`.
    pub(super) fn resolve(
        given: &GivenSettings,
        file: &GivenSettings,
        listen: SocketAddr,
    ) -> Result<Self, SettingsError> {
        let defaults = Self::default();
        let minutes = |given: Option<u64>, file: Option<u64>, default: Duration| {
            given
                .or(file)
                .map_or(default, |minutes| Duration::from_secs(minutes.saturating_mul(60)))
        };
        let web = Self {
            insecure_cookies: given.insecure_cookies.or(file.insecure_cookies).unwrap_or_default(),
            strict_transport: !listen.ip().is_loopback(),
            trusted_proxy_hops: given.trusted_proxy_hops.or(file.trusted_proxy_hops).unwrap_or_default(),
            session_idle: minutes(
                given.session_idle_minutes,
                file.session_idle_minutes,
                defaults.session_idle,
            ),
            session_absolute: minutes(
                given.session_absolute_minutes,
                file.session_absolute_minutes,
                defaults.session_absolute,
            ),
            limits: Limits {
                api_per_token: given
                    .api_requests_per_token
                    .or(file.api_requests_per_token)
                    .unwrap_or(defaults.limits.api_per_token),
                api_per_address: given
                    .api_requests_per_address
                    .or(file.api_requests_per_address)
                    .unwrap_or(defaults.limits.api_per_address),
                ..defaults.limits
            },
        };
        if web.session_idle.is_zero() || web.session_idle > web.session_absolute {
            return Err(SettingsError::SessionLimits);
        }
        Ok(web)
    }
}

#[cfg(test)]
mod tests {
    use crate::settings::{GivenSettings, Settings, SettingsError};

    #[test]
    fn a_session_cannot_be_idle_for_longer_than_it_lasts() {
        let given = GivenSettings {
            session_idle_minutes: Some(100),
            session_absolute_minutes: Some(10),
            ..GivenSettings::default()
        };
        assert!(matches!(
            Settings::resolve(given, None),
            Err(SettingsError::SessionLimits)
        ));
    }
}
