//! Alerts from a domain's end to somebody's mailbox or webhook: noticed, told once, sent, tried again. A mail server and a
//! webhook of the test's own take what is sent, and time is moved.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod authority;
mod delivery;
mod destinations;
mod lab;
mod mail_server;
mod mail_tls;
mod notice;
mod secrets;
mod webhook;
