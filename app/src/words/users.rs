//! The Users page and the dialogs of one person.

use domain::{
    phone::PhoneNumber,
    sms_group::LostNumber,
    teams_user::{Consequence, GroupPart, LicenseState, LostGroup, NotUndone, SmsService, TeamsUser},
};

use super::numbers::within_text;

/// Heading.
pub const TITLE: &str = "Users";
/// Sentence under it.
pub const LEAD: &str = "The Teams users of your enterprise, their licenses and the numbers they send messages from.";
/// Link to the help page.
pub const HELP: &str = "Help with users";
/// Caption.
pub const CAPTION: &str = "Users";
/// One of them.
pub const ONE: &str = "user";
/// Many.
pub const MANY: &str = "users";
/// Nothing yet.
pub const EMPTY_TITLE: &str = "No users yet";
/// What to do about it.
pub const EMPTY_TEXT: &str = "They come from a file that Microsoft's admin centers export.";
/// Column.
pub const NAME: &str = "Teams Username";
/// Column.
pub const NUMBERS: &str = "SMS Numbers";
/// Column.
pub const LICENSES: &str = "Licenses";
/// Column.
pub const SERVICES: &str = "Services";
/// Column.
pub const SIGN_IN: &str = "Sign-in";
/// What is copied of a person, column of the exported file, line of the dialog.
pub const SIGN_IN_NAME: &str = "Sign-in name";
/// Column of the exported file, line of the dialog.
pub const OWN_NUMBERS: &str = "Own numbers";
/// Column of the exported file.
pub const OWNED_GROUPS: &str = "Owner of groups";
/// Column of the exported file.
pub const MEMBER_OF: &str = "Member of groups";
/// Column of the exported file.
pub const GROUP_NUMBERS: &str = "Numbers of groups";
/// Line of the dialog.
pub const OBJECT_ID: &str = "Entra object ID";
/// Line of the dialog.
pub const GROUPS: &str = "Groups";
/// In the numbers column.
pub const NO_NUMBERS: &str = "No numbers";
/// Stands where there is no value.
pub const NONE: &str = "None";
/// Behind the number of a group that the person owns.
pub const GROUP_OWNER: &str = "group owner";
/// Behind a group.
pub const OWNER: &str = "owner";
/// Behind a group.
pub const OWNER_AND_MEMBER: &str = "owner and member";
/// Behind a group.
pub const MEMBER: &str = "member";
/// Licence.
pub const LICENSED: &str = "Licensed";
/// Licence.
pub const UNLICENSED: &str = "Not licensed";
/// Licence.
pub const UNKNOWN: &str = "Unknown";
/// Sign-in to Microsoft.
pub const ALLOWED: &str = "Allowed";
/// Sign-in to Microsoft.
pub const BLOCKED: &str = "Blocked";
/// Service.
pub const ASSIGNED: &str = "Assigned";
/// Service.
pub const NOT_ASSIGNED: &str = "Not assigned";
/// Service.
pub const NEEDS_LICENSE: &str = "Needs a license";
/// Why a button cannot be pressed.
pub const SMS_OFF: &str = "SMS is off for your enterprise.";
/// Dialog, until the person is loaded.
pub const USER: &str = "User";
/// While a dialog loads.
pub const LOADING_ONE: &str = "Loading the user";
/// Button and dialog.
pub const ASSIGN: &str = "SMS User Assignment";
/// Field.
pub const FIELD_NUMBERS: &str = "SMS numbers";
/// Its hint.
pub const HINT_NUMBERS: &str = "Free numbers that can do SMS. Remove a number to take it away.";
/// Heading of what saving does.
pub const WHAT_HAPPENS: &str = "When you save";
/// With the legacy app.
pub const AFTER_SYNC: &str = "With the legacy app, changes take effect after the next sync.";
/// Somebody else was quicker.
pub const CONFLICT_TITLE: &str = "Somebody else changed these numbers while you were editing them";
/// Goes on from what there is now.
pub const APPLY_MINE: &str = "Apply my changes to theirs";
/// Why Save cannot be pressed.
pub const CHOOSE_FIRST: &str = "Choose above what to do with the newer numbers.";
/// Why Save cannot be pressed.
pub const NOTHING_CHANGED: &str = "You have not changed anything yet.";
/// Button.
pub const OFFBOARD: &str = "Offboard";
/// Why it cannot be pressed.
pub const NOTHING_TO_OFFBOARD: &str =
    "This person has no numbers and is in no group, so there is nothing to hand over.";
