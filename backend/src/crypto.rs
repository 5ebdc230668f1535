//! Secrets at rest: XChaCha20-Poly1305 with a random nonce for each value, bound to the place it stands in.
//!
//! A value that is copied into another enterprise, profile or field, or to another webhook, cannot be read there. Each names
//! the key it was made with, so that keys can be replaced while the portal runs. A [`Secret`] is never printed, logged or
//! serialized.

mod keys;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use rand::RngCore;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use uuid::Uuid;

pub use self::keys::{KeyRing, KeySource};

/// A secret text: not shown by `Debug`, not serializable, wiped from memory when it is dropped.
pub type Secret = SecretString;

/// Bytes of a nonce.
const NONCE: usize = 24;

/// Where a secret stands; it can be read nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The enterprise; of a webhook its provider.
    pub enterprise: Uuid,
    /// The carrier profile; of a webhook the destination of alerts.
    pub profile: Uuid,
    /// The credential's name.
    pub field: &'a str,
}

impl Place<'_> {
    /// What signs the requests to a webhook.
    #[must_use]
    pub fn of_webhook(provider: Uuid, destination: Uuid) -> Self {
        Self {
            enterprise: provider,
            profile: destination,
            field: "webhook_secret",
        }
    }

    fn bytes(&self) -> Vec<u8> {
        format!("{}|{}|{}", self.enterprise, self.profile, self.field).into_bytes()
    }
}

/// A secret as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Which key it was made with.
    pub key_id: String,
    /// Its nonce, then what it was made into, then the tag.
    pub bytes: Vec<u8>,
}

/// Why keys or secrets cannot be used; one sentence, without anything secret.
#[derive(Debug, Error)]
pub enum CryptoError {
    /// The file of the keys cannot be read or written.
    #[error("The key file {path} cannot be used: {cause}.")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A line is no key.
    #[error(
        "Line {0} of the keys is not one: a key is a name of letters and digits, a colon and 64 hexadecimal digits, and \
         no name comes twice."
    )]
    NotAKey(usize),
    /// There is none at all.
    #[error("There is no key.")]
    NoKey,
    /// The value was made with a key that is not there.
    #[error("A secret was encrypted with the key {0:?}, which is not among the keys.")]
    UnknownKey(String),
    /// The value was changed, or stands somewhere else than it was made for.
    #[error("A secret cannot be decrypted: it was changed, or moved from another place.")]
    Broken,
    /// The keys were given from outside, so the program cannot make one.
    #[error("The keys are given by the environment, so the program cannot add one. Put a new one first and try again.")]
    NotOurs,
}

impl KeyRing {
    /// Encrypts a secret for a place, with the first key.
    ///
    /// # Errors
    /// The keys cannot be read, or the secret is too long.
    pub fn seal(&self, place: Place<'_>, secret: &Secret) -> Result<Sealed, CryptoError> {
        let (key_id, key) = self.first()?;
        let mut nonce = [0_u8; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let aad = place.bytes();
        let payload = Payload {
            msg: secret.expose_secret().as_bytes(),
            aad: &aad,
        };
        let made = XChaCha20Poly1305::new((&key.0).into())
            .encrypt((&nonce).into(), payload)
            .map_err(|_| CryptoError::Broken)?;
        let mut bytes = nonce.to_vec();
        bytes.extend(made);
        Ok(Sealed { key_id, bytes })
    }

    /// Decrypts what was encrypted for that place.
    ///
    /// # Errors
    /// The key is not there, or the value was changed or belongs elsewhere.
    pub fn unseal(&self, place: Place<'_>, sealed: &Sealed) -> Result<Secret, CryptoError> {
        let key = self.named(&sealed.key_id)?;
        let (nonce, made) = sealed.bytes.split_first_chunk::<NONCE>().ok_or(CryptoError::Broken)?;
        let aad = place.bytes();
        let payload = Payload { msg: made, aad: &aad };
        let text = XChaCha20Poly1305::new((&key.0).into())
            .decrypt(nonce.into(), payload)
            .map_err(|_| CryptoError::Broken)?;
        let text = String::from_utf8(text).map_err(|_| CryptoError::Broken)?;
        Ok(Secret::from(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "one:0101010101010101010101010101010101010101010101010101010101010101";
    const SECOND: &str = "two:0202020202020202020202020202020202020202020202020202020202020202";

    fn place(field: &str) -> Place<'_> {
        Place {
            enterprise: Uuid::from_u128(1),
            profile: Uuid::from_u128(2),
            field,
        }
    }

    fn ring(text: &str) -> KeyRing {
        KeyRing::open(KeySource::Given(Secret::from(text))).unwrap()
    }

    #[test]
    fn a_secret_is_read_where_it_was_written() {
        let ring = ring(FIRST);
        let sealed = ring.seal(place("api_key"), &Secret::from("s3cret")).unwrap();
        assert_eq!(sealed.key_id, "one");
        let read = ring.unseal(place("api_key"), &sealed).unwrap();
        assert_eq!(read.expose_secret(), "s3cret");
        let again = ring.seal(place("api_key"), &Secret::from("s3cret")).unwrap();
        assert_ne!(sealed.bytes, again.bytes, "each value has its own nonce");
    }

    #[test]
    fn a_secret_is_read_nowhere_else() {
        let ring = ring(FIRST);
        let sealed = ring.seal(place("api_key"), &Secret::from("s3cret")).unwrap();
        let elsewhere = [
            place("password"),
            Place {
                enterprise: Uuid::from_u128(9),
                ..place("api_key")
            },
            Place {
                profile: Uuid::from_u128(9),
                ..place("api_key")
            },
        ];
        for place in elsewhere {
            assert!(
                matches!(ring.unseal(place, &sealed), Err(CryptoError::Broken)),
                "{place:?}"
            );
        }
    }

    #[test]
    fn a_changed_or_cut_value_is_refused() {
        let ring = ring(FIRST);
        let sealed = ring.seal(place("api_key"), &Secret::from("s3cret")).unwrap();
        for at in 0..sealed.bytes.len() {
            let mut changed = sealed.clone();
            changed.bytes[at] ^= 1;
            assert!(ring.unseal(place("api_key"), &changed).is_err(), "byte {at}");
        }
        for length in [0, 10, NONCE, sealed.bytes.len() - 1] {
            let mut cut = sealed.clone();
            cut.bytes.truncate(length);
            assert!(ring.unseal(place("api_key"), &cut).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn the_first_key_writes_and_the_others_read() {
        let old = ring(FIRST).seal(place("api_key"), &Secret::from("s3cret")).unwrap();
        let both = ring(&format!("{SECOND}\n{FIRST}"));
        assert!(both.unseal(place("api_key"), &old).is_ok());
        let new = both.seal(place("api_key"), &Secret::from("s3cret")).unwrap();
        assert_eq!(new.key_id, "two");
        let refused = ring(SECOND).unseal(place("api_key"), &old).unwrap_err();
        assert!(matches!(refused, CryptoError::UnknownKey(id) if id == "one"));
    }

    #[test]
    fn secrets_and_keys_are_never_printed() {
        let ring = ring(FIRST);
        let printed = format!("{ring:?} {:?}", Secret::from("s3cret"));
        assert!(!printed.contains("0101") && !printed.contains("s3cret"), "{printed}");
    }
}
