//! The use cases as a transport calls them, and what the database refuses by itself; every test on both databases.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod account;
mod api_token;
mod api_token_issue;
mod audit;
mod audit_chain;
mod carrier_profile;
mod concurrency;
mod config_snapshot;
mod config_snapshot_ledger;
mod config_snapshot_rules;
mod domain_deletion;
mod domain_deletion_races;
mod enterprise_console;
mod export;
mod finder;
mod health;
mod idempotency;
mod invitation;
mod job_leases;
mod job_runner;
mod jobs;
mod leaving;
mod live;
mod membership;
mod membership_tokens;
mod number_assign;
mod number_bulk;
mod number_edit;
mod number_list;
mod number_races;
mod provider;
mod resubscription_request;
mod schema;
mod schema_borders;
mod session;
mod session_store;
mod sms_group;
mod sms_group_audit;
mod sms_group_list;
mod sms_group_restore;
mod sms_group_rules;
mod start;
mod support;
mod table_search;
mod task;
mod task_schema;
mod task_token;
mod teams_user;
mod teams_user_numbers;
mod teams_user_offboard;
mod teams_user_people;
mod teams_user_undo;
mod tenancy;
mod throttle;
