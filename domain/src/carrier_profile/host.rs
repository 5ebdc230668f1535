//! Hosts of carriers.

use std::fmt;

use thiserror::Error;

/// The name of a carrier's host and nothing else, in lower case: at least two labels of letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CarrierHost(String);

/// A text is not the bare name of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("Enter the host name alone, such as api.carrier.example: no https://, user name, port, path or IP address.")]
pub struct NotAHost;

impl CarrierHost {
    /// Reads a name; capital letters are made small.
    ///
    /// # Errors
    /// [`NotAHost`] for anything that is more than a name, or an address.
    pub fn parse(text: &str) -> Result<Self, NotAHost> {
        let name = text.trim().to_ascii_lowercase();
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let labels: Vec<&str> = name.split('.').collect();
        // What ends in a number is read as an IPv4 address by programs, in all its odd forms (127.1, 0x7f.1).
        let named = labels
            .last()
            .is_some_and(|last| last.starts_with(|c: char| c.is_ascii_alphabetic()));
        let well_formed = name.len() <= 253 && labels.len() >= 2 && labels.iter().all(|label| label_ok(label)) && named;
        well_formed.then_some(Self(name)).ok_or(NotAHost)
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the name is set aside for examples (RFC 2606), so that it leads nowhere.
    #[must_use]
    pub fn is_example(&self) -> bool {
        self.0.ends_with(".example")
    }
}

impl fmt::Display for CarrierHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("api.carrier.example", "api.carrier.example")]
    #[case("  API.Carrier.Example ", "api.carrier.example")]
    #[case("core1-ord.carrier.com", "core1-ord.carrier.com")]
    fn a_bare_name_is_one(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(CarrierHost::parse(text).unwrap().as_str(), expected);
    }

    #[rstest]
    #[case("")]
    #[case("localhost")]
    #[case("https://api.carrier.example")]
    #[case("api.carrier.example/ns-api")]
    #[case("api.carrier.example:8443")]
    #[case("key@api.carrier.example")]
    #[case("api.carrier.example?x")]
    #[case("api.carrier.example#x")]
    #[case("127.0.0.1")]
    #[case("127.1")]
    #[case("0x7f.1")]
    #[case("[::1]")]
    #[case("::1")]
    #[case("api..example")]
    #[case("-api.example")]
    #[case("api.carrier.example.")]
    #[case("api carrier.example")]
    fn anything_more_is_refused(#[case] text: &str) {
        assert_eq!(CarrierHost::parse(text), Err(NotAHost));
    }
}
