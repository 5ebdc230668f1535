//! The portal over HTTP, from the request's first header to the answer's last byte.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod access;
mod api;
mod audit;
mod calls;
mod csrf;
mod domains;
mod export;
mod headers;
mod hostile;
mod imports;
mod injection;
mod limits;
mod live;
mod pages;
mod panics;
mod provider;
mod session;
mod session_limits;
mod sign_in;
mod support;
mod test_calls;
mod users;
mod xss;
mod xss_stored;
