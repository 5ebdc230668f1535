//! All tables.

/// Heading of the column of buttons.
pub const ACTIONS: &str = "Actions";
/// Submits the search without the browser's part.
pub const SEARCH: &str = "Search";
/// Clears search and filters.
pub const RESET_FILTERS: &str = "Reset Filters";
/// Why it cannot be pressed.
pub const NOTHING_TO_RESET: &str = "No search or filter is active.";
/// Under "nothing matches".
pub const NOTHING_MATCHES_TEXT: &str = "Try fewer letters, or reset the filters.";
/// The rows could not be read.
pub const NOT_LOADED: &str = "The table could not be loaded";
/// Another try.
pub const RETRY: &str = "Try again";
/// The page links.
pub const PAGES: &str = "Pages";
/// Label of the page size.
pub const PAGE_SIZE: &str = "Rows per page";
/// Button with the choice of columns and density.
pub const VIEW_OPTIONS: &str = "View options";
/// Heading of the choice of columns.
pub const COLUMNS: &str = "Columns";
/// Heading of the choice of density.
pub const ROWS: &str = "Rows";
/// Dense rows.
pub const COMPACT: &str = "Compact";
/// Link to the rows as a file.
pub const EXPORT: &str = "Export CSV";
/// Submits the page size without the browser's part.
pub const APPLY: &str = "Apply";

/// Box in the heading.
pub const SELECT_PAGE: &str = "Select all rows on this page";
/// Name of what stands above the table while rows are selected.
pub const SELECTION: &str = "Selected rows";
/// Selects nothing.
pub const CLEAR_SELECTION: &str = "Clear selection";

/// Name of the box of a row.
#[must_use]
pub fn select(row: &str) -> String {
    format!("Select {row}")
}

/// How many rows are selected.
#[must_use]
pub fn selected(count: u64, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun} selected")
}

/// Button that selects what the other pages hold too.
#[must_use]
pub fn select_matching(matching: u64, many: &str) -> String {
    format!("Select all {matching} {many}")
}

/// Label of the search field.
#[must_use]
pub fn search(many: &str) -> String {
    format!("Search {many}")
}

/// How many rows there are: "240 groups" or "12 of 240 groups".
#[must_use]
pub fn count(matching: u64, total: u64, one: &str, many: &str) -> String {
    let noun = if total == 1 { one } else { many };
    if matching == total {
        format!("{total} {noun}")
    } else {
        format!("{matching} of {total} {noun}")
    }
}

/// Which rows are shown: "26–50 of 240".
#[must_use]
pub fn range(first: u64, last: u64, of: u64) -> String {
    format!("{first}–{last} of {of}")
}

/// Heading when search and filters leave nothing.
#[must_use]
pub fn nothing_matches(many: &str) -> String {
    format!("No {many} match")
}

/// What was done, and that the row is not in sight.
#[must_use]
pub fn perhaps_hidden(notice: &str) -> String {
    format!("{notice} It is not on this page; the search or a filter may hide it.")
}

/// Name of a copy button: "Copy group name Sales".
#[must_use]
pub fn copy(what: &str, row: &str) -> String {
    format!("Copy {} {row}", what.to_lowercase())
}
