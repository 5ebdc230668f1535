//! The audit log: who did what to which thing.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::{Action, Resource};

/// What an audit entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditSubject {
    /// What was done.
    pub action: Action,
    /// To which kind of thing.
    pub resource: Resource,
    /// To which one; none for a change of many at once, such as an import.
    pub id: Option<Uuid>,
}
