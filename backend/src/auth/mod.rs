//! Signing in: password hashes, the brake on guessing, where sessions are kept, and when they were last used. No HTTP, no
//! cookies.

mod api_token;
mod last_use;
mod password;
mod session_store;
mod throttle;

pub(crate) use self::{
    api_token::{new_token, token_hash, token_hint},
    last_use::{LastUse, LastUses},
};
pub use self::{
    password::{PasswordError, PasswordHasher, one_time_password},
    session_store::{ACCOUNT_KEY, SessionStore},
    throttle::SignInThrottle,
};
