//! Imports of users and numbers from files: what becomes of each row.
//!
//! Reading files and numbering plans happens in `backend`; here is only the vocabulary of the answers.

use serde::{Deserialize, Serialize};

/// What became of one row of a file, or would become of it in a dry run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum RowOutcome {
    /// A new thing was added.
    Added,
    /// A thing that was there was changed.
    Updated,
    /// The thing was there and is already as the row says.
    Unchanged,
    /// Nothing was done; the reason is a sentence for the person who made the file.
    Rejected {
        /// Why, and what to do about it.
        reason: String,
    },
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
            RowOutcome::Added => self.added += 1,
            RowOutcome::Updated => self.updated += 1,
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
