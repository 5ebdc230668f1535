//! Imports of users and numbers from files: what becomes of each row.
//!
//! Reading files and numbering plans happens in `backend`; here is only the vocabulary of the answers.

mod change;
mod outcome;
mod upload;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use self::{
    change::{FieldChange, FieldValue},
    outcome::{OUTCOMES, OutcomeKind, OutcomeRow, TABLE},
    upload::{FileEncoding, FileShape, FirstLine, ImportField, ImportKind, ImportUpload, OTHER_RUN, Separator},
};

use crate::forms::flattened;

/// The largest file, in bytes: fifty megabytes are more than ten times what a tenant of a hundred thousand people exports.
pub const MAX_FILE_BYTES: u64 = 50 * 1024 * 1024;
/// The most rows of one file. Numbers and names that were seen are held in memory to find repetitions: some 20 bytes each.
pub const MAX_ROWS: u64 = 500_000;

/// What became of one row of a file, or would become of it in a dry run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum RowOutcome {
    /// A new thing was added.
    Added {
        /// What matters about it.
        values: Vec<FieldValue>,
    },
    /// A thing that was there was changed.
    Updated {
        /// What of it.
        changes: Vec<FieldChange>,
    },
    /// The thing was there and is already as the row says.
    Unchanged,
    /// Nothing was done; the reason is a sentence for the person who made the file.
    Rejected {
        /// Why, and what to do about it.
        reason: String,
    },
}

impl RowOutcome {
    /// What people read beside it: why a row is rejected, what it changes, what a new thing is; nothing for a row that says
    /// what is already so.
    #[must_use]
    pub fn details(&self) -> Cow<'_, str> {
        match self {
            Self::Added { values } => Cow::Owned(change::listed(values)),
            Self::Updated { changes } => Cow::Owned(change::listed(changes)),
            Self::Unchanged => Cow::Borrowed(""),
            Self::Rejected { reason } => Cow::Borrowed(reason.as_str()),
        }
    }
}

/// One row of a file and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowReport {
    /// The line of the file the row starts on, counted from 1 with the header.
    pub line: u64,
    /// What the row is about: the number or the sign-in name as written in the file.
    pub subject: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: RowOutcome,
}

/// How many rows had which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// Rows that added something.
    pub added: u64,
    /// Rows that changed something.
    pub updated: u64,
    /// Rows that said what was already so.
    pub unchanged: u64,
    /// Rows that were not carried out.
    pub rejected: u64,
}

impl ImportSummary {
    /// Counts one more row.
    pub fn count(&mut self, outcome: &RowOutcome) {
        match outcome {
            RowOutcome::Added { .. } => self.added += 1,
            RowOutcome::Updated { .. } => self.updated += 1,
            RowOutcome::Unchanged => self.unchanged += 1,
            RowOutcome::Rejected { .. } => self.rejected += 1,
        }
    }

    /// All rows together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.added + self.updated + self.unchanged + self.rejected
    }
}

/// Somebody who is in the portal but not in a file with all people of the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingUser {
    /// The Microsoft sign-in name.
    pub user_principal_name: String,
    /// The name people know.
    pub display_name: String,
    /// How many numbers of their own the person has.
    pub numbers: u32,
    /// How many SMS groups the person owns.
    pub owned_groups: u32,
}

flattened! {
    /// What an import of users came to.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct UserImportSummary {
        /// The rows of the file.
        pub rows: ImportSummary,
        /// How many enabled people of the portal are not in the file; none when rows were rejected, since the missing
        /// could be among those.
        pub missing: Option<u64>,
        /// How many of the missing were disabled, or would be in a dry run.
        pub disabled: u64,
    }
}
