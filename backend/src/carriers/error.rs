//! How carriers fail.

use std::time::Duration;

use thiserror::Error;

/// Why a carrier did not do what it was asked for: a sentence for an admin, without anything secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CarrierError {
    /// The credentials were refused.
    #[error("{}", refused(.mfa))]
    Auth {
        /// Whether a second factor is what is missing.
        mfa: bool,
    },
    /// The profile has no credentials.
    #[error("This carrier profile has no credentials yet.")]
    NoCredentials,
    /// The credentials cannot be decrypted.
    #[error(
        "The credentials of this carrier profile cannot be read: the key they were encrypted with is missing. Enter them again."
    )]
    Unreadable,
    /// It was accepted, and does not show yet.
    #[error("The carrier has accepted the request, but does not show the subscription yet.")]
    NotShown,
    /// The profile names no host that can be asked.
    #[error("This carrier profile names no host that can be asked.")]
    NoHost,
    /// The host has a private address, and the settings allow none.
    #[error("The carrier's host has a private address. The portal does not connect to those.")]
    PrivateHost,
    /// The host does not exist or takes no connection.
    #[error("The carrier's host cannot be reached. Check its name.")]
    Unreachable,
    /// The host cannot prove who it is, or offers no safe connection.
    #[error("No safe connection (TLS) to the carrier's host can be made.")]
    Tls,
    /// The credentials are right, but do not allow this.
    #[error("The credentials at the carrier do not allow this.")]
    Forbidden,
    /// The carrier does not know what the request is about.
    #[error("The carrier does not know this domain or subscription.")]
    NotFound,
    /// The carrier already holds something that is in the way.
    #[error("Something at the carrier is in the way.")]
    Conflict,
    /// The carrier found fault with the request.
    #[error("The carrier did not accept the request.")]
    Invalid,
    /// Too many requests.
    #[error("The carrier is busy. Try again in {}.", pause(.after))]
    RateLimited {
        /// After how long the carrier wants to be asked again, if it says so.
        after: Option<Duration>,
    },
    /// It did not answer, or could not: another try may succeed.
    #[error("The carrier did not answer. Try again in a few minutes.")]
    Transient,
    /// The answer was none that we understand.
    #[error("The carrier gave an answer that the portal does not understand.")]
    Protocol,
}

fn refused(mfa: &bool) -> &'static str {
    if *mfa {
        "The carrier asks for a second factor to sign in, which the portal cannot give. Use an account without one."
    } else {
        "The carrier refused the credentials."
    }
}

fn pause(after: &Option<Duration>) -> String {
    match after {
        Some(after) => format!("{} seconds", after.as_secs().max(1)),
        None => "a few minutes".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{carrier_profile::CarrierKind, table::fold};

    use super::*;

    /// The Domains table is searched for these sentences as LOWER leaves them.
    #[test]
    fn reasons_fold_as_sql_makes_them_small() {
        let errors = [
            CarrierError::Auth { mfa: true },
            CarrierError::Auth { mfa: false },
            CarrierError::NoCredentials,
            CarrierError::Unreadable,
            CarrierError::NotShown,
            CarrierError::NoHost,
            CarrierError::PrivateHost,
            CarrierError::Unreachable,
            CarrierError::Tls,
            CarrierError::Forbidden,
            CarrierError::NotFound,
            CarrierError::Conflict,
            CarrierError::Invalid,
            CarrierError::RateLimited { after: None },
            CarrierError::RateLimited {
                after: Some(Duration::from_secs(90)),
            },
            CarrierError::Transient,
            CarrierError::Protocol,
        ];
        let names = CarrierKind::ALL.iter().map(|kind| kind.label().to_owned());
        for text in errors.iter().map(ToString::to_string).chain(names) {
            assert_eq!(fold(&text), text.to_ascii_lowercase());
        }
    }
}
