//! Tables as files.

use super::with_query;

/// The last part of the address of an exported table.
const EXPORT: &str = "/export.csv";

/// The rows of the table on the page at `path` that a query (in its text form) finds, as a file.
#[must_use]
pub fn export(path: &str, query: &str) -> String {
    with_query(&format!("{}{EXPORT}", path.trim_end_matches('/')), &[query])
}

/// The page whose table `address` exports, with the same search and filters; `address` itself if it exports none.
#[must_use]
pub fn page_of_export(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    match path.strip_suffix(EXPORT) {
        Some(page) => with_query(page, &[query]),
        None => address.to_owned(),
    }
}
