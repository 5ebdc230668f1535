//! Addresses of webhooks.

use thiserror::Error;

use crate::carrier_profile::CarrierHost;

/// The most characters of a webhook's address.
pub const WEBHOOK_URL_MAX: usize = 500;

/// The address of a webhook: `https`, the name of a host, perhaps a port, a path and a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookUrl {
    text: String,
    host: CarrierHost,
    /// Where the path begins in the text.
    path: usize,
}

/// A text is no address that a webhook can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "Enter an address that begins with https:// and the name of a host, such as https://hooks.company.example/alerts: no \
     user name, IP address or #, and at most {WEBHOOK_URL_MAX} characters."
)]
pub struct NotAWebhookUrl;

impl WebhookUrl {
    /// Reads an address. Only names are taken, since what they lead to is looked at with each connection.
    ///
    /// # Errors
    /// [`NotAWebhookUrl`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotAWebhookUrl> {
        let text = text.trim();
        let odd = |c: char| !c.is_ascii_graphic() || "\\#\"<>^`{|}".contains(c);
        let scheme = text.get(..8).ok_or(NotAWebhookUrl)?;
        if text.len() > WEBHOOK_URL_MAX || text.contains(odd) || !scheme.eq_ignore_ascii_case("https://") {
            return Err(NotAWebhookUrl);
        }
        let rest = text.get(8..).ok_or(NotAWebhookUrl)?;
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| NotAWebhookUrl)?)),
            None => (authority, None),
        };
        let host = CarrierHost::parse(host).map_err(|_| NotAWebhookUrl)?;
        let before = match port {
            Some(0) => return Err(NotAWebhookUrl),
            Some(port) => format!("https://{host}:{port}"),
            None => format!("https://{host}"),
        };
        Ok(Self {
            path: before.len(),
            text: before + path,
            host,
        })
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name of the host.
    #[must_use]
    pub fn host(&self) -> &CarrierHost {
        &self.host
    }

    /// What follows host and port.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        self.text.get(self.path..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://hooks.company.example", "https://hooks.company.example", "")]
    #[case(
        " HTTPS://Hooks.Company.Example/A?b=C ",
        "https://hooks.company.example/A?b=C",
        "/A?b=C"
    )]
    #[case("https://hooks.company.example:8443/x", "https://hooks.company.example:8443/x", "/x")]
    #[case("https://hooks.company.example?x=@", "https://hooks.company.example?x=@", "?x=@")]
    fn an_address_is_read(#[case] text: &str, #[case] expected: &str, #[case] path: &str) {
        let address = WebhookUrl::parse(text).unwrap();
        assert_eq!((address.as_str(), address.path_and_query()), (expected, path));
        assert_eq!(address.host().as_str(), "hooks.company.example");
    }

    #[rstest]
    #[case("")]
    #[case("https://")]
    #[case("http://hooks.company.example/")]
    #[case("hooks.company.example")]
    #[case("https://localhost/")]
    #[case("https://127.0.0.1/")]
    #[case("https://[::1]/")]
    #[case("https://0x7f.1/")]
    #[case("https://user@hooks.company.example/")]
    #[case("https://hooks.company.example:0/")]
    #[case("https://hooks.company.example:99999/")]
    #[case("https://hooks.company.example:/")]
    #[case("https://hooks.company.example/#x")]
    #[case("https://hooks.company.example\\@evil.example/")]
    #[case("https://hooks.company.example/a b")]
    #[case("https://hööks.company.example/")]
    fn anything_else_is_refused(#[case] text: &str) {
        assert_eq!(WebhookUrl::parse(text), Err(NotAWebhookUrl));
    }

    #[test]
    fn an_address_ends_somewhere() {
        let long = format!("https://hooks.company.example/{}", "x".repeat(WEBHOOK_URL_MAX));
        assert_eq!(WebhookUrl::parse(&long), Err(NotAWebhookUrl));
    }
}
