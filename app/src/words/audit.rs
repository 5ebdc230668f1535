//! The audit log, and the history of a thing in its dialog.

use domain::{
    alert::AlertKind,
    audit::{AuditEventRow, Change, FieldChange, action_label, resource_label},
    domain_subscription::RenewalStatus,
    task::TaskKind,
};

use super::{dashboard, domains};

/// Heading of the page, and its entry in the account menu.
pub const TITLE: &str = "Audit log";
/// Under the heading.
pub const LEAD: &str = "Who changed what, when and from where. Nothing in it can be changed or removed.";
/// Link to the help page.
pub const HELP_LINK: &str = "Help with the audit log";
/// Caption.
pub const CAPTION: &str = "Audit log";
/// One of them.
pub const ONE: &str = "entry";
/// Many.
pub const MANY: &str = "entries";
/// Nothing yet.
pub const EMPTY_TITLE: &str = "Nothing has been changed yet";
/// What comes here.
pub const EMPTY_TEXT: &str = "Every change that is made in this enterprise leaves an entry here.";
/// Column.
pub const WHEN: &str = "When";
/// Column.
pub const WHO: &str = "Who";
/// Column.
pub const ACTION: &str = "Action";
/// Column.
pub const KIND: &str = "Kind";
/// Column.
pub const THING: &str = "Thing";
/// Column, and the caption of the differences of one entry.
pub const CHANGES: &str = "What changed";
/// Column.
pub const FROM: &str = "From";
/// Column of the file.
pub const ENTRY: &str = "Entry";
/// Row button.
pub const DETAILS: &str = "Details";
/// Dialog.
pub const ENTRY_TITLE: &str = "Audit entry";
/// While the dialog loads.
pub const LOADING_ONE: &str = "Loading the entry";
/// The request that made the change.
pub const REQUEST: &str = "Request";
/// What chains the entry to the one before it.
pub const HASH: &str = "Hash";
/// Heading of the differences.
pub const FIELD: &str = "Field";
/// Heading of the differences.
pub const BEFORE: &str = "Before";
/// Heading of the differences.
pub const AFTER: &str = "After";
/// Before what came into a list.
pub const ADDED: &str = "Added";
/// Before what went out of a list.
pub const REMOVED: &str = "Removed";
/// A field that holds nothing.
pub const NOTHING: &str = "nothing";
/// An entry without a difference.
pub const NO_CHANGES: &str = "Nothing that can be shown has changed.";
/// In place of a secret.
pub const SECRET: &str = "changed; secrets are not shown";
/// In place of an address, for what the portal does by itself and for the command line.
pub const NO_PEER: &str = "The server itself";
/// In place of the name of a thing that has none.
pub const NO_NAME: &str = "Without a name";
/// The part of a dialog with what was done to its thing.
pub const HISTORY: &str = "History";
/// While it loads.
pub const LOADING_HISTORY: &str = "Loading the history";
/// A thing of which no change was written down, such as one from the beginning.
pub const NO_HISTORY: &str = "No change has been written down yet.";
/// Below the latest entries.
pub const OLDER: &str = "Older changes are in the audit log.";

/// What was done to what: "Changed · SMS group".
#[must_use]
pub fn deed(action: &str, resource: &str) -> String {
    format!("{} · {}", action_label(action), resource_label(resource))
}

/// What the thing of an entry is called.
#[must_use]
pub fn thing(subject: Option<&str>) -> String {
    subject.unwrap_or(NO_NAME).to_owned()
}

/// Where a change came from.
#[must_use]
pub fn from(peer: Option<&str>) -> String {
    peer.unwrap_or(NO_PEER).to_owned()
}

/// Which entry a row button opens, for those who hear the button by itself: "of Front Desk, changed".
#[must_use]
pub fn details_of(row: &AuditEventRow) -> String {
    let what = row.subject.as_deref().unwrap_or_else(|| resource_label(&row.resource));
    format!("of {what}, {}", action_label(&row.action).to_lowercase())
}

/// Name of a copy button in the dialog: "Copy hash".
#[must_use]
pub fn copy(what: &str) -> String {
    format!("Copy {}", what.to_lowercase())
}

/// What a field is called: the words of its name, with those of the parts of the thing that it lies in.
#[must_use]
pub fn field(name: &str) -> String {
    name.split('.').map(part).collect::<Vec<_>>().join(" · ")
}

