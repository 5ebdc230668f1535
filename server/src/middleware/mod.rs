//! What happens to every request before and after its handler, one file each.

pub mod context;
pub mod failure;
pub mod no_store;
pub mod panic;
pub mod peer;
pub mod request_id;
pub mod security_headers;
pub mod session;
pub mod sign_in_redirect;
pub mod timeout;
pub mod visit;
