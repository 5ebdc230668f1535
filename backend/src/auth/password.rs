//! Password hashes: Argon2id, away from the async threads, and only so many at a time.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier, phc::PasswordHash},
};
use rand::{Rng, distr::Alphanumeric};
use thiserror::Error;
use tokio::{sync::Semaphore, time::timeout};

/// Memory, passes and lanes: 19 MiB, 2, 1 (OWASP Password Storage Cheat Sheet, Argon2id, second recommendation).
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How long a sign-in waits for its turn before it is told to come back.
const QUEUE: Duration = Duration::from_secs(5);
/// How many characters a password has that the program makes up: 24 of 62 are 142 bits.
const ONE_TIME_CHARS: usize = 24;

/// Why a password could not be hashed or checked.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// Too many are being checked already.
    #[error("too many passwords are being checked")]
    Busy,
    /// The hash in the database cannot be read, or hashing failed.
    #[error("password hashing failed: {0}")]
    Hash(String),
}

/// Hashes and checks passwords.
#[derive(Clone, Debug)]
pub struct PasswordHasher {
    turns: Arc<Semaphore>,
}

impl PasswordHasher {
    /// Twice as many at a time as there are processors; each takes 19 MiB.
    #[must_use]
    pub fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            turns: Arc::new(Semaphore::new(processors * 2)),
        }
    }

    /// The hash to store for `password`, in PHC string form.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] when it is not its turn in time; [`PasswordError::Hash`] when hashing fails.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.work(move || {
            let hash = argon2()?.hash_password(password.as_bytes()).map_err(failed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one `stored` was made from. Without a stored hash it takes the same time and is not, so
    /// that the time does not tell which accounts exist.
    ///
    /// # Errors
    /// As [`Self::hash`].
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, PasswordError> {
        self.work(move || {
            let known = stored.is_some();
            let hash = match stored {
                Some(hash) => hash,
                None => DUMMY.clone().map_err(PasswordError::Hash)?,
            };
            let hash = PasswordHash::new(&hash).map_err(failed)?;
            Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok() && known)
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let turn = timeout(QUEUE, self.turns.acquire())
            .await
            .map_err(|_| PasswordError::Busy)?
            .map_err(failed)?;
        let result = tokio::task::spawn_blocking(work).await.map_err(failed)?;
        drop(turn);
        result
    }
}

impl Default for PasswordHasher {
    fn default() -> Self {
        Self::new()
    }
}

/// A password to hand to somebody once.
#[must_use]
pub fn one_time_password() -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(ONE_TIME_CHARS)
        .map(char::from)
        .collect()
}

/// The hash that unknown accounts are checked against.
static DUMMY: LazyLock<Result<String, String>> = LazyLock::new(|| {
    let hash = argon2()
        .and_then(|argon2| argon2.hash_password(b"no account has this password").map_err(failed))
        .map_err(|error| error.to_string())?;
    Ok(hash.to_string())
});

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn failed(error: impl ToString) -> PasswordError {
    PasswordError::Hash(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_only() {
        let hasher = PasswordHasher::new();
        let hash = hasher.hash("correct horse battery".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(
            hasher
                .verify("correct horse battery".to_owned(), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(
            !hasher
                .verify("Correct horse battery".to_owned(), Some(hash))
                .await
                .unwrap()
        );
        assert!(
            !hasher
                .verify("no account has this password".to_owned(), None)
                .await
                .unwrap()
        );
    }

    #[test]
    fn made_up_passwords_differ() {
        assert_eq!(one_time_password().len(), ONE_TIME_CHARS);
        assert_ne!(one_time_password(), one_time_password());
    }
}
