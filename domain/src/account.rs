//! Accounts: the people who sign in with an e-mail address and a password.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::AccountId;

/// The fewest characters of a password (NIST SP 800-63B-4, 3.1.1.2: 15 where it is the only factor).
pub const PASSWORD_MIN_CHARS: usize = 15;
/// The most characters of a password; a bound for the hashing work, well above what the same guideline asks (64).
pub const PASSWORD_MAX_CHARS: usize = 256;

/// Whether a text can be a new password: only its length counts, and nothing is cut off or trimmed.
///
/// # Errors
/// [`NotAPassword`] says what is wrong with it.
pub fn check_new_password(text: &str) -> Result<(), NotAPassword> {
    match text.chars().count() {
        short if short < PASSWORD_MIN_CHARS => Err(NotAPassword::TooShort),
        long if long > PASSWORD_MAX_CHARS => Err(NotAPassword::TooLong),
        _ => Ok(()),
    }
}

/// Why a text cannot be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAPassword {
    /// It has fewer than [`PASSWORD_MIN_CHARS`] characters.
    #[error("is shorter than {PASSWORD_MIN_CHARS} characters")]
    TooShort,
    /// It has more than [`PASSWORD_MAX_CHARS`] characters.
    #[error("is longer than {PASSWORD_MAX_CHARS} characters")]
    TooLong,
}

/// An e-mail address as a sign-in name: kept in lower case, because people do not type it the same way twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// A text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is not an e-mail address, such as name@company.example")]
pub struct NotAnEmailAddress;

impl EmailAddress {
    /// Reads an address: something before one `@`, a host with a dot or a single label after it, no spaces or control
    /// characters, at most 254 bytes (RFC 5321, 4.5.3.1.3). Whether it exists only a message can tell.
    ///
    /// # Errors
    /// [`NotAnEmailAddress`] when a rule is broken.
    pub fn parse(text: &str) -> Result<Self, NotAnEmailAddress> {
        let text = text.trim().to_lowercase();
        let (local, host) = text.rsplit_once('@').ok_or(NotAnEmailAddress)?;
        let host_ok = !host.is_empty()
            && host.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        let local_ok = !local.is_empty()
            && local.len() <= 64
            && !local.contains('@')
            && !local.chars().any(|c| c.is_whitespace() || c.is_control());
        if text.len() > 254 || !host_ok || !local_ok {
            return Err(NotAnEmailAddress);
        }
        Ok(Self(text))
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnEmailAddress;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

/// The signed-in person, as the pages show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInAccount {
    /// The account.
    pub id: AccountId,
    /// The person's name.
    pub display_name: String,
    /// The sign-in name.
    pub email: EmailAddress,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(" Ada@Company.Example ", Some("ada@company.example"))]
    #[case("a.b+c@localhost", Some("a.b+c@localhost"))]
    #[case("", None)]
    #[case("@company.example", None)]
    #[case("ada", None)]
    #[case("ada@", None)]
    #[case("a@b@c.example", None)]
    #[case("ada @company.example", None)]
    #[case("ada@company..example", None)]
    fn an_address_has_one_at_and_a_host(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(
            EmailAddress::parse(text).ok().as_ref().map(EmailAddress::as_str),
            expected
        );
    }
}
