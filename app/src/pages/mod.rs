//! The pages, one folder or file per area.

pub mod account;
pub mod audit;
pub mod configuration;
pub mod dashboard;
pub mod enterprise_start;
pub mod help;
pub mod home;
pub mod imports;
pub mod invitation;
pub mod not_found;
pub mod numbers;
pub mod provider;
pub mod sign_in;
pub mod sms;
pub mod users;
