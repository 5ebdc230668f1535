//! Find anything.

use domain::finder::FoundBy;

/// Button of the top bar.
pub const FIND: &str = "Find";
/// Dialog, and what the button is for.
pub const TITLE: &str = "Find anything";
/// What the button is for, with its keys.
pub const FIND_TITLE_WITH_KEYS: &str = "Find anything (Ctrl + K, on a Mac ⌘ + K)";
/// The keys as assistive technology reads them; names of the ARIA standard.
pub const ARIA_KEYS: &str = "Control+K Meta+K";
/// The input.
pub const LABEL: &str = "Page, group, user or number";
/// The list under it.
pub const RESULTS: &str = "Results";
/// Heading in the list.
pub const PAGES: &str = "Pages";
/// Heading in the list.
pub const GROUPS: &str = "SMS groups";
/// Heading in the list.
pub const USERS: &str = "Users";
/// Heading in the list.
pub const NUMBERS: &str = "Numbers";
/// Beside the name of another enterprise.
pub const ENTERPRISE: &str = "Enterprise";
/// In place of the list.
pub const NOTHING: &str = "Nothing found. Try fewer letters, a part of a sign-in name, or the last digits of a number.";
/// Under the list where no enterprise is open.
pub const NO_ENTERPRISE: &str = "Open an enterprise to find its groups, users and numbers.";
/// The server did not answer; the reason follows.
pub const FAILED: &str = "Groups, users and numbers could not be searched.";
/// Key.
pub const UP: &str = "↑";
/// Key.
pub const DOWN: &str = "↓";
/// What keys do.
pub const TO_MOVE: &str = "move";
/// What a key does.
pub const TO_OPEN: &str = "open";
/// What a key does.
pub const TO_CLOSE: &str = "close";

/// Beside a group: the person that it was found by.
#[must_use]
pub fn found_by(by: &FoundBy) -> String {
    match by {
        FoundBy::Name => String::new(),
        FoundBy::Owner(name) => format!("Owner: {name}"),
        FoundBy::Member(name) => format!("Member: {name}"),
    }
}

/// What is said after an answer.
#[must_use]
pub fn results(count: usize) -> String {
    match count {
        0 => NOTHING.to_owned(),
        1 => "1 result".to_owned(),
        _ => format!("{count} results"),
    }
}
