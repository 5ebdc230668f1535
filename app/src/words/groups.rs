//! The Groups tab and its dialogs.

use domain::{
    sms_group::{
        ChangedBy, ChangedField, GroupChange, GroupField, LostNumber, NotRestored, SmsGroup, UnreachableMember,
    },
    teams_user::Unreachable,
};

use super::numbers::within_text;

/// Caption.
pub const CAPTION: &str = "SMS groups";
/// One of them.
pub const ONE: &str = "group";
/// Many.
pub const MANY: &str = "groups";
/// Nothing yet.
pub const EMPTY_TITLE: &str = "No groups yet";
/// What to do about it.
pub const EMPTY_TEXT: &str = "Add a group for people who answer the same number together, such as a front desk.";
/// Column.
pub const NAME: &str = "Group Name";
/// Column.
pub const MEMBERS: &str = "Group Members";
/// Column.
pub const NUMBERS: &str = "Group Phone Numbers";
/// Column.
pub const OWNER: &str = "Owner";
/// Column that is hidden at first.
pub const REACHABLE: &str = "Reachable Members";
/// In the numbers column.
pub const NO_NUMBERS: &str = "No numbers";
/// Button and dialog.
pub const ADD: &str = "Add SMS Group";
/// Row button.
pub const UPDATE: &str = "Update";
/// Row button.
pub const DELETE: &str = "Delete";
/// Dialog.
pub const UPDATE_TITLE: &str = "Update SMS Group";
/// Dialog, until the group is loaded.
pub const DELETE_TITLE: &str = "Delete SMS Group";
/// Button that deletes.
pub const DELETE_CONFIRM: &str = "Delete group";
/// While the dialog loads.
pub const LOADING_ONE: &str = "Loading the group";
/// Field.
pub const FIELD_NAME: &str = "Group name";
/// Its hint.
pub const HINT_NAME: &str = "Up to 64 characters. No two groups can share a name.";
/// Field.
pub const FIELD_OWNER: &str = "Team owner";
/// Its hint.
pub const HINT_OWNER: &str =
    "Who is responsible for the group. The legacy app also makes this person the owner of the team.";
/// Field.
pub const FIELD_MEMBERS: &str = "Members";
/// Its hint.
pub const HINT_MEMBERS: &str = "Everyone here gets a copy of every message.";
/// Field.
pub const FIELD_NUMBERS: &str = "SMS numbers";
/// Its hint.
pub const HINT_NUMBERS: &str = "Only numbers that can do SMS and are free or already in this group.";
/// Mark of a person.
pub const DISABLED: &str = "Sign-in blocked";
/// Mark of a person.
pub const UNLICENSED: &str = "No Teams license";
/// Mark of a person.
pub const LICENSE_UNKNOWN: &str = "License unknown";
/// Somebody else was quicker.
pub const CONFLICT_TITLE: &str = "Somebody else saved this group while you were editing it";
/// What to do about it.
pub const CONFLICT_TEXT: &str = "Nothing of yours is saved yet. These fields are not as they were when you began:";
/// Drops one's own changes.
pub const TAKE_OVER: &str = "Reload their version";
/// Keeps both.
pub const APPLY_MINE: &str = "Apply my changes to their version";
/// Why Save cannot be pressed.
pub const CHOOSE_FIRST: &str = "Choose above what to do with the newer version.";
/// Somebody else was quicker, and the dialog hears of it while it is open.
pub const CHANGED_TITLE: &str = "Somebody else has just changed this group";
/// What to do about it.
pub const CHANGED_TEXT: &str = "What you typed is still here. Look at their changes now, or when you save.";
/// Leads to them.
pub const SHOW_CHANGES: &str = "Show their changes";
/// The group of an open dialog is gone.
pub const DELETED_TITLE: &str = "Somebody else has deleted this group";
/// What to do about it.
pub const DELETED_TEXT: &str = "It cannot be saved any more. Copy what you still need before you close this.";
/// Why Save cannot be pressed.
pub const CANNOT_SAVE_DELETED: &str = "This group has been deleted.";
/// The group of an open question is gone.
pub const DELETED_ALREADY: &str = "Somebody else has deleted this group already. There is nothing left to do.";
/// Above what deleting does, when that is not what it was at first.
pub const CHANGED_BEFORE_DELETING: &str =
    "Somebody else has just changed this group. This is what deleting it does now:";

/// How many members messages will not reach.
#[must_use]
pub fn unreachable(count: u32) -> String {
    format!("{count} not receiving")
}

/// Which members messages will not reach, and why: the first of them by name, and how many more there are.
#[must_use]
pub fn who_is_unreachable(first: &[UnreachableMember], count: u32) -> String {
    let mut who: Vec<String> = first.iter().map(unreachable_member).collect();
    let more = (count as usize).saturating_sub(first.len());
    if more > 0 {
        who.push(format!("and {more} more"));
    }
    who.join(",\n")
}

fn unreachable_member(member: &UnreachableMember) -> String {
    let why = match member.why {
        Unreachable::Disabled => "sign-in blocked",
        Unreachable::Unlicensed => "no Teams license",
    };
    format!("{}: {why}", member.name)
}

