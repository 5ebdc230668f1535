//! Why something cannot be done.

use domain::access::Role;

/// Why somebody with `role` may not do it.
#[must_use]
pub fn refusal(role: Role) -> &'static str {
    match role {
        Role::EnterpriseViewer => "You can look at everything here but not change it. Ask an admin of your enterprise.",
        Role::EnterpriseAdmin => "Only your provider can do this.",
        Role::ProviderAdmin => "This cannot be done here.",
    }
}
