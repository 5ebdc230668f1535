//! Reading the files that people import: from bytes to rows that have been checked one by one. No database here; what
//! becomes of a row is decided in `services::import`.
//!
//! A file goes through `encoding` (which bytes mean which letters), `lines`, `records` (cells; quotation marks that are
//! never closed), `header` (separator and columns) and a [`Layout`], which makes a checked row of the cells. It is read
//! as a stream: what is held in memory is bounded by the limits below, not by the file.

mod carrier;
mod cell;
mod encoding;
mod error;
mod file;
mod header;
mod licenses;
mod lines;
mod numbers;
mod phone;
mod reading;
mod records;
mod reports;
mod users;

pub use domain::import::{MAX_FILE_BYTES, MAX_ROWS};

pub(crate) use self::{
    carrier::{CARRIER_HEADER, carrier_rows},
    cell::quoted,
};
pub use self::{
    error::FileError,
    file::{ImportFile, ParsedRow},
    header::{Header, Layout},
    licenses::TeamsLicenses,
    numbers::{NumberColumns, NumberRow},
    phone::read_number,
    reading::{Look, Reading, look},
    reports::{RejectedRows, ReportFile},
    users::{UserColumns, UserRow},
};

/// The cells of one row as they stand in the file.
pub type Cells = csv::StringRecord;

/// The longest row, in bytes; a longer one is rejected and passed over.
const MAX_ROW_BYTES: usize = 64 * 1024;