/// Why messages will not reach somebody.
#[must_use]
pub fn why_unreachable(why: Unreachable) -> &'static str {
    match why {
        Unreachable::Disabled => DISABLED,
        Unreachable::Unlicensed => UNLICENSED,
    }
}

/// Notice after adding.
#[must_use]
pub fn added(name: &str) -> String {
    format!("Group {name} added.")
}

/// Notice after updating.
#[must_use]
pub fn updated(name: &str) -> String {
    format!("Group {name} saved.")
}

/// Notice after deleting.
#[must_use]
pub fn deleted(name: &str) -> String {
    format!("Group {name} deleted.")
}

/// Button that undoes a deletion.
pub const UNDO: &str = "Undo";

/// Notice after a deletion was undone.
#[must_use]
pub fn restored(name: &str) -> String {
    format!("Group {name} restored.")
}

/// Notice after undoing a deletion has failed.
#[must_use]
pub fn not_restored(name: &str, why: &str) -> String {
    format!("Group {name} was not restored. {why}")
}

/// What a restored group has not got back.
#[must_use]
pub fn came_back_without(name: &str, missing: &[NotRestored]) -> String {
    let missing: Vec<String> = missing.iter().map(lost).collect();
    format!("Group {name} came back without {}.", missing.join(", "))
}

fn lost(lost: &NotRestored) -> String {
    match lost {
        NotRestored::Member { name } => format!("{name} (no longer exists)"),
        NotRestored::Number { number, why } => {
            let why = match why {
                LostNumber::Taken(name) => format!("belongs to {name} now"),
                LostNumber::WithoutSms => "can no longer do SMS".to_owned(),
                LostNumber::Gone => "no longer exists".to_owned(),
            };
            format!("{} ({why})", within_text(*number))
        }
    }
}

/// Leads to the page with the group that was just saved.
pub const SHOW: &str = "Show it";

/// What was done, and that the group is out of sight.
#[must_use]
pub fn hidden(notice: &str) -> String {
    format!("{notice} The search or a filter hides it.")
}

/// The question before deleting.
#[must_use]
pub fn delete_title(name: &str) -> String {
    format!("Delete group {name}?")
}

/// What deleting `group` does.
#[must_use]
pub fn consequences(group: &SmsGroup) -> Vec<String> {
    let numbers: Vec<String> = group.numbers.iter().map(|number| within_text(number.e164)).collect();
    let freed = match numbers.as_slice() {
        [] => "The group has no numbers, so none becomes free.".to_owned(),
        [one] => format!("{one} becomes free."),
        _ => format!("{} numbers become free: {}.", numbers.len(), numbers.join(", ")),
    };
    let members = match group.members.as_slice() {
        [one] => format!("{} stops receiving and sending messages on them.", one.display_name),
        many => format!("{} members stop receiving and sending messages on them.", many.len()),
    };
    if numbers.is_empty() {
        vec![freed]
    } else {
        vec![freed, members]
    }
}

/// Who changed a field, what somebody else saved in it, and what putting the own changes on top of theirs makes of it.
#[must_use]
pub fn changed_field(changed: &ChangedField) -> String {
    let ChangedField { field, by, theirs } = changed;
    let name = match field {
        GroupField::Name => FIELD_NAME,
        GroupField::Owner => FIELD_OWNER,
        GroupField::Members => FIELD_MEMBERS,
        GroupField::Numbers => FIELD_NUMBERS,
    };
    let who = match by {
        ChangedBy::You => "changed by you only",
        ChangedBy::Them => "changed by them only",
        ChangedBy::BothAlike => "changed by both of you, to the same",
        ChangedBy::BothDifferently => "changed by both of you, differently",
    };
    let mut sentences = vec![format!("{name}: {who}.")];
    sentences.extend(theirs.iter().map(change));
    if *by == ChangedBy::BothDifferently {
        let applied = match field {
            GroupField::Name | GroupField::Owner => "Applying your changes replaces theirs here.",
            GroupField::Members | GroupField::Numbers => "Applying your changes keeps theirs as well.",
        };
        sentences.push(applied.to_owned());
    }
    sentences.join(" ")
}

/// One thing that somebody else changed.
fn change(change: &GroupChange) -> String {
    match change {
        GroupChange::Renamed { to } => format!("They renamed it to {to}."),
        GroupChange::NewOwner { name } => format!("They made {name} the owner."),
        GroupChange::MemberAdded { name } => format!("They added {name}."),
        GroupChange::MemberRemoved { name } => format!("They removed {name}."),
        GroupChange::NumberAdded { number } => format!("They added {}.", within_text(*number)),
        GroupChange::NumberRemoved { number } => format!("They removed {}.", within_text(*number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_named_is_counted() {
        let member = |name: &str, why| UnreachableMember {
            name: name.to_owned(),
            why,
        };
        let named = [
            member("Ada", Unreachable::Unlicensed),
            member("Bo", Unreachable::Disabled),
        ];
        let both = "Ada: no Teams license,\nBo: sign-in blocked";
        assert_eq!(who_is_unreachable(&named, 2), both);
        assert_eq!(who_is_unreachable(&named, 5), format!("{both},\nand 3 more"));
    }
}
