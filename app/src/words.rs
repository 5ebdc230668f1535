//! Every sentence and label of the interface, by area, so that another language can be added in one place. Only texts and
//! functions from values to texts; no markup, no state.

pub mod access;
pub mod audit;
pub mod carriers;
pub mod configuration;
pub mod dashboard;
pub mod dialogs;
pub mod domains;
pub mod errors;
pub mod filter;
pub mod general;
pub mod groups;
pub mod help;
pub mod home;
pub mod imports;
pub mod invitation;
pub mod numbers;
pub mod palette;
pub mod provider;
pub mod shell;
pub mod shortcuts;
pub mod sign_in;
pub mod sms;
pub mod table;
pub mod tasks;
pub mod time;
pub mod tokens;
pub mod ui;
pub mod users;
