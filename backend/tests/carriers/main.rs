//! Carriers as the core meets them: with the stand-in of NetSapiens in place of the real one, and time that is moved.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod adapter;
mod deletion;
mod faults;
mod keys;
mod lab;
mod number_import;
mod numbers;
mod profiles;
mod renewal;
mod secrets;
mod subscribing;