/// Under the title of the dialog.
pub const OFFBOARD_LEAD: &str =
    "Hands over groups and numbers in one step. The account in Microsoft stays as it is; block or delete it there.";
/// Field.
pub const FIELD_SUCCESSOR: &str = "Who takes over";
/// Its hint.
pub const HINT_SUCCESSOR: &str = "Owns all of the groups from now on, unless you choose somebody else below.";
/// Its hint.
pub const HINT_GROUP_SUCCESSOR: &str = "Leave it empty for the person above.";
/// Choice.
pub const KEEP_GROUP: &str = "Somebody takes over";
/// Choice.
pub const DELETE_GROUP: &str = "Delete the group";
/// Field.
pub const FIELD_NUMBERS_TO: &str = "Who gets the numbers";
/// Shows what will happen.
pub const PREVIEW: &str = "Preview";
/// Heading of what will happen.
pub const PREVIEW_TITLE: &str = "This will happen";
/// Back to the choices.
pub const BACK: &str = "Back";
/// Something else was changed meanwhile.
pub const CHANGED_MEANWHILE: &str =
    "Somebody else has changed this person's groups or numbers. Nothing was done. Begin again with what there is now.";
/// Loads the person anew.
pub const BEGIN_AGAIN: &str = "Begin again";
/// Button that undoes an offboarding.
pub const UNDO: &str = "Undo";
/// Link to the entry of the audit log about an offboarding.
pub const WHAT_WAS_DONE: &str = "What was done";

/// What is known about a licence.
#[must_use]
pub fn license(license: LicenseState) -> &'static str {
    match license {
        LicenseState::Licensed => LICENSED,
        LicenseState::Unlicensed => UNLICENSED,
        LicenseState::Unknown => UNKNOWN,
    }
}

/// Whether somebody can sign in to Microsoft.
#[must_use]
pub fn sign_in(enabled: bool) -> &'static str {
    if enabled { ALLOWED } else { BLOCKED }
}

/// Whether somebody has a number of their own, or could have one.
#[must_use]
pub fn service(service: SmsService) -> &'static str {
    match service {
        SmsService::Assigned => ASSIGNED,
        SmsService::Free => NOT_ASSIGNED,
        SmsService::Unlicensed => NEEDS_LICENSE,
    }
}

/// What pressing the chip of somebody's service is about, for those who hear it by itself.
#[must_use]
pub fn numbers_of(name: &str) -> String {
    format!("SMS numbers of {name}")
}

/// What the person is in a group.
#[must_use]
pub fn part(part: GroupPart) -> &'static str {
    match part {
        GroupPart::Owner => OWNER,
        GroupPart::OwnerAndMember => OWNER_AND_MEMBER,
        GroupPart::Member => MEMBER,
    }
}

/// Heading of the consequences of somebody's leaving.
#[must_use]
pub fn if_they_left(name: &str) -> String {
    format!("If {name} left")
}

/// What would happen if the person left, as far as nobody has decided anything.
#[must_use]
pub fn what_leaving_means(user: &TeamsUser) -> Vec<String> {
    let numbers: Vec<PhoneNumber> = user.numbers.iter().map(|number| number.e164).collect();
    let freed = (!numbers.is_empty()).then(|| format!("{} would become free or go to somebody else.", list(&numbers)));
    let names = |chosen: &dyn Fn(&domain::teams_user::GroupOfUser) -> bool| {
        let names: Vec<&str> = user
            .groups
            .iter()
            .filter(|group| chosen(group))
            .map(|group| group.name.as_str())
            .collect();
        names.join(", ")
    };
    let sentence = |names: String, text: &str| (!names.is_empty()).then(|| format!("{text}: {names}."));
    let owned = sentence(names(&|group| group.part.owns()), "These groups would need a new owner");
    let empty = sentence(
        names(&domain::teams_user::GroupOfUser::is_left_empty),
        "Nobody would be left in these groups",
    );
    let left = sentence(
        names(&|group| !group.needs_decision()),
        "These groups would go on without them",
    );
    let all: Vec<String> = [freed, owned, empty, left].into_iter().flatten().collect();
    if all.is_empty() {
        vec!["Nothing would change: no numbers and no groups.".to_owned()]
    } else {
        all
    }
}

/// What taking a number away does.
#[must_use]
pub fn becomes_free(number: &str) -> String {
    format!("{number} becomes free at once.")
}

/// What giving a number does.
#[must_use]
pub fn is_given(number: &str, name: &str) -> String {
    format!("{number} goes to {name} at once.")
}

