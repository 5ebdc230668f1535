//! What an entry of the audit log says in words: the thing before and after, field by field.
//!
//! An entry holds a thing as JSON, whatever its type, also of versions of the program that are long gone. So nothing here
//! knows the types: things are named by their names, lists tell what came and went, ids that the entry itself knows the
//! name of become names, and whatever is called like a secret is not shown.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::phone::PhoneNumber;

/// The fields that a thing is called by, the best one first.
const NAMES: [&str; 7] = ["name", "display_name", "e164", "domain", "file", "title", "label"];
/// Fields that tell nothing a person asks for.
const BOOKKEEPING: [&str; 5] = ["id", "version", "enterprise_id", "created_at", "updated_at"];
/// What the fields of secrets are called, or a part of it.
const SECRETS: [&str; 8] = [
    "password",
    "passphrase",
    "secret",
    "token",
    "credential",
    "api_key",
    "private_key",
    "hash",
];
/// How many fields, entries of a list and characters of a text a row of the table shows.
const SHORT_FIELDS: usize = 3;
const SHORT_LIST: usize = 3;
const SHORT_TEXT: usize = 60;

/// One field that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name in the entry; a field within a field has dots in it, as in `rows.added`.
    pub field: String,
    /// How it changed.
    pub change: Change,
}

/// How a field changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// It holds another value now.
    Value {
        /// What it held; none for nothing.
        before: Option<String>,
        /// What it holds.
        after: Option<String>,
    },
    /// It is a list, in which something came or went.
    List {
        /// What came.
        added: Vec<String>,
        /// What went.
        removed: Vec<String>,
        /// How much more came or went than is listed here.
        more: u32,
    },
    /// It holds another secret now.
    Secret,
}

/// What leads from `before` to `after`, both as JSON; none stands for a thing that is not there. The fields that name the
/// thing come first, the others by their names. Fields called as one of `hidden`, wherever in the thing, are left out, for
/// somebody who is not to know of them.
#[must_use]
pub fn difference(before: Option<&str>, after: Option<&str>, hidden: &[&str]) -> Vec<FieldChange> {
    let [before, after] = [before, after].map(|thing| {
        let mut thing = read(thing);
        hide(&mut thing, hidden);
        thing
    });
    let mut known = Known::default();
    known.learn(&before);
    known.learn(&after);
    let mut found = Found {
        known,
        changes: Vec::new(),
    };
    if before.is_object() || after.is_object() {
        found.compare_fields("", &before, &after);
    } else {
        found.compare("value", &before, &after);
    }
    let mut changes = found.changes;
    changes.sort_by_key(|change| !NAMES.contains(&change.field.as_str()));
    changes
}

/// What the thing of an entry is called: as it is after the change, or was before it was removed.
#[must_use]
pub fn name_of(before: Option<&str>, after: Option<&str>) -> Option<String> {
    let name = |text: Option<&str>| read(text).as_object().and_then(name_in);
    name(after).or_else(|| name(before))
}

/// As much of the changes as a row of a table shows, and how many more fields there are.
#[must_use]
pub fn shortened(mut changes: Vec<FieldChange>) -> (Vec<FieldChange>, u32) {
    let more = count(changes.len().saturating_sub(SHORT_FIELDS));
    changes.truncate(SHORT_FIELDS);
    for FieldChange { change, .. } in &mut changes {
        match change {
            Change::Value { before, after } => {
                for text in [before, after].into_iter().flatten() {
                    shorten(text);
                }
            }
            Change::List { added, removed, more } => {
                *more = count(added.len().saturating_sub(SHORT_LIST) + removed.len().saturating_sub(SHORT_LIST));
                for list in [added, removed] {
                    list.truncate(SHORT_LIST);
                    list.iter_mut().for_each(shorten);
                }
            }
            Change::Secret => {}
        }
    }
    (changes, more)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn shorten(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(SHORT_TEXT) {
        text.truncate(end);
        text.push('…');
    }
}

/// Text that is no JSON is a text.
fn read(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| {
        serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
    })
}

fn hide(value: &mut Value, hidden: &[&str]) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|element| hide(element, hidden)),
        Value::Object(fields) => {
            fields.retain(|name, _| !hidden.contains(&name.as_str()));
            fields.values_mut().for_each(|field| hide(field, hidden));
        }
        _ => {}
    }
}

fn name_in(fields: &Map<String, Value>) -> Option<String> {
    let name = NAMES.iter().find_map(|name| fields.get(*name)?.as_str())?;
    Some(plain(name))
}

