//! Whether the signed-in person may do something here; asks the same policy table as the server.

use domain::access::{Action, Resource, allowed};

use crate::{context::use_enterprise, words};

/// Why the person may not do `action` to a `resource` of the open enterprise; none when they may.
#[must_use]
pub fn refusal(action: Action, resource: Resource) -> Option<String> {
    let role = use_enterprise().role;
    (!allowed(role, action, resource)).then(|| words::access::refusal(role).to_owned())
}
