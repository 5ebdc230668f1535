//! Signing in: password hashes, the brake on guessing, and where sessions are kept. No HTTP, no cookies.

mod password;
mod session_store;
mod throttle;

pub use self::{
    password::{PasswordError, PasswordHasher, one_time_password},
    session_store::{ACCOUNT_KEY, SessionStore},
    throttle::SignInThrottle,
};