/// A text as people read it: phone numbers in groups, moments without their T and Z.
fn plain(text: &str) -> String {
    if let Ok(number) = PhoneNumber::parse(text) {
        return number.display();
    }
    let looks_like_a_moment = text.len() >= 20 && text.as_bytes().get(10) == Some(&b'T');
    match looks_like_a_moment.then(|| DateTime::parse_from_rfc3339(text)) {
        Some(Ok(moment)) => moment.with_timezone(&Utc).format("%-d %b %Y, %H:%M UTC").to_string(),
        _ => text.to_owned(),
    }
}

/// The names of the ids that an entry mentions.
#[derive(Default)]
struct Known(BTreeMap<String, String>);

impl Known {
    fn learn(&mut self, value: &Value) {
        match value {
            Value::Array(elements) => elements.iter().for_each(|element| self.learn(element)),
            Value::Object(fields) => {
                if let (Some(id), Some(name)) = (fields.get("id").and_then(Value::as_str), name_in(fields)) {
                    self.0.insert(id.to_owned(), name);
                }
                fields.values().for_each(|field| self.learn(field));
            }
            _ => {}
        }
    }

    /// The value in words; none for nothing.
    fn words(&self, value: &Value) -> Option<String> {
        match value {
            Value::Null => None,
            Value::Bool(true) => Some("yes".to_owned()),
            Value::Bool(false) => Some("no".to_owned()),
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(self.0.get(text).cloned().unwrap_or_else(|| plain(text))),
            Value::Array(elements) => {
                let words: Vec<String> = elements.iter().filter_map(|element| self.words(element)).collect();
                (!words.is_empty()).then(|| words.join(", "))
            }
            Value::Object(fields) => name_in(fields).or_else(|| {
                let told = fields.iter().filter(|(name, _)| tells(name) && !is_secret(name));
                let words: Vec<String> = told
                    .filter_map(|(name, value)| Some(format!("{name}: {}", self.words(value)?)))
                    .collect();
                (!words.is_empty()).then(|| words.join(", "))
            }),
        }
    }

    /// What tells an element of a list from others, and its words. People can share a name, so their ids count too.
    fn element(&self, value: &Value) -> Option<(String, String)> {
        let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
        Some((id.to_owned(), self.words(value)?))
    }

    fn elements(&self, value: &Value) -> Vec<(String, String)> {
        let elements = value.as_array().into_iter().flatten();
        elements.filter_map(|element| self.element(element)).collect()
    }
}

fn tells(field: &str) -> bool {
    !BOOKKEEPING.contains(&field)
}

fn is_secret(field: &str) -> bool {
    SECRETS.iter().any(|secret| field.contains(secret))
}

struct Found {
    known: Known,
    changes: Vec<FieldChange>,
}

impl Found {
    fn compare_fields(&mut self, within: &str, before: &Value, after: &Value) {
        let nothing = Map::new();
        let (before, after) = (
            before.as_object().unwrap_or(&nothing),
            after.as_object().unwrap_or(&nothing),
        );
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names.into_iter().filter(|name| tells(name)) {
            let field = if within.is_empty() {
                name.clone()
            } else {
                format!("{within}.{name}")
            };
            let value = |fields: &Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
            self.compare(&field, &value(before), &value(after));
        }
    }

    fn compare(&mut self, field: &str, before: &Value, after: &Value) {
        if before == after {
            return;
        }
        let change = if is_secret(field) {
            Some(Change::Secret)
        } else if is_list(before) && is_list(after) {
            self.of_lists(before, after)
        } else if has_fields(before) && has_fields(after) {
            return self.compare_fields(field, before, after);
        } else {
            self.of_values(before, after)
        };
        self.changes.extend(change.map(|change| FieldChange {
            field: field.to_owned(),
            change,
        }));
    }

    fn of_values(&self, before: &Value, after: &Value) -> Option<Change> {
        let (old, new) = (self.known.words(before), self.known.words(after));
        let same = old == new && before.get("id") == after.get("id");
        (!same).then_some(Change::Value {
            before: old,
            after: new,
        })
    }

    fn of_lists(&self, before: &Value, after: &Value) -> Option<Change> {
        let (old, new) = (self.known.elements(before), self.known.elements(after));
        let only = |these: &[(String, String)], those: &[(String, String)]| -> Vec<String> {
            let those: BTreeSet<&(String, String)> = those.iter().collect();
            let these = these.iter().filter(|element| !those.contains(element));
            these.map(|(_, words)| words.clone()).collect()
        };
        let (added, removed) = (only(&new, &old), only(&old, &new));
        let same = added.is_empty() && removed.is_empty();
        (!same).then_some(Change::List {
            added,
            removed,
            more: 0,
        })
    }
}

/// A list, or nothing where one could be.
fn is_list(value: &Value) -> bool {
    value.is_array() || value.is_null()
}

/// A part of the thing with fields of its own and no name, or nothing where one could be.
fn has_fields(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(|fields| name_in(fields).is_none())
}

#[cfg(test)]
mod tests;
