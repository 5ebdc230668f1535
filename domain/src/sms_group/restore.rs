//! What came back of a deleted group, and what did not.

use serde::{Deserialize, Serialize};

use super::SmsGroup;
use crate::{forms::tagged, phone::PhoneNumber};

/// A group whose deletion was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoredGroup {
    /// The group as it is now.
    pub group: SmsGroup,
    /// What it had before and has not got back; empty when it is as it was.
    pub missing: Vec<NotRestored>,
}

tagged! {
    "kind",
    /// Something that a group had before its deletion and has not got back.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum NotRestored {
        /// A member who no longer exists.
        Member {
            /// The name of that time.
            name: String,
        },
        /// A number that cannot be had.
        Number {
            /// The number.
            number: PhoneNumber,
            /// Why not.
            why: LostNumber,
        },
    }
}

/// Why a group has not got a number back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LostNumber {
    /// It belongs to the person or group of this name now.
    Taken(String),
    /// It can no longer do SMS.
    WithoutSms,
    /// It no longer exists.
    Gone,
}
