//! The page of enterprises and its dialogs.

use domain::enterprise::{EnterpriseRecord, EnterpriseSlug, SwitchConsequence};

/// Button and dialog.
pub const ADD_ENTERPRISE: &str = "Add Enterprise";
/// One of them.
pub const ENTERPRISE_ONE: &str = "enterprise";
/// Many.
pub const ENTERPRISE_MANY: &str = "enterprises";
/// Nothing yet.
pub const NO_ENTERPRISES: &str = "No enterprises yet";
/// What to do about it.
pub const NO_ENTERPRISES_TEXT: &str = "Add the first one, then invite its admins.";
/// Column and field.
pub const NAME: &str = "Name";
/// Column with the ways to an enterprise's pages.
pub const PAGES: &str = "Pages";
/// Link to an enterprise's own pages.
pub const OPEN: &str = "Open";
/// Link to who can sign in.
pub const ACCOUNTS: &str = "Accounts";
/// State.
pub const ACTIVE: &str = "Active";
/// State.
pub const SUSPENDED: &str = "Suspended";
/// Column and switch.
pub const SMS: &str = "SMS";
/// Column.
pub const EXPIRED: &str = "Expired Domains";
/// Column.
pub const EXPIRING: &str = "Expiring Domains";
/// Column.
pub const USERS: &str = "Users";
/// Column.
pub const NUMBERS: &str = "Numbers";
/// Column.
pub const GROUPS: &str = "Groups";
/// Row button.
pub const UPDATE: &str = "Update";
/// Dialog.
pub const UPDATE_TITLE: &str = "Update Enterprise";
/// Row button and deed.
pub const SUSPEND: &str = "Suspend";
/// Row button and deed.
pub const RESUME: &str = "Resume";
/// Heading of the switches.
pub const SWITCHES: &str = "Switched on";
/// Switch.
pub const OWN_NUMBERS: &str = "Manages its own numbers";
/// Field.
pub const FIELD_SLUG: &str = "Address";
/// What an address is.
pub const HINT_SLUG: &str =
    "The last part of the address of its pages: small letters, digits and hyphens. It never changes.";
/// Field.
pub const FIELD_DAYS: &str = "Number cooling-off days";
/// What they are.
pub const HINT_DAYS: &str = "For how many days a released number should rest: until then the portal asks before it gives \
     the number away. Empty for not at all.";

/// Whose pages a link opens, for those who hear it by itself.
#[must_use]
pub fn pages_of(name: &str) -> String {
    format!(" the pages of {name}")
}

/// Whose accounts a link leads to, for those who hear it by itself.
#[must_use]
pub fn accounts_of(name: &str) -> String {
    format!(" of {name}")
}

/// The address of an enterprise, which cannot be changed.
#[must_use]
pub fn address(slug: &EnterpriseSlug) -> String {
    format!("Address: {slug}. It never changes, so that links stay good.")
}

/// Notice.
#[must_use]
pub fn added(name: &str) -> String {
    format!("{name} added.")
}

/// Notice.
#[must_use]
pub fn updated(name: &str) -> String {
    format!("{name} updated.")
}

/// What changing a switch means.
#[must_use]
pub fn consequence(consequence: SwitchConsequence) -> &'static str {
    match consequence {
        SwitchConsequence::SmsOff => {
            "With SMS off, the enterprise's pages for numbers and SMS close at once. Nothing that was set up is lost."
        }
        SwitchConsequence::ToLegacy => {
            "With the legacy app, changes to groups and assignments wait for a sync from now on."
        }
        SwitchConsequence::ToUnified => {
            "With the unified app, every change that waits for a sync becomes live when you save, and later ones at once."
        }
        SwitchConsequence::NumbersToProvider => {
            "The enterprise can no longer add, change or delete numbers, and its Carriers tab closes."
        }
    }
}

/// The question before an enterprise is suspended or resumed.
#[must_use]
pub fn suspend_title(record: &EnterpriseRecord) -> String {
    let deed = if record.suspended { RESUME } else { SUSPEND };
    format!("{deed} {}?", record.name)
}

/// What suspending or resuming does.
#[must_use]
pub fn what_suspending_does(record: &EnterpriseRecord) -> &'static str {
    if record.suspended {
        "Its people can reach its pages again, with everything as they left it."
    } else {
        "Its people can no longer reach its pages, from this moment on. Messages go on as they are configured, nothing is \
         deleted, and you still reach everything."
    }
}

/// Notice.
#[must_use]
pub fn suspended_or_resumed(record: &EnterpriseRecord) -> String {
    let done = if record.suspended { "suspended" } else { "resumed" };
    format!("{} {done}.", record.name)
}
