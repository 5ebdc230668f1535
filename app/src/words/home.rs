//! The start page.

use domain::access::Role;

/// Heading of the list.
pub const TITLE: &str = "Your enterprises";
/// Sentence under it.
pub const LEAD: &str = "Choose the enterprise you want to work on.";
/// Nothing in reach.
pub const NONE_TITLE: &str = "No enterprise yet";
/// What to do about it.
pub const NONE_TEXT: &str = "Your account is not a member of any enterprise. Ask your provider to add you.";

/// What the person is there.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::ProviderAdmin => "Provider admin",
        Role::EnterpriseAdmin => "Admin",
        Role::EnterpriseViewer => "Viewer",
    }
}
