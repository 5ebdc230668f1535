//! The rules of the Messaging Portal, free of any database, transport or interface.
//!
//! Compiled natively for the server and to wasm for the browser, so that both judge by the same rules. Nothing here
//! reads a clock, makes an id, logs or does input and output; callers pass those values in.

pub mod access;
pub mod account;
pub mod alert;
pub mod api_token;
pub mod audit;
pub mod carrier_profile;
pub mod config_snapshot;
pub mod domain_subscription;
pub mod enterprise;
pub mod error;
pub mod finder;
mod forms;
pub mod health;
pub mod ids;
pub mod import;
pub mod invitation;
pub mod live;
pub mod membership;
pub mod moment;
pub mod number;
pub mod phone;
pub mod resubscription_request;
pub mod sms_group;
pub mod spreadsheet;
pub mod table;
pub mod task;
pub mod teams_user;
pub mod text;
