//! Entries of the audit log as people read them: rows of the table, and whole ones.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FieldChange;
use crate::{
    ids::{AuditEventId, RequestId},
    table::{ChoiceOption, ColumnSpec, Direction, IndexRow, Listed, TableIndexBuilder, TableSchema, Value},
};

/// How many of the latest entries the history of one thing shows.
pub const HISTORY_ENTRIES: u64 = 50;

const fn choice(value: &'static str, label: &'static str) -> ChoiceOption {
    ChoiceOption { value, label }
}

/// The words of [`super::AuditAction`].
const ACTIONS: &[ChoiceOption] = &[
    choice("create", "Added"),
    choice("update", "Changed"),
    choice("delete", "Deleted"),
    choice("restore", "Restored"),
    choice("import", "Imported"),
    choice("publish", "Published"),
];

/// The words of [`crate::access::Resource`].
const RESOURCES: &[ChoiceOption] = &[
    choice("provider", "Provider"),
    choice("enterprise", "Enterprise"),
    choice("membership", "Account"),
    choice("teams_user", "Teams user"),
    choice("phone_number", "Phone number"),
    choice("number_assignment", "Number assignment"),
    choice("sms_group", "SMS group"),
    choice("carrier_profile", "Carrier profile"),
    choice("domain_subscription", "Domain subscription"),
    choice("resubscription_request", "Re-subscription request"),
    choice("task", "Task"),
    choice("audit_event", "Audit entry"),
    choice("config_snapshot", "Configuration snapshot"),
    choice("api_token", "API token"),
    choice("alert", "Alert"),
    choice("alert_destination", "Destination of alerts"),
];

/// What people call what was done; the stored word itself if a newer program wrote it.
#[must_use]
pub fn action_label(word: &str) -> &str {
    label(ACTIONS, word)
}

/// What people call the kind of thing; the stored word itself if a newer program wrote it.
#[must_use]
pub fn resource_label(word: &str) -> &str {
    label(RESOURCES, word)
}

fn label<'w>(choices: &[ChoiceOption], word: &'w str) -> &'w str {
    let known = choices.iter().find(|choice| choice.value == word);
    known.map_or(word, |choice| choice.label)
}

/// One row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEventRow {
    /// The entry's id.
    pub id: AuditEventId,
    /// When it was done.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// Who did it: an e-mail address, or a part of the system such as "command line".
    pub actor: String,
    /// The word of what was done.
    pub action: String,
    /// The word of the kind of thing.
    pub resource: String,
    /// What the thing was called.
    pub subject: Option<String>,
    /// The beginning of what changed.
    pub changes: Vec<FieldChange>,
    /// How many more fields changed.
    pub more: u32,
    /// The address it was done from; none for the system.
    pub peer: Option<String>,
}

/// One entry with everything that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The entry's id.
    pub id: AuditEventId,
    /// Its place in the log of its enterprise, counted from 1.
    pub sequence: i64,
    /// When it was done.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: String,
    /// The word of what was done.
    pub action: String,
    /// The word of the kind of thing.
    pub resource: String,
    /// What the thing was called.
    pub subject: Option<String>,
    /// The address it was done from; none for the system.
    pub peer: Option<String>,
    /// The request that did it, as the server's log knows it.
    pub request: RequestId,
    /// The hash that chains the entry to the one before it.
    pub hash: String,
    /// What changed.
    pub changes: Vec<FieldChange>,
}

/// What was done to one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHistory {
    /// The latest entries, at most [`HISTORY_ENTRIES`], the latest first.
    pub entries: Vec<AuditEntry>,
    /// Whether there are older ones.
    pub older: bool,
}

/// The audit log as the query model knows it. What changed is shown but lies in no column of its own.
pub static TABLE: TableSchema<[ColumnSpec; 7]> = TableSchema::new([
    ColumnSpec::date("at"),
    ColumnSpec::text("actor"),
    ColumnSpec::choice("action", ACTIONS),
    ColumnSpec::choice("resource", RESOURCES),
    ColumnSpec::text("subject"),
    ColumnSpec::text("changes")
        .not_searchable()
        .not_filterable()
        .not_sortable(),
    ColumnSpec::text("peer"),
])
.sorted_by("at", Direction::Descending);

impl Listed for AuditEventRow {
    type Row = Self;
    type Shared = ();

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn row(&self, (): &()) -> Self {
        self.clone()
    }

    fn index(&self, (): &(), builder: &mut TableIndexBuilder) {
        builder.push::<{ TABLE.columns().len() }>(IndexRow {
            id: self.id.0,
            values: [
                Value::from(self.at),
                Value::from(&self.actor),
                Value::from(&self.action),
                Value::from(&self.resource),
                Value::from(self.subject.as_ref()),
                Value::Missing,
                Value::from(self.peer.as_ref()),
            ],
            search_only: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::Resource,
        audit::{AuditAction, AuditSubject},
        table::TableQuery,
    };

    fn word(value: &impl Serialize) -> String {
        serde_json::to_string(value).unwrap().trim_matches('"').to_owned()
    }

    #[test]
    fn every_kind_of_thing_can_be_filtered_by() {
        let known: Vec<&str> = RESOURCES.iter().map(|choice| choice.value).collect();
        let all: Vec<String> = Resource::ALL.iter().map(word).collect();
        assert_eq!(
            known, all,
            "RESOURCES in domain/src/audit/entry.rs lists every resource"
        );
        for resource in Resource::ALL {
            let label = resource_label(&word(&resource)).to_owned();
            assert_eq!(label.to_lowercase(), resource.noun().to_lowercase());
        }
    }

    #[test]
    fn every_action_has_a_name() {
        for action in [
            AuditAction::Create,
            AuditAction::Update,
            AuditAction::Delete,
            AuditAction::Restore,
            AuditAction::Import,
        ] {
            let word = word(&action);
            assert_ne!(
                action_label(&word),
                word,
                "ACTIONS in domain/src/audit/entry.rs lists every action"
            );
        }
        for choice in ACTIONS {
            assert!(
                AuditSubject::from_words(choice.value, "task", None).is_some(),
                "{}",
                choice.value
            );
        }
    }

    #[test]
    fn a_word_of_a_newer_program_stands_for_itself() {
        assert_eq!(action_label("teleport"), "teleport");
        assert_eq!(resource_label("starship"), "starship");
    }

    fn row(n: u32, actor: &str, action: &str, subject: Option<&str>) -> AuditEventRow {
        AuditEventRow {
            id: AuditEventId(Uuid::from_u128(n.into())),
            at: DateTime::from_timestamp(i64::from(n), 0).unwrap(),
            actor: actor.to_owned(),
            action: action.to_owned(),
            resource: "sms_group".to_owned(),
            subject: subject.map(str::to_owned),
            changes: Vec::new(),
            more: 0,
            peer: None,
        }
    }

    #[test]
    fn the_log_begins_with_the_latest_and_is_searched_by_words_people_read() {
        let rows = [
            row(1, "ada@company.example", "create", Some("Front Desk")),
            row(2, "bo@company.example", "delete", None),
        ];
        let mut builder = TableIndexBuilder::new(&TABLE);
        rows.iter().for_each(|row| row.index(&(), &mut builder));
        let mut index = builder.finish();
        let mut found = |search: &str| {
            let query = TableQuery::default().with_search(search);
            index.evaluate(&query, DateTime::UNIX_EPOCH).rows
        };
        assert_eq!(found(""), [1, 0]);
        assert_eq!(found("front"), [0]);
        assert_eq!(found("deleted"), [1]);
        assert_eq!(found("sms group"), [1, 0]);
    }
}
