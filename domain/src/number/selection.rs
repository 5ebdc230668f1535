//! Many numbers at once: which ones, and what became of each.

use serde::{Deserialize, Serialize};

use crate::{ids::PhoneNumberId, phone::PhoneNumber};

/// The most numbers that are changed at once: each of them is written down in the audit log in the same transaction, and
/// nobody should wait longer than a few seconds for it.
pub const MAX_SELECTED: usize = 5_000;

/// Which numbers something is done to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// These.
    Ids(Vec<PhoneNumberId>),
    /// All that a query of the Numbers table finds, in its text form, whatever its page.
    Query(String),
}

/// What became of the numbers of a selection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkAnswer {
    /// Those it was done to.
    pub done: Vec<PhoneNumberId>,
    /// Those it was not done to, and why.
    pub skipped: Vec<SkippedNumber>,
}

/// A number that was left as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedNumber {
    /// Its id.
    pub id: PhoneNumberId,
    /// The number; none when it is gone.
    pub number: Option<PhoneNumber>,
    /// Why it was left as it is.
    pub why: WhySkipped,
}

/// Why a number was left as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhySkipped {
    /// It serves this person or group.
    Assigned(String),
    /// It is like that already.
    Unchanged,
    /// It does not exist any more.
    Gone,
}
