//! What the browser calls on the server; one file per resource, each function a few lines around one service.
//!
//! Reads are GET requests, changes are POST. None of them decides anything: rules live in `backend::services`.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct with a public field per argument; the function's own comment tells them"
)]

pub mod alert_destination;
pub mod api_token;
pub mod audit;
pub mod carrier_profile;
pub mod config_snapshot;
pub mod domain_subscription;
pub mod enterprise;
pub mod finder;
pub mod health;
pub mod import_upload;
pub mod invitation;
pub mod list;
pub mod membership;
pub mod number;
pub mod provider;
pub mod resubscription_request;
pub mod session;
pub mod sms_group;
pub mod task;
pub mod teams_user;
pub mod wire;

/// How many options a picker gets at once; whoever looks for one further down types more of it.
pub const PICKER_LIMIT: u64 = 50;

/// Reads the text form of a table query, as it stands in addresses. What is garbled in it is left out: an old link
/// should show the table rather than an error.
#[cfg(feature = "ssr")]
fn table_query(text: &str, table: &domain::table::TableSchema) -> domain::table::TableQuery {
    domain::table::TableQuery::parse_lenient(text, table)
}
