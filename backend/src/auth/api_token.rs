//! The form of API tokens: `mp_`, 34 random characters, and 6 that check them.
//!
//! The prefix and the check let secret scanners recognise a token in a repository or a log without asking anybody, and
//! tell a mistyped one from one that does not exist. 34 of 62 characters are 202 bits, so the hash that is stored needs
//! no salt and no slowness.

use domain::api_token::HINT_CHARS;
use rand::{Rng, distr::Alphanumeric};
use sha2::{Digest, Sha256};

/// What every token begins with.
const PREFIX: &str = "mp_";
const RANDOM_CHARS: usize = 34;
/// A CRC-32 in base 62, as the first digit zero where it is short.
const CHECK_CHARS: usize = 6;
const BASE_62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A new token.
pub(crate) fn new_token() -> String {
    let random: String = rand::rng()
        .sample_iter(Alphanumeric)
        .take(RANDOM_CHARS)
        .map(char::from)
        .collect();
    let check = check(&random);
    format!("{PREFIX}{random}{check}")
}

/// What is stored of a token; none for a text that cannot be one.
pub(crate) fn token_hash(text: &str) -> Option<Vec<u8>> {
    let rest = text.strip_prefix(PREFIX)?;
    let well_formed = rest.len() == RANDOM_CHARS + CHECK_CHARS && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !well_formed {
        return None;
    }
    let (random, given) = rest.split_at(RANDOM_CHARS);
    (check(random) == given).then(|| Sha256::digest(text.as_bytes()).to_vec())
}

/// The last characters, by which its owner knows a token again.
pub(crate) fn token_hint(token: &str) -> String {
    let begin = token.len().saturating_sub(HINT_CHARS);
    token.get(begin..).unwrap_or_default().to_owned()
}

fn check(random: &str) -> String {
    let mut rest = crc32fast::hash(random.as_bytes());
    let mut digits = [b'0'; CHECK_CHARS];
    for digit in digits.iter_mut().rev() {
        *digit = BASE_62[(rest % 62) as usize];
        rest /= 62;
    }
    digits.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_can_be_recognised_and_no_two_are_alike() {
        let token = new_token();
        assert_eq!(token.len(), 43);
        assert!(token.starts_with("mp_"));
        assert_eq!(token_hash(&token).unwrap().len(), 32);
        assert_ne!(new_token(), token);
        assert!(token.ends_with(&token_hint(&token)));
        assert_eq!(token_hint(&token).len(), HINT_CHARS);
    }

    #[test]
    fn a_mistyped_token_is_none() {
        let token = new_token();
        let other_end = if token.ends_with('a') { "b" } else { "a" };
        let wrong_check = format!("{}{other_end}", &token[..42]);
        for text in [
            "",
            "mp_",
            &token[..42],
            &wrong_check,
            &token.replacen("mp_", "MP_", 1),
            &format!("{token} "),
            &format!("mp_{}", "ä".repeat(20)),
        ] {
            assert_eq!(token_hash(text), None, "{text}");
        }
    }

    #[test]
    fn the_check_is_that_of_the_documents() {
        assert_eq!(check(&"0".repeat(RANDOM_CHARS)), check_of_zeros());
    }

    /// CRC-32 (ISO-HDLC) of 34 zeros, worked out bit by bit.
    fn check_of_zeros() -> String {
        let mut crc = u32::MAX;
        for byte in [b'0'; RANDOM_CHARS] {
            crc ^= u32::from(byte);
            for _ in 0..8 {
                let low = crc & 1;
                crc >>= 1;
                if low == 1 {
                    crc ^= 0xEDB8_8320;
                }
            }
        }
        let mut rest = !crc;
        let mut text = String::new();
        for _ in 0..CHECK_CHARS {
            text.insert(0, char::from(BASE_62[(rest % 62) as usize]));
            rest /= 62;
        }
        text
    }
}
