//! The effective configuration: the Configuration page, and the changes that are not live yet wherever they are told.

use domain::{
    config_snapshot::{ConfigChange, Deeds, Snapshot},
    number::Assignee,
};

use super::numbers::within_text;

/// Heading, and entry of the account menu.
pub const TITLE: &str = "Configuration";
/// Sentence under it.
pub const LEAD: &str = "Which number serves whom, as the connector app works with it.";
/// The link to the help page.
pub const HELP: &str = "Help with the configuration";
/// Heading.
pub const CURRENT: &str = "What is live";
/// Heading.
pub const NOT_LIVE: &str = "Not live yet";
/// Heading.
pub const EARLIER: &str = "Earlier snapshots";
/// In place of the snapshot.
pub const NEVER_TITLE: &str = "Nothing has been published yet";
/// Why, with the legacy app.
pub const NEVER_LEGACY: &str = "The connector app knows none of your numbers. Start the first sync on the Dashboard.";
/// Why, with the unified app.
pub const NEVER_UNIFIED: &str = "The first change of a group, a number or a person publishes everything.";
/// In place of the changes.
pub const ALL_LIVE: &str = "Everything is live.";
/// In place of the earlier snapshots.
pub const NONE_EARLIER: &str = "There are none.";
/// Term.
pub const SNAPSHOT: &str = "Snapshot";
/// Term.
pub const PUBLISHED: &str = "Published";
/// Term.
pub const PUBLISHED_BY: &str = "Published by";
/// Term.
pub const CONTENT: &str = "Content";
/// The list of changes.
pub const CHANGES: &str = "Changes that are not live yet";
/// The moment of the first change follows.
pub const WAITING_SINCE: &str = "Waiting since";
/// Nobody has written it down.
pub const CHANGED_BY_NOBODY: &str = "It is not recorded who changed this.";
/// While the page is on its way.
pub const LOADING: &str = "Loading the configuration";
/// Caption.
pub const CAPTION: &str = "Numbers that are live";
/// One of them.
pub const ONE: &str = "number";
/// Many.
pub const MANY: &str = "numbers";
/// Nothing yet.
pub const EMPTY_TITLE: &str = "No number is live";
/// What to do about it.
pub const EMPTY_TEXT: &str = "Numbers stand here once they belong to a person or a group and have been published.";
/// Column.
pub const NUMBER: &str = "Phone Number";
/// Column.
pub const SERVES: &str = "Serves";
/// Column.
pub const KIND: &str = "Kind";
/// Column.
pub const RECEIVERS: &str = "Messages Go To";
/// Link of the banner.
pub const TO_DASHBOARD: &str = "Open the Dashboard";

/// Heading of the banner above the groups.
#[must_use]
pub fn not_live(count: u64) -> String {
    match count {
        1 => "1 change is not live yet".to_owned(),
        many => format!("{many} changes are not live yet"),
    }
}

/// What to do about them.
pub const SYNC_NEEDED: &str = "Messages still follow the last sync. A sync makes all changes live.";

/// How many changes or receivers are not told one by one.
#[must_use]
pub fn more(count: u64) -> String {
    format!("and {count} more")
}

/// The figures of a snapshot.
#[must_use]
pub fn content(snapshot: &Snapshot) -> String {
    let summary = snapshot.summary;
    let [numbers, groups, changes] = [
        counted(summary.numbers, "number", "numbers"),
        counted(summary.groups, "group", "groups"),
        counted(summary.changes, "change", "changes"),
    ];
    format!("{numbers} and {groups}, after {changes}")
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Which snapshot.
#[must_use]
pub fn number(number: i64) -> String {
    format!("Snapshot {number}")
}

/// Who published an earlier snapshot; the moment follows.
#[must_use]
pub fn published_by(by: &str) -> String {
    format!("published by {by},")
}

/// Who made a change that waits, behind the moment since which it does.
#[must_use]
pub fn made_by(made: &Deeds) -> String {
    let how = if made.first.imported { "imported" } else { "changed" };
    format!(", {how} by {}", made.by.join(", "))
}

/// Who touched it last, behind that; the moment follows.
#[must_use]
pub fn last_changed_by(by: &str) -> String {
    format!("; last by {by},")
}

/// One change that is not live yet.
#[must_use]
pub fn change(change: &ConfigChange) -> String {
    match change {
        ConfigChange::GroupAdded { name, .. } => format!("Group {name} was added"),
        ConfigChange::GroupRenamed { from, to, .. } => format!("Group {from} is called {to} now"),
        ConfigChange::OwnerChanged { group, from, to, .. } => {
            format!("Group {group} belongs to {to} now, no longer to {from}")
        }
        ConfigChange::MembersChanged {
            group, added, removed, ..
        } => members(group, added, removed),
        ConfigChange::GroupRemoved { name, .. } => format!("Group {name} was deleted"),
        ConfigChange::NumberAssigned { number, to, .. } => {
            format!("{} was given to {}", within_text(*number), whom(to))
        }
        ConfigChange::NumberReassigned { number, from, to, .. } => {
            format!("{} went from {} to {}", within_text(*number), whom(from), whom(to))
        }
        ConfigChange::NumberReleased { number, from, .. } => {
            format!("{} was taken from {}", within_text(*number), whom(from))
        }
        ConfigChange::PersonChanged { name, .. } => format!("{name} has another name or sign-in name"),
    }
}

/// Whom a number serves.
fn whom(assignee: &Assignee) -> String {
    match assignee {
        Assignee::TeamsUser { name, .. } => name.clone(),
        Assignee::SmsGroup { name, .. } => format!("group {name}"),
    }
}

fn members(group: &str, added: &[String], removed: &[String]) -> String {
    let joined = (!added.is_empty()).then(|| format!("{} joined", added.join(", ")));
    let left = (!removed.is_empty()).then(|| format!("{} left", removed.join(", ")));
    let both: Vec<String> = joined.into_iter().chain(left).collect();
    format!("Group {group}: {}", both.join("; "))
}
