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
/// What to do about it, for the provider.
pub const EMPTY_TEXT_FOR_PROVIDER: &str = "Without one, the numbers of this enterprise cannot send messages.";
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
/// Column that is hidden at first: the other one shows the moment and what came of it together. Also a column of the
/// exported file.
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

/// The button above the table and the dialog it opens.
pub const ADD: &str = "Add Carrier Profile";
/// A button of a row.
pub const UPDATE: &str = "Update";
/// A button of a row, and the button in its dialog.
pub const TEST: &str = "Test connection";
/// A button of a row.
pub const DELETE: &str = "Delete";
/// A dialog.
pub const UPDATE_TITLE: &str = "Update Carrier Profile";
/// A dialog.
pub const TEST_TITLE: &str = "Test connection";
/// A question, until it is known about which profile.
pub const DELETE_TITLE: &str = "Delete carrier profile?";
/// The button that deletes.
pub const DELETE_CONFIRM: &str = "Delete profile";
/// What deleting does.
pub const DELETE_CONSEQUENCE: &str = "Its credentials are deleted with it and cannot be brought back.";
/// While a profile is loaded.
pub const LOADING_ONE: &str = "Loading the carrier profile";
/// Somebody else was quicker.
pub const CHANGED_TITLE: &str = "Somebody else has just changed this carrier profile";
/// What to do about it.
pub const CHANGED_TEXT: &str = "What you entered is still here, but cannot be saved over their changes. Load the profile \
     again to see them; what you entered is dropped then.";
/// Reads the profile again.
pub const RELOAD: &str = "Load again";
/// The profile of an open dialog is gone.
pub const DELETED_TITLE: &str = "Somebody else has deleted this carrier profile";
/// What to do about it.
pub const DELETED_TEXT: &str = "It cannot be saved any more. Copy what you still need before you close this.";
/// Why Save cannot be pressed.
pub const CANNOT_SAVE_DELETED: &str = "This carrier profile has been deleted.";
/// A field.
pub const FIELD_NAME: &str = "Profile name";
/// A field.
pub const FIELD_CARRIER: &str = "Carrier";
/// A field.
pub const FIELD_HOST: &str = "Host";
/// About the field.
pub const HINT_HOST: &str = "The host name of the carrier's API alone, such as api.carrier.example.";
/// Above the fields of credentials.
pub const CREDENTIALS: &str = "Credentials";
/// Below them.
pub const CREDENTIALS_HINT: &str = "They are encrypted and never shown again. Leave a field empty to keep what is set.";
/// In place of the fields.
pub const NO_ADAPTER: &str = "The portal cannot talk to this carrier yet, so it keeps no credentials of it.";
/// Before the moment at which a credential was set.
pub const SET_ON: &str = "Set on";
/// A credential that is not set.
pub const NOT_SET: &str = "Not set.";
/// No try so far.
pub const NEVER_TESTED: &str = "The credentials have not been tried since they were set.";
/// Before the moment of the last try.
pub const TESTED_ON: &str = "Last tried on";

/// The question before deleting.
#[must_use]
pub fn delete_title(name: &str) -> String {
    format!("Delete carrier profile {name}?")
}

/// Said afterwards.
#[must_use]
pub fn added(name: &str) -> String {
    format!("Carrier profile {name} added.")
}

/// Said afterwards.
#[must_use]
pub fn updated(name: &str) -> String {
    format!("Carrier profile {name} saved.")
}

/// Said afterwards.
#[must_use]
pub fn deleted(name: &str) -> String {
    format!("Carrier profile {name} deleted.")
}
