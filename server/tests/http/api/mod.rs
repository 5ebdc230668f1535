//! The REST interface.

mod accounts;
mod alert_destinations;
mod alerts;
mod borders;
mod carrier_profiles;
mod configuration;
mod crossing;
mod domains;
mod errors;
mod files;
mod groups;
mod idempotency;
mod imports;
mod numbers;
mod openapi;
mod provider;
mod support;
mod tokens;
mod twins;
mod users;
