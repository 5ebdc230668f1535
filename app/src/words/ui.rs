//! Texts that the generic components bring along themselves.

/// Name of the button that empties a search field.
pub const CLEAR_SEARCH: &str = "Clear search";
/// Name of the button that closes a dialog, notice or banner.
pub const CLOSE: &str = "Close";
/// Said and shown after a value was copied.
pub const COPIED: &str = "Copied";
/// Said when the browser refused to copy.
pub const COPY_FAILED: &str = "Your browser did not allow copying. Select the text and copy it instead.";
/// Name of the button that takes a notice away.
pub const DISMISS: &str = "Dismiss notice";
/// Title of the question asked before typed changes are dropped.
pub const DISCARD_TITLE: &str = "Discard your changes?";
/// Consequence of discarding.
pub const DISCARD_TEXT: &str = "What you entered has not been saved.";
/// Answer that keeps the dialog open.
pub const KEEP_EDITING: &str = "Keep editing";
/// Answer that drops the changes.
pub const DISCARD: &str = "Discard";
/// Label of the region that holds notices.
pub const NOTICES: &str = "Notices";
/// Shown in a picker when nothing fits the typed text.
pub const NO_MATCHES: &str = "Nothing matches. Try fewer letters.";
/// Shown in a picker while the server is asked.
pub const SEARCHING: &str = "Searching…";
/// Name of the button that empties a single-choice picker.
pub const CLEAR_CHOICE: &str = "Clear choice";
/// An indicator that is on.
pub const ON: &str = "On";
/// An indicator that is off.
pub const OFF: &str = "Off";
/// Name of the group of theme choices.
pub const THEME: &str = "Theme";
/// Follow the operating system.
pub const THEME_SYSTEM: &str = "System";
/// Always light.
pub const THEME_LIGHT: &str = "Light";
/// Always dark.
pub const THEME_DARK: &str = "Dark";
/// Default name of a progress spinner.
pub const LOADING: &str = "Loading";
/// Default title of a summary of field errors.
pub const CHECK_FIELDS: &str = "Check these fields";
/// Paging controls.
pub const FIRST_PAGE: &str = "First page";
/// Paging controls.
pub const PREVIOUS_PAGE: &str = "Previous page";
/// Paging controls.
pub const NEXT_PAGE: &str = "Next page";
/// Paging controls.
pub const LAST_PAGE: &str = "Last page";

/// Name of the button that takes `label` out of a selection.
pub fn remove(label: &str) -> String {
    format!("Remove {label}")
}

/// Name of the list of chosen options of the field `label`.
pub fn chosen(label: &str) -> String {
    format!("Chosen: {label}")
}

/// Said when the list of a picker changes.
pub fn options_found(count: usize) -> String {
    match count {
        0 => NO_MATCHES.to_owned(),
        1 => "1 option".to_owned(),
        _ => format!("{count} options"),
    }
}

/// Last line of a list that is cut off: `count` further options exist.
pub fn more_options(count: usize) -> String {
    format!("{count} more, type to narrow")
}

/// Said after `label` was added to a selection.
pub fn added(label: &str) -> String {
    format!("{label} added")
}

/// Said after `label` was removed from a selection.
pub fn removed(label: &str) -> String {
    format!("{label} removed")
}
