//! The Numbers page and its dialogs.

use domain::{
    number::{Assignee, NumberService, Release, ReleaseCause, SkippedNumber, WhySkipped},
    phone::PhoneNumber,
};

/// Heading.
pub const TITLE: &str = "Numbers";
/// Sentence under it.
pub const LEAD: &str = "The phone numbers of your enterprise and who answers them.";
/// Link to the help.
pub const HELP_LINK: &str = "Help with numbers";
/// Caption.
pub const CAPTION: &str = "Phone numbers";
/// One of them.
pub const ONE: &str = "number";
/// Many.
pub const MANY: &str = "numbers";
/// Nothing yet.
pub const EMPTY_TITLE: &str = "No numbers yet";
/// What to do about it, for those who keep the numbers.
pub const EMPTY_TEXT_KEEPER: &str = "Add the first number, then assign it to a person or a group.";
/// What to do about it, for those whose provider keeps them.
pub const EMPTY_TEXT_PROVIDER: &str = "Your provider adds the numbers of your enterprise.";
/// Column.
pub const NUMBER: &str = "Phone Number";
/// Column.
pub const ASSIGNED_TO: &str = "Assigned To";
/// Column.
pub const CARRIER: &str = "SMS Carrier";
/// Column.
pub const SERVICES: &str = "Services";
/// Column.
pub const RELEASED: &str = "Released";
/// Column of files: by what.
pub const RELEASED_BY: &str = "Released By";
/// A number that serves nobody.
pub const UNASSIGNED: &str = "Unassigned";
/// A number without a carrier profile.
pub const NO_PROFILE: &str = "No carrier profile";
/// A number that nobody ever lost.
pub const NEVER_RELEASED: &str = "Never";
/// Name of the links above the table.
pub const READY_FILTERS: &str = "Ready-made filters";
/// One of them.
pub const FILTER_UNASSIGNED: &str = "Unassigned";
/// One of them.
pub const FILTER_NOT_CAPABLE: &str = "Not SMS-capable";
/// One of them.
pub const FILTER_NO_PROFILE: &str = "No carrier profile";
/// Row button.
pub const ASSIGN: &str = "Assign";
/// Row button and button for many.
pub const UPDATE: &str = "Update";
/// Row button and button for many.
pub const DELETE: &str = "Delete";
/// Button and dialog.
pub const ADD: &str = "Add Number";
/// Dialog.
pub const ASSIGN_TITLE: &str = "Assign Number";
/// Dialog.
pub const UPDATE_TITLE: &str = "Update Number";
/// Dialog.
pub const UPDATE_SELECTED_TITLE: &str = "Update Selected Numbers";
/// Dialog.
pub const DELETE_SELECTED_TITLE: &str = "Delete Selected Numbers";
/// Dialog, until the number is loaded.
pub const DELETE_TITLE: &str = "Delete Number";
/// Button that deletes one.
pub const DELETE_CONFIRM: &str = "Delete number";
/// Button that deletes many.
pub const DELETE_SELECTED_CONFIRM: &str = "Delete numbers";
/// While a dialog loads.
pub const LOADING_ONE: &str = "Loading the number";
/// A dialog for many was opened without any.
pub const NOTHING_SELECTED: &str = "No numbers are selected. Tick some in the table first.";
/// Choice between a person and a group.
pub const ASSIGN_TO: &str = "Assign to";
/// One side of it.
pub const TO_USER: &str = "A Teams user";
/// The other side.
pub const TO_GROUP: &str = "An SMS group";
/// Field.
pub const FIELD_USER: &str = "Teams user";
/// Its hint.
pub const HINT_USER: &str = "People without a Teams license cannot be given a number.";
/// Field.
pub const FIELD_GROUP: &str = "SMS group";
/// Its hint.
pub const HINT_GROUP: &str = "Everyone in the group gets a copy of every message.";
/// Why Save cannot be pressed.
pub const CHOOSE_TARGET: &str = "Choose a person or a group first.";
/// Why Save cannot be pressed.
pub const SAME_TARGET: &str = "The number serves them already.";
/// Why Save cannot be pressed.
pub const NOT_CAPABLE: &str = "This number cannot do SMS, so it cannot be assigned.";
/// Takes the number away.
pub const UNASSIGN: &str = "Unassign";
/// The number serves nobody now.
pub const SERVES_NOBODY: &str = "This number serves nobody now.";
/// The cooling-off time runs.
pub const COOLING_OFF_TITLE: &str = "A number should rest first";
/// Goes on all the same.
pub const ASSIGN_ANYWAY: &str = "Assign anyway";
/// Goes on all the same, where more than numbers is saved.
pub const SAVE_ANYWAY: &str = "Save anyway";
/// Somebody else was quicker.
pub const CONFLICT_TITLE: &str = "Somebody else has changed this number";
/// What to do about it.
pub const CONFLICT_TEXT: &str = "Nothing of yours is saved yet. Reload the number to see what it is now.";
/// Reads the number again.
pub const RELOAD: &str = "Reload";
/// Field.
pub const FIELD_NUMBER: &str = "Phone number";
/// Its hint.
pub const HINT_NUMBER: &str = "With its country code, such as +1 206 555 0100.";
/// Heading of the capabilities.
pub const CAPABILITIES: &str = "What it can do";
/// Capability.
pub const SMS: &str = "SMS";
/// Capability.
pub const MMS: &str = "MMS";
/// Capability.
pub const GROUP_MMS: &str = "Group MMS";
/// Capability.
pub const VOICE: &str = "Calls";
/// Field.
pub const FIELD_PROFILE: &str = "Carrier profile";
/// Its hint.
pub const HINT_PROFILE: &str = "A number without a profile cannot send.";
/// A choice for many: no change.
pub const LEAVE: &str = "Leave as it is";
/// A choice for many.
pub const YES: &str = "Yes";
/// A choice for many.
pub const NO: &str = "No";
/// Why Save cannot be pressed.
pub const NOTHING_TO_CHANGE: &str = "Choose something to change first.";
/// What deleting one does.
pub const DELETE_CONSEQUENCE: &str =
    "The number is removed from your enterprise and cannot be assigned any more. Add it again to use it again.";
