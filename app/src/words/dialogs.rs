//! What all dialogs have in common.

/// Closes without doing anything.
pub const CANCEL: &str = "Cancel";
/// Keeps what was typed.
pub const SAVE: &str = "Save";
/// Closes a dialog that has nothing to cancel.
pub const CLOSE: &str = "Close";
/// Heading of the list of broken rules.
pub const CHECK_FIELDS: &str = "Check these fields";