/// Which numbers the person has after what somebody else did.
#[must_use]
pub fn they_have_now(numbers: &[String]) -> String {
    let now = if numbers.is_empty() {
        NONE.to_owned()
    } else {
        numbers.join(", ")
    };
    format!("Nothing of yours is saved yet. Own numbers now: {now}.")
}

/// Notice after saving the numbers of somebody.
#[must_use]
pub fn numbers_saved(name: &str) -> String {
    format!("Numbers of {name} saved.")
}

/// The dialog, and its button that does it.
#[must_use]
pub fn offboard(name: &str) -> String {
    format!("Offboard {name}")
}

/// Field.
#[must_use]
pub fn new_owner_of(group: &str) -> String {
    format!("New owner of {group}")
}

/// Field.
#[must_use]
pub fn new_member_of(group: &str) -> String {
    format!("New member of {group}")
}

/// Field.
#[must_use]
pub fn nobody_left_in(group: &str) -> String {
    format!("Nobody would be left in {group}")
}

/// Hint of who gets the numbers.
#[must_use]
pub fn hint_numbers_to(numbers: &[PhoneNumber]) -> String {
    format!("{}. Leave it empty to make them free.", list(numbers))
}

/// One thing that offboarding `name` does.
#[must_use]
pub fn consequence(name: &str, consequence: &Consequence) -> String {
    match consequence {
        Consequence::NewOwner { group, to } => format!("{to} becomes the owner of {group}."),
        Consequence::NewMember { group, to } => format!("{to} becomes the only member of {group}."),
        Consequence::Leaves { group } => format!("{name} leaves {group}."),
        Consequence::Deletes { group, numbers } if numbers.is_empty() => format!("{group} is deleted."),
        Consequence::Deletes { group, numbers } => {
            format!("{group} is deleted; {} {} free.", list(numbers), verb(numbers))
        }
        Consequence::Frees { numbers } => format!("{} {} free at once.", list(numbers), verb(numbers)),
        Consequence::Moves { numbers, to } => {
            let go = if numbers.len() == 1 { "goes" } else { "go" };
            format!("{} {go} to {to}.", list(numbers))
        }
    }
}

/// What holds for the numbers that become free.
#[must_use]
pub fn should_rest(days: i64) -> String {
    let days = if days == 1 {
        "1 day".to_owned()
    } else {
        format!("{days} days")
    };
    format!(
        "Numbers that become free should rest for {days}: whoever gives them to somebody before is asked once more."
    )
}

/// Notice after offboarding.
#[must_use]
pub fn offboarded(name: &str) -> String {
    format!("{name} offboarded.")
}

/// In the person's dialog, while it can be undone; `ago` such as "4 minutes ago".
#[must_use]
pub fn offboarded_by(ago: Option<&str>, by: &str) -> String {
    match ago {
        Some(ago) => format!("Offboarded {ago} by {by}."),
        None => format!("Offboarded by {by}."),
    }
}

/// Notice after undoing it.
#[must_use]
pub fn undone(name: &str) -> String {
    format!("Offboarding of {name} undone.")
}

/// Notice after undoing it has failed.
#[must_use]
pub fn not_undone(name: &str, why: &str) -> String {
    format!("Offboarding of {name} was not undone. {why}")
}

/// What did not come back.
#[must_use]
pub fn came_back_without(name: &str, missing: &[NotUndone]) -> String {
    let missing: Vec<String> = missing.iter().map(lost).collect();
    format!("{name} came back without {}.", missing.join(", "))
}

fn lost(lost: &NotUndone) -> String {
    match lost {
        NotUndone::Group { name, why } => match why {
            LostGroup::Gone => format!("group {name} (no longer exists)"),
            LostGroup::Owned(owner) => format!("owning {name} (belongs to {owner} now)"),
            LostGroup::NameTaken => format!("group {name} (another group has its name now)"),
            LostGroup::OwnerGone => format!("group {name} (its owner no longer exists)"),
        },
        NotUndone::Number { number, why } => {
            let why = match why {
                LostNumber::Taken(name) => format!("belongs to {name} now"),
                LostNumber::WithoutSms => "can no longer do SMS".to_owned(),
                LostNumber::Gone => "no longer exists".to_owned(),
            };
            format!("{} ({why})", within_text(*number))
        }
    }
}

fn list(numbers: &[PhoneNumber]) -> String {
    let numbers: Vec<String> = numbers.iter().copied().map(within_text).collect();
    numbers.join(", ")
}

fn verb(numbers: &[PhoneNumber]) -> &'static str {
    if numbers.len() == 1 { "becomes" } else { "become" }
}
