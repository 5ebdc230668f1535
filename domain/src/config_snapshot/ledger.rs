//! The changes that are not live yet: which, by whom, since when; and what has to be compared to find them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ConfigChange;
use crate::{
    access::Resource,
    audit::{AuditAction, AuditSubject},
};

/// A change that is not live yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingChange {
    /// What changed.
    pub what: ConfigChange,
    /// Who changed that thing last; none if that was never written down.
    pub last: Option<LastChange>,
}

/// Who changed a thing last, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastChange {
    /// The person's e-mail address, or the part of the system.
    pub by: String,
    /// When.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// Whether it came with a file.
    pub imported: bool,
}

/// All changes that are not live yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingChanges {
    /// The snapshot that is live; none if nothing was ever published.
    pub snapshot: Option<i64>,
    /// When that was published.
    #[serde(default, with = "crate::moment")]
    pub published_at: Option<DateTime<Utc>>,
    /// How many changes there are.
    pub total: u64,
    /// The changes, or the first [`PendingChanges::SHOWN`] of them.
    pub changes: Vec<PendingChange>,
}

impl PendingChanges {
    /// How many changes are told one by one; nobody reads more.
    pub const SHOWN: usize = 200;
}

/// What the audit log tells of one deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedChange {
    /// What was done; none when a newer program wrote it.
    pub subject: Option<AuditSubject>,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl PendingChange {
    /// A change of which nobody knows yet who made it.
    #[must_use]
    pub fn new(what: ConfigChange) -> Self {
        Self { what, last: None }
    }

    /// Adds who made it, from the deeds since the last snapshot, the latest first.
    #[must_use]
    pub fn found_in(self, log: &[RecordedChange]) -> Self {
        let things = self.what.things();
        let changed = things.first().map(|(resource, _)| *resource);
        let by_id = |subject: &AuditSubject| {
            let of = (kind(subject.resource), subject.id);
            things.iter().any(|(resource, id)| of == (*resource, Some(*id)))
        };
        let of_many = |subject: &AuditSubject| subject.id.is_none() && Some(kind(subject.resource)) == changed;
        // Only people are changed by imports: an import of numbers assigns and frees none.
        let is_person = changed == Some(Resource::TeamsUser);
        let latest = |matches: &dyn Fn(&AuditSubject) -> bool| {
            log.iter()
                .find_map(|recorded| Some((recorded, recorded.subject.filter(|subject| matches(subject))?)))
        };
        let found = latest(&|subject: &AuditSubject| by_id(subject) || (is_person && of_many(subject)))
            .or_else(|| latest(&of_many));
        let last = found.map(|(recorded, subject)| LastChange {
            by: recorded.by.clone(),
            at: recorded.at,
            imported: subject.action == AuditAction::Import,
        });
        Self { last, ..self }
    }
}

/// An assignment is told by its number.
fn kind(resource: Resource) -> Resource {
    match resource {
        Resource::NumberAssignment => Resource::PhoneNumber,
        other => other,
    }
}

/// What may differ from the last snapshot, as the audit log tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Anything: the log names no single things, or too many of them.
    Everything,
    /// These groups and numbers, and the numbers of these groups.
    Things {
        /// The groups.
        groups: BTreeSet<Uuid>,
        /// The numbers.
        numbers: BTreeSet<Uuid>,
    },
}

impl Touched {
    /// From how many things on everything is compared instead.
    const MANY: usize = 200;