/// What deleting many does.
pub const DELETE_SELECTED_CONSEQUENCE: &str =
    "They are removed from your enterprise. Numbers that serve somebody stay, and are named afterwards.";
/// Until it is known how many of them serve somebody.
pub const COUNTING_SERVING: &str = "Looking up how many of them serve somebody.";
/// Name of the list of those that were left as they are.
pub const LEFT_AS_THEY_ARE: &str = "Numbers left as they are";
/// Leads to the page with the number that was just saved.
pub const SHOW: &str = "Show it";

/// What the Services chip says.
#[must_use]
pub fn service(service: NumberService) -> &'static str {
    service.label()
}

/// What pressing the chip of a free number does, for those who only hear it.
#[must_use]
pub fn assign_this(number: PhoneNumber) -> String {
    format!(" – assign {}", number.display())
}

/// By what a number was released.
#[must_use]
pub fn cause(release: &Release) -> String {
    let from = &release.from;
    match release.cause {
        ReleaseCause::Unassigned => format!("Taken from {from}"),
        ReleaseCause::Reassigned => format!("Moved from {from}"),
        ReleaseCause::GroupUpdated => format!("Taken out of group {from}"),
        ReleaseCause::GroupDeleted => format!("Group {from} deleted"),
        ReleaseCause::Offboarded => format!("{from} left"),
    }
}

/// A number in running text: it does not break at the end of a line.
#[must_use]
pub fn within_text(number: PhoneNumber) -> String {
    number.display().replace(' ', "\u{a0}")
}

/// Whom the number serves now.
#[must_use]
pub fn serves(assignee: &Assignee) -> String {
    match assignee {
        Assignee::TeamsUser { name, .. } => format!("This number serves {name} now."),
        Assignee::SmsGroup { name, .. } => format!("This number serves the group {name} now."),
    }
}

/// Mark of a number that should rest before it is given away again.
#[must_use]
pub fn rests_until(until: &str) -> String {
    format!("Rests until {until}")
}

/// What giving a free number away means while its cooling-off time runs.
#[must_use]
pub fn should_rest(until: &str) -> String {
    format!(
        "It was released a short time ago and should rest until {until}, because messages for whoever had it last may still \
         arrive. If you save before, you are asked once more."
    )
}

