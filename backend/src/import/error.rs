//! Why a file as a whole cannot be imported.

use std::io;

use thiserror::Error;

use super::{MAX_FILE_BYTES, MAX_ROWS};

/// Why a file cannot be imported at all: the end of a sentence that begins with the file's name.
#[derive(Debug, Error)]
pub enum FileError {
    /// The system does not hand it out.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Not a file but a folder, a device or the like.
    #[error("is not a file")]
    NotAFile,
    /// There is nothing in it.
    #[error("is empty")]
    Empty,
    /// More than [`MAX_FILE_BYTES`].
    #[error("is larger than {} MB, the most that can be imported at once; split it", MAX_FILE_BYTES / 1024 / 1024)]
    TooLarge,
    /// More than [`MAX_ROWS`].
    #[error("has more than {MAX_ROWS} rows, the most that can be imported at once; split it")]
    TooManyRows,
    /// An Excel workbook rather than text.
    #[error("is a workbook; save it as CSV in the spreadsheet program and import that")]
    Workbook,
    /// Something else than text.
    #[error("is not a text file; export it as CSV")]
    Binary,
    /// The first line is not a header we know.
    #[error("has no header that can be recognized; its first line must name {expected}")]
    NoHeader {
        /// The columns that must be there, in words.
        expected: &'static str,
    },
    /// Two columns hold the same thing.
    #[error("has two columns for the same thing, {first:?} and {second:?}; remove one of them")]
    ColumnTwice {
        /// The one further left, as written.
        first: String,
        /// The other one.
        second: String,
    },
    /// It was written to while it was read.
    #[error("was changed while it was being read; try again")]
    Changed,
}
