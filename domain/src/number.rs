//! Phone numbers as an enterprise's property: what they can do and whom they serve.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
};

/// Whom a number serves; a number serves nobody or exactly one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Assignee {
    /// One Teams user.
    TeamsUser {
        /// The person's id.
        id: TeamsUserId,
        /// The person's name.
        name: String,
    },
    /// One SMS group.
    SmsGroup {
        /// The group's id.
        id: SmsGroupId,
        /// The group's name.
        name: String,
    },
}

/// A number in a picker, a group or a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNumberRef {
    /// The number's id.
    pub id: PhoneNumberId,
    /// The number.
    pub e164: PhoneNumber,
    /// Whom it serves now.
    pub assignee: Option<Assignee>,
}
