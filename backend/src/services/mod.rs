//! The use cases, one file per resource: authorize → validate → store → audit. The only part that a transport calls.

pub mod account;
pub mod api_token;
pub mod audit;
pub mod carrier_profile;
pub mod config_snapshot;
pub mod demo_data;
pub mod domain_subscription;
pub mod enterprise;
pub mod export;
pub mod finder;
pub mod health;
pub mod idempotency;
pub mod import;
pub mod import_upload;
pub mod invitation;
pub mod keys;
pub mod live;
pub mod membership;
pub mod number;
pub mod provider;
pub mod resubscription_request;
pub mod session;
pub mod sms_group;
mod table;
pub mod task;
pub mod teams_user;
