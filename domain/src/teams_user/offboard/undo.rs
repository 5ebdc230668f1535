//! Undoing an offboarding.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{forms::tagged, ids::AuditEventId, phone::PhoneNumber, sms_group::LostNumber, teams_user::TeamsUserRef};

/// For how long an offboarding can be undone: as long as its notice offers it.
pub const UNDO_FOR: TimeDelta = TimeDelta::minutes(10);

/// An offboarding that can still be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoableOffboarding {
    /// The entry of the audit log that tells of it.
    pub event: AuditEventId,
    /// The e-mail address of whoever did it, or the part of the system.
    pub by: String,
    /// When.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// Until when it can be undone.
    #[serde(with = "crate::moment")]
    pub until: DateTime<Utc>,
}

/// A person whose offboarding was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneOffboarding {
    /// Who is back.
    pub person: TeamsUserRef,
    /// What the person had before and has not got back; empty when all is as it was.
    pub missing: Vec<NotUndone>,
}

tagged! {
    "kind",
    /// Something that undoing an offboarding did not bring back.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum NotUndone {
        /// A group.
        Group {
            /// Its name at that time.
            name: String,
            /// Why not.
            why: LostGroup,
        },
        /// A number of the person, or of a group that had been deleted.
        Number {
            /// The number.
            number: PhoneNumber,
            /// Why not.
            why: LostNumber,
        },
    }
}

/// Why a person has not got their place in a group back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LostGroup {
    /// It no longer exists.
    Gone,
    /// It is owned by the person of this name now. The membership did come back.
    Owned(String),
    /// Another group has its name now.
    NameTaken,
    /// Its owner no longer exists.
    OwnerGone,
}