/// The same of a number that would change hands directly.
#[must_use]
pub fn should_rest_between(until: &str) -> String {
    format!(
        "Between two people or groups a number should rest, this one until {until}. If you give it to somebody else now, you \
         are asked once more."
    )
}

/// What taking the number away does.
#[must_use]
pub fn loses(assignee: &Assignee, number: PhoneNumber) -> String {
    let number = within_text(number);
    match assignee {
        Assignee::TeamsUser { name, .. } => {
            format!("{name} loses {number} and stops receiving and sending messages on it.")
        }
        Assignee::SmsGroup { name, .. } => {
            format!("The group {name} loses {number}; its members stop receiving and sending messages on it.")
        }
    }
}

/// The same before anything is chosen.
#[must_use]
pub fn if_taken_away(loses: &str) -> String {
    format!("If you move it or take it away: {loses}")
}

/// Notice after assigning.
#[must_use]
pub fn assigned(number: PhoneNumber, assignee: Option<&Assignee>) -> String {
    let number = within_text(number);
    match assignee {
        Some(assignee) => format!("{number} serves {} now.", assignee.name()),
        None => format!("{number} is free now."),
    }
}

/// Notice after adding.
#[must_use]
pub fn added(number: PhoneNumber) -> String {
    format!("Number {} added.", within_text(number))
}

/// Notice after updating.
#[must_use]
pub fn updated(number: PhoneNumber) -> String {
    format!("Number {} saved.", within_text(number))
}

/// Notice after deleting.
#[must_use]
pub fn deleted(number: PhoneNumber) -> String {
    format!("Number {} deleted.", within_text(number))
}

/// What was done, and that the number is out of sight.
#[must_use]
pub fn hidden(notice: &str) -> String {
    format!("{notice} The search or a filter hides it.")
}

/// The question before deleting one.
#[must_use]
pub fn delete_title(number: PhoneNumber) -> String {
    format!("Delete {}?", within_text(number))
}

/// Why a number cannot be deleted.
#[must_use]
pub fn assigned_cannot_be_deleted(assignee: &Assignee) -> String {
    format!("It serves {}. Unassign it first.", assignee.name())
}

/// How many numbers a dialog for many is about.
#[must_use]
pub fn about_selected(count: u64) -> String {
    if count == 1 {
        "1 number is selected.".to_owned()
    } else {
        format!("{count} numbers are selected.")
    }
}

/// How many of the selected numbers serve somebody, and what that means for deleting them.
#[must_use]
pub fn will_be_skipped(serving: u64, count: u64) -> String {
    match (serving, count) {
        (0, 1) => "It serves nobody.".to_owned(),
        (0, _) => "None of them serves anybody.".to_owned(),
        (1, 1) => "It serves somebody and will be skipped.".to_owned(),
        (1, _) => "1 of them serves somebody and will be skipped.".to_owned(),
        _ if serving >= count => "All of them serve somebody and will be skipped.".to_owned(),
        _ => format!("{serving} of them serve somebody and will be skipped."),
    }
}

/// It could not be told how many serve somebody.
#[must_use]
pub fn not_counted(reason: &str) -> String {
    format!("How many of them serve somebody is not known. {reason}")
}

/// How many were changed.
#[must_use]
pub fn updated_many(count: usize) -> String {
    match count {
        0 => "No number was changed.".to_owned(),
        1 => "1 number saved.".to_owned(),
        _ => format!("{count} numbers saved."),
    }
}

/// How many were deleted.
#[must_use]
pub fn deleted_many(count: usize) -> String {
    match count {
        0 => "No number was deleted.".to_owned(),
        1 => "1 number deleted.".to_owned(),
        _ => format!("{count} numbers deleted."),
    }
}

/// How many were left as they are.
#[must_use]
pub fn left(count: usize) -> String {
    if count == 1 {
        "1 number was left as it is:".to_owned()
    } else {
        format!("{count} numbers were left as they are:")
    }
}

/// One that was left, and why.
#[must_use]
pub fn skipped(skipped: &SkippedNumber) -> String {
    let number = skipped.number.map(PhoneNumber::display);
    let number = number.as_deref().unwrap_or("A number");
    match &skipped.why {
        WhySkipped::Assigned(name) => format!("{number} serves {name}."),
        WhySkipped::Unchanged => format!("{number} is like that already."),
        WhySkipped::Gone => format!("{number} does not exist any more."),
    }
}
