//! Keyboard shortcuts.

/// Dialog, and the entry of the account menu that opens it.
pub const TITLE: &str = "Keyboard shortcuts";
/// What a key does.
pub const TO_SEARCH: &str = "Go to the search of the table";
/// What keys do.
pub const FIND: &str = "Find anything, on a Mac with ⌘";
/// Key.
pub const CONTROL: &str = "Ctrl";
/// Key.
pub const FIND_KEY: &str = "K";
/// What a key does.
pub const LIST: &str = "Show this list";
/// What a key does.
pub const ADD_SORT: &str = "On a heading: sort by this column as well";
/// What a key does.
pub const CLOSE: &str = "Close a dialog, a menu or a filter";
/// Key.
pub const SHIFT: &str = "Shift";
/// Key.
pub const ENTER: &str = "Enter";
/// Key.
pub const ESCAPE: &str = "Esc";
/// Checkbox.
pub const USE: &str = "Use /, ? and Ctrl + K as shortcuts on this device";
/// Its hint.
pub const HINT_USE: &str = "Turn this off if you control your device by speech or often press keys by accident.";
