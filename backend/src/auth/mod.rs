//! Signing in: password hashes, the brake on guessing, and where sessions are kept. No HTTP, no cookies.

mod api_token;
mod password;
mod session_store;
mod throttle;

pub(crate) use self::api_token::{new_token, token_hash, token_hint};
pub use self::{
    password::{PasswordError, PasswordHasher, one_time_password},
    session_store::{ACCOUNT_KEY, SessionStore},
    throttle::SignInThrottle,
};
