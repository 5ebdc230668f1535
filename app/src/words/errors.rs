//! Pages that cannot be shown.

/// No session.
pub const SIGNED_OUT: &str = "You are signed out";
/// Way out of it.
pub const SIGN_IN: &str = "Sign in";
/// The thing does not exist.
pub const NOT_FOUND: &str = "Not found";
/// The role does not allow it.
pub const FORBIDDEN: &str = "Not allowed";
/// Anything else.
pub const FAILED: &str = "This page could not be loaded";
/// Way out of all of them.
pub const TO_START: &str = "Go to the start page";
/// The address leads nowhere.
pub const NO_PAGE: &str = "There is no such page";
/// What to do about it.
pub const NO_PAGE_TEXT: &str = "Check the address, or start from the beginning.";