    /// What the deeds of the log may have changed in the configuration.
    #[must_use]
    pub fn by(log: impl IntoIterator<Item = Option<AuditSubject>>) -> Self {
        let (mut groups, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        for subject in log {
            let Some(subject) = subject else {
                return Self::Everything;
            };
            match (kind(subject.resource), subject.id) {
                (Resource::SmsGroup, Some(id)) => {
                    groups.insert(id);
                }
                (Resource::PhoneNumber, Some(id)) => {
                    numbers.insert(id);
                }
                // It adds numbers that serve nobody, and says what numbers can do.
                (Resource::PhoneNumber, None) if subject.action == AuditAction::Import => {}
                // A person may be in any group.
                (Resource::SmsGroup | Resource::PhoneNumber | Resource::TeamsUser, _) => return Self::Everything,
                _ => {}
            }
        }
        if groups.len() + numbers.len() > Self::MANY {
            return Self::Everything;
        }
        Self::Things { groups, numbers }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{
        ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
        number::Assignee,
        phone::PhoneNumber,
    };

    const GROUP: Uuid = Uuid::from_u128(1);
    const NUMBER: Uuid = Uuid::from_u128(2);
    const PERSON: Uuid = Uuid::from_u128(3);

    fn subject(action: AuditAction, resource: Resource, id: Option<Uuid>) -> AuditSubject {
        AuditSubject { action, resource, id }
    }

    /// A deed of the log, so many seconds after the beginning.
    fn recorded(by: &str, at: i64, subject: AuditSubject) -> RecordedChange {
        RecordedChange {
            subject: Some(subject),
            by: by.to_owned(),
            at: DateTime::from_timestamp(at, 0).unwrap(),
        }
    }

    fn renamed() -> ConfigChange {
        ConfigChange::GroupRenamed {
            id: SmsGroupId(GROUP),
            from: "Sales".to_owned(),
            to: "Lobby".to_owned(),
        }
    }

    fn assigned() -> ConfigChange {
        ConfigChange::NumberAssigned {
            id: PhoneNumberId(NUMBER),
            number: PhoneNumber::parse("+12065550100").unwrap(),
            to: Assignee::SmsGroup {
                id: SmsGroupId(GROUP),
                name: "Sales".to_owned(),
            },
        }
    }

    fn person() -> ConfigChange {
        ConfigChange::PersonChanged {
            id: TeamsUserId(PERSON),
            name: "Ada Brandt".to_owned(),
        }
    }

    /// The latest first, as the log is read.
    fn log() -> Vec<RecordedChange> {
        use AuditAction::{Create, Import, Update};
        vec![
            recorded("eve", 60, subject(Import, Resource::TeamsUser, None)),
            recorded("dan", 50, subject(Import, Resource::PhoneNumber, None)),
            recorded("cem", 40, subject(Update, Resource::NumberAssignment, Some(NUMBER))),
            recorded("bea", 30, subject(Update, Resource::SmsGroup, Some(GROUP))),
            recorded("ann", 20, subject(Create, Resource::SmsGroup, Some(GROUP))),
            recorded("ann", 10, subject(Update, Resource::TeamsUser, Some(PERSON))),
        ]
    }

    #[rstest]
    #[case::group(renamed(), "bea", 30, false)]
    #[case::number(assigned(), "cem", 40, false)]
    #[case::person_by_import(person(), "eve", 60, true)]
    fn the_last_change_of_the_thing_is_told(
        #[case] what: ConfigChange,
        #[case] by: &str,
        #[case] at: i64,
        #[case] imported: bool,
    ) {
        let last = PendingChange::new(what).found_in(&log()).last.unwrap();
        assert_eq!(
            (last.by.as_str(), last.at.timestamp(), last.imported),
            (by, at, imported)
        );
    }

    #[test]
    fn a_number_that_came_with_its_group_is_told_by_the_group() {
        let log = &log()[3..];
        assert_eq!(PendingChange::new(assigned()).found_in(log).last.unwrap().by, "bea");
    }

    #[test]
    fn what_was_never_written_down_is_told_by_nobody() {
        assert_eq!(PendingChange::new(renamed()).found_in(&[]).last, None);
    }

    #[rstest]
    #[case::group(Resource::SmsGroup, Some(GROUP), &[GROUP], &[])]
    #[case::number(Resource::PhoneNumber, Some(NUMBER), &[], &[NUMBER])]
    #[case::assignment(Resource::NumberAssignment, Some(NUMBER), &[], &[NUMBER])]
    #[case::something_else(Resource::Task, None, &[], &[])]
    fn single_things_are_compared_by_themselves(
        #[case] resource: Resource,
        #[case] id: Option<Uuid>,
        #[case] groups: &[Uuid],
        #[case] numbers: &[Uuid],
    ) {
        let touched = Touched::by([Some(subject(AuditAction::Update, resource, id))]);
        let expected = Touched::Things {
            groups: groups.iter().copied().collect(),
            numbers: numbers.iter().copied().collect(),
        };
        assert_eq!(touched, expected);
    }

    #[rstest]
    #[case::people(Some(subject(AuditAction::Import, Resource::TeamsUser, None)))]
    #[case::person(Some(subject(AuditAction::Update, Resource::TeamsUser, Some(PERSON))))]
    #[case::many_numbers(Some(subject(AuditAction::Update, Resource::PhoneNumber, None)))]
    #[case::word_of_a_newer_program(None)]
    fn what_names_no_single_thing_has_everything_compared(#[case] of: Option<AuditSubject>) {
        assert_eq!(Touched::by([of]), Touched::Everything);
    }

    #[test]
    fn an_import_of_numbers_touches_nothing_and_many_things_are_everything() {
        let import = subject(AuditAction::Import, Resource::PhoneNumber, None);
        let nothing = Touched::Things {
            groups: BTreeSet::new(),
            numbers: BTreeSet::new(),
        };
        assert_eq!(Touched::by([Some(import)]), nothing);
        let many = (0..=Touched::MANY as u128).map(|n| {
            let id = Some(Uuid::from_u128(n));
            Some(subject(AuditAction::Update, Resource::SmsGroup, id))
        });
        assert_eq!(Touched::by(many), Touched::Everything);
    }
}
