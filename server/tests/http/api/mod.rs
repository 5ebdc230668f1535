//! The REST interface.

mod borders;
mod configuration;
mod domains;
mod errors;
mod groups;
mod idempotency;
mod numbers;
mod openapi;
mod support;
mod tokens;
mod users;
