//! SeaORM models, one file per table, no logic. Only `store` and `testing` name them.

#![expect(
    missing_docs,
    reason = "the columns are described with the tables in `migrations`; the rest is derived"
)]

pub mod account;
pub mod alert;
pub mod alert_delivery;
pub mod alert_destination;
pub mod api_token;
pub mod audit_chain;
pub mod audit_event;
pub mod carrier_credential;
pub mod carrier_profile;
pub mod carrier_renewal;
pub mod config_entry;
pub mod config_snapshot;
pub mod domain_subscription;
pub mod enterprise;
pub mod idempotency_key;
pub mod import_chunk;
pub mod import_outcome;
pub mod import_rejected;
pub mod import_upload;
pub mod invitation;
pub mod membership;
pub mod number_assignment;
pub mod phone_number;
pub mod provider;
pub mod resubscription_request;
pub mod session;
pub mod sms_group;
pub mod sms_group_member;
pub mod task;
pub mod teams_user;
