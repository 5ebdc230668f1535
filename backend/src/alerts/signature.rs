//! How requests to webhooks are signed, as Standard Webhooks says: HMAC-SHA256 over id, time and body.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use rand::RngCore;
use secrecy::ExposeSecret;
use sha2::Sha256;
use uuid::Uuid;

use super::Undelivered;
use crate::crypto::Secret;

/// What every secret begins with, so that secret scanners recognise one.
const PREFIX: &str = "whsec_";
/// Random bytes of a secret.
const BYTES: usize = 32;

/// What proves who sent a request and when.
pub(super) struct Signed {
    pub(super) id: String,
    /// Seconds since 1970.
    pub(super) timestamp: String,
    pub(super) signature: String,
}

/// A new secret.
pub(crate) fn new_secret() -> Secret {
    let mut key = [0_u8; BYTES];
    rand::rng().fill_bytes(&mut key);
    Secret::from(format!("{PREFIX}{}", STANDARD.encode(key)))
}

/// Signs a body.
///
/// # Errors
/// [`Undelivered::NoSecret`] when the secret is none of ours.
pub(super) fn sign(secret: &Secret, id: Uuid, at: DateTime<Utc>, body: &str) -> Result<Signed, Undelivered> {
    let key = secret
        .expose_secret()
        .strip_prefix(PREFIX)
        .and_then(|text| STANDARD.decode(text).ok())
        .ok_or(Undelivered::NoSecret)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| Undelivered::NoSecret)?;
    let (id, timestamp) = (id.to_string(), at.timestamp().to_string());
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    Ok(Signed {
        id,
        timestamp,
        signature,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out with Python's `hmac`.
    #[test]
    fn a_signature_is_that_of_id_time_and_body() {
        let secret = Secret::from(format!("{PREFIX}{}", STANDARD.encode([7_u8; BYTES])));
        let id = Uuid::from_u128(0x018f_3c1e_0000_7000_8000_0000_0000_0001);
        let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let signed = sign(&secret, id, at, "{\"type\":\"test\"}").unwrap();
        assert_eq!(signed.id, "018f3c1e-0000-7000-8000-000000000001");
        assert_eq!(signed.timestamp, "1700000000");
        assert_eq!(signed.signature, "v1,KpNH6bvrn1JQMGs/4WFr1Ja4ThaiP6CfK0JC7UjAIeU=");
    }

    #[test]
    fn no_two_secrets_are_the_same_and_each_signs() {
        let (one, other) = (new_secret(), new_secret());
        assert_ne!(one.expose_secret(), other.expose_secret());
        let at = DateTime::UNIX_EPOCH;
        let sign = |secret: &Secret| sign(secret, Uuid::nil(), at, "").map(|signed| signed.signature);
        assert_ne!(sign(&one).unwrap(), sign(&other).unwrap());
        assert_eq!(sign(&Secret::from("password")), Err(Undelivered::NoSecret));
    }
}
