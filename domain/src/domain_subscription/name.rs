//! Names of domains.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::DOMAIN_CHARS;

/// The name of a NetSapiens domain, in lower case: labels of letters, digits, hyphens and underscores, with dots
/// between, at most 253 bytes (RFC 1035; NetSapiens also uses names without a dot).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DomainName(String);

/// A text is not the name of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is not a domain name, such as sms.company.example")]
pub struct NotADomainName;

impl DomainName {
    /// Reads a name; capital letters are made small.
    ///
    /// # Errors
    /// [`NotADomainName`] when a rule is broken.
    pub fn parse(text: &str) -> Result<Self, NotADomainName> {
        let name = text.trim().to_ascii_lowercase();
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        let well_formed = name.len() <= DOMAIN_CHARS && name.split('.').all(label_ok);
        well_formed.then_some(Self(name)).ok_or(NotADomainName)
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for DomainName {
    type Error = NotADomainName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<DomainName> for String {
    fn from(name: DomainName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Clinic.Alder.Example", Some("clinic.alder.example"))]
    #[case("main_tenant", Some("main_tenant"))]
    #[case("", None)]
    #[case("a..b", None)]
    #[case("-a.example", None)]
    #[case("a b.example", None)]
    fn a_domain_name_is_made_of_labels(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(DomainName::parse(text).ok().as_ref().map(DomainName::as_str), expected);
    }
}