fn part(name: &str) -> String {
    let known = match name {
        "display_name" => "Name",
        "e164" => "Number",
        "user_principal_name" => "Sign-in name",
        "sms" => "SMS",
        "mms" => "MMS",
        "group_mms" => "Group MMS",
        "owner_id" => "Owner",
        "member_ids" => "Members",
        "number_ids" => "Numbers",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// What a field holds, in words: the log has what is wrong, what a task does, and how the renewal of a domain stands, in
/// its stored form. A word of a newer program stands for itself.
#[must_use]
pub fn value<'v>(field: &str, text: &'v str) -> &'v str {
    let in_words = match field {
        "kind" => AlertKind::parse(text)
            .map(dashboard::alert)
            .or_else(|| TaskKind::parse(text).map(TaskKind::label)),
        "renewal" => RenewalStatus::parse(text).map(domains::renewal),
        _ => None,
    };
    in_words.unwrap_or(text)
}

/// One change in a line: "Name: Front Desk → Reception", "Members: added Bo Chen, removed Ada Brandt".
#[must_use]
pub fn change(change: &FieldChange) -> String {
    let side = |held: Option<&str>| side(&change.field, held).to_owned();
    let what = match &change.change {
        Change::Value { before: None, after } => side(after.as_deref()),
        Change::Value { before, after } => format!("{} → {}", side(before.as_deref()), side(after.as_deref())),
        Change::List { added, removed, more } => list(added, removed, *more),
        Change::Secret => SECRET.to_owned(),
    };
    format!("{}: {what}", field(&change.field))
}

fn side<'v>(field: &str, held: Option<&'v str>) -> &'v str {
    held.map_or(NOTHING, |text| value(field, text))
}

fn list(added: &[String], removed: &[String], more: u32) -> String {
    let part = |what: &str, names: &[String]| (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")));
    let more = (more > 0).then(|| format!("and {more} more"));
    let parts = [part("added", added), part("removed", removed), more];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Several changes in a line, and how many more fields there are.
#[must_use]
pub fn changes(changes: &[FieldChange], more: u32) -> String {
    let mut lines: Vec<String> = changes.iter().map(change).collect();
    lines.extend((more > 0).then(|| more_fields(more)));
    lines.join(" / ")
}

/// How many more fields changed than are shown.
#[must_use]
pub fn more_fields(count: u32) -> String {
    if count == 1 {
        "and 1 more field".to_owned()
    } else {
        format!("and {count} more fields")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_called_as_people_would() {
        assert_eq!(field("name"), "Name");
        assert_eq!(field("e164"), "Number");
        assert_eq!(field("carrier_profile"), "Carrier profile");
        assert_eq!(field("settings.sms"), "Settings · SMS");
        assert_eq!(field(""), "");
    }

    #[test]
    fn a_kind_is_told_in_words() {
        let worse = FieldChange {
            field: "kind".to_owned(),
            change: Change::Value {
                before: Some("domain_expiring".to_owned()),
                after: Some("domain_expired".to_owned()),
            },
        };
        assert_eq!(change(&worse), "Kind: Domain expires soon → Domain has expired");
        for (field, text, expected) in [
            ("kind", "profile_failing", "Carrier profile is failing"),
            ("kind", "import_users", "Import Users"),
            ("kind", "carrier_pigeon", "carrier_pigeon"),
            ("name", "domain_expired", "domain_expired"),
        ] {
            assert_eq!(value(field, text), expected);
        }
    }

    #[test]
    fn how_a_renewal_stands_is_told_in_words() {
        for (text, expected) in [
            ("idle", "Nothing under way"),
            ("renewing", "Renewing"),
            ("failed", "Renewal failed"),
            ("deleting", "Being deleted"),
            ("deletion_failed", "Deletion failed"),
            ("resting", "resting"),
        ] {
            assert_eq!(value("renewal", text), expected);
        }
        assert_eq!(value("state", "deleting"), "deleting");
    }

    #[test]
    fn a_change_fits_in_a_line() {
        let value = |before: Option<&str>, after: Option<&str>| FieldChange {
            field: "name".to_owned(),
            change: Change::Value {
                before: before.map(str::to_owned),
                after: after.map(str::to_owned),
            },
        };
        assert_eq!(change(&value(None, Some("Lobby"))), "Name: Lobby");
        assert_eq!(change(&value(Some("Lobby"), None)), "Name: Lobby → nothing");
        assert_eq!(change(&value(Some("Lobby"), Some("Desk"))), "Name: Lobby → Desk");
        let members = FieldChange {
            field: "members".to_owned(),
            change: Change::List {
                added: vec!["Bo".to_owned(), "Cy".to_owned()],
                removed: vec!["Ada".to_owned()],
                more: 4,
            },
        };
        assert_eq!(change(&members), "Members: added Bo, Cy; removed Ada; and 4 more");
        assert_eq!(
            changes(&[value(None, Some("Lobby")), members], 1),
            "Name: Lobby / Members: added Bo, Cy; removed Ada; and 4 more / and 1 more field"
        );
    }
}
