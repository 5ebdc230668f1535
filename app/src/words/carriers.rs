//! The Carriers tab.

/// Caption.
pub const CAPTION: &str = "Carrier profiles";
/// One of them.
pub const ONE: &str = "carrier profile";
/// Many.
pub const MANY: &str = "carrier profiles";
/// Nothing yet.
pub const EMPTY_TITLE: &str = "No carrier profiles yet";
/// What to do about it.
pub const EMPTY_TEXT: &str = "Your provider adds them. Without one, your numbers cannot send messages.";
/// Column.
pub const CARRIER_NAME: &str = "Carrier Name";
/// Column.
pub const CARRIER_PROFILE: &str = "Carrier Profile";
/// Column.
pub const NUMBERS: &str = "Numbers";
/// Column: the state of the worst domain.
pub const DOMAIN_STATE: &str = "Domain State";
/// In that column, of a carrier that needs domains.
pub const NO_DOMAINS: &str = "No domains";
/// In that column, for those who do not see the dash.
pub const NEEDS_NO_DOMAINS: &str = "Needs no domains";
/// Column.
pub const LAST_CHECK: &str = "Last Check";
/// Column of the exported file, which holds the moment and what came of it apart.
pub const LAST_CHECK_RESULT: &str = "Last Check Result";
/// The credentials worked.
pub const CHECK_PASSED: &str = "Passed";
/// They did not.
pub const CHECK_FAILED: &str = "Failed";
/// Nobody has tried them.
pub const NEVER_CHECKED: &str = "Not checked yet";

/// What came of the last check of the credentials; none if there was none.
#[must_use]
pub fn check_result(passed: Option<bool>) -> &'static str {
    match passed {
        Some(true) => CHECK_PASSED,
        Some(false) => CHECK_FAILED,
        None => NEVER_CHECKED,
    }
}
