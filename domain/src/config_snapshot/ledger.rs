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
    /// What was done to that thing since the snapshot that is live; none if that was never written down.
    pub made: Option<Deeds>,
}

/// What was done to a thing since the snapshot that is live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deeds {
    /// The first deed: the change waits since then.
    pub first: Deed,
    /// The last one, which may be the first.
    pub last: Deed,
    /// Everybody who took part, each once, in the order in which they began.
    pub by: Vec<String>,
}

/// Who did something to a thing, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
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

/// How surely a deed of the log made a change, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    /// It changes just that.
    Certain,
    /// It may have changed that among other things: a group's numbers come and go with the group's other fields.
    Likely,
    /// It is about the thing, but changes something else of it.
    Unlikely,
    /// It is about many things, none of which is named.
    OneOfMany,
}

impl PendingChange {
    /// A change of which nobody knows yet who made it.
    #[must_use]
    pub fn new(what: ConfigChange) -> Self {
        Self { what, made: None }
    }

    /// Adds who made it and since when it waits, from the deeds after the last snapshot, the latest first. Of the deeds
    /// that may have made it the surest ones are told.
    #[must_use]
    pub fn found_in(self, log: &[RecordedChange]) -> Self {
        let things = self.what.things();
        let mut surest: Option<Sureness> = None;
        let mut deeds = Vec::new();
        for recorded in log {
            let Some((subject, sureness)) = recorded.subject.and_then(|subject| how_surely(&things, subject)) else {
                continue;
            };
            if surest.is_none_or(|surest| sureness < surest) {
                surest = Some(sureness);
                deeds.clear();
            }
            if surest == Some(sureness) {
                deeds.push((recorded, subject.action));
            }
        }
        Self {
            made: Deeds::of(&deeds),
            ..self
        }
    }
}

impl Deeds {
    /// Of deeds, the latest first.
    fn of(deeds: &[(&RecordedChange, AuditAction)]) -> Option<Self> {
        let deed = |(recorded, action): &(&RecordedChange, AuditAction)| Deed {
            by: recorded.by.clone(),
            at: recorded.at,
            imported: *action == AuditAction::Import,
        };
        let (first, last) = (deeds.last().map(deed)?, deeds.first().map(deed)?);
        let mut by: Vec<String> = Vec::new();
        for (recorded, _) in deeds.iter().rev() {
            if !by.contains(&recorded.by) {
                by.push(recorded.by.clone());
            }
        }
        Some(Self { first, last, by })
    }

    /// Whether there was more than one.
    #[must_use]
    pub fn are_many(&self) -> bool {
        self.first != self.last
    }
}

/// How surely a deed made a change of the first of `things`; none if it is about something else.
fn how_surely(things: &[(Resource, Uuid)], subject: AuditSubject) -> Option<(AuditSubject, Sureness)> {
    let (changed, _) = *things.first()?;
    let about = kind(subject.resource);
    let sureness = match subject.id {
        // Only people are changed by imports: an import of numbers assigns and frees none.
        None if changed == Resource::TeamsUser && about == changed => Sureness::Certain,
        None if about == changed => Sureness::OneOfMany,
        Some(id) if things.contains(&(about, id)) => match (changed, subject.resource) {
            // What becomes of somebody's groups and numbers leaves their name as it is.
            (Resource::TeamsUser, _) | (Resource::PhoneNumber, Resource::PhoneNumber) => Sureness::Unlikely,
            (Resource::PhoneNumber, Resource::SmsGroup) if subject.action != AuditAction::Delete => Sureness::Likely,
            _ => Sureness::Certain,
        },
        _ => return None,
    };
    Some((subject, sureness))
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

    fn released() -> ConfigChange {
        ConfigChange::NumberReleased {
            id: PhoneNumberId(NUMBER),
            number: PhoneNumber::parse("+12065550100").unwrap(),
            from: Assignee::SmsGroup {
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

    /// What the log tells of a change: since when it waits, who took part, and when it was changed last.
    fn told(what: ConfigChange, log: &[RecordedChange]) -> Option<(i64, Vec<String>, i64)> {
        let made = PendingChange::new(what).found_in(log).made?;
        Some((made.first.at.timestamp(), made.by, made.last.at.timestamp()))
    }

    #[rstest]
    #[case::group(renamed(), 20, &["ann", "bea"], 30)]
    #[case::number_by_its_own_deed(assigned(), 40, &["cem"], 40)]
    #[case::person_by_import(person(), 60, &["eve"], 60)]
    fn the_deeds_of_the_thing_are_told_from_the_first_to_the_last(
        #[case] what: ConfigChange,
        #[case] first: i64,
        #[case] by: &[&str],
        #[case] last: i64,
    ) {
        let by = by.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(told(what, &log()), Some((first, by, last)));
    }

    #[test]
    fn whoever_comes_back_is_named_once_where_they_began() {
        let subject = subject(AuditAction::Update, Resource::SmsGroup, Some(GROUP));
        let deeds = [("ann", 50), ("cem", 40), ("bea", 30), ("ann", 20)];
        let log = deeds.map(|(by, at)| recorded(by, at, subject));
        let made = PendingChange::new(renamed()).found_in(&log).made.unwrap();
        assert_eq!(made.by, ["ann", "bea", "cem"]);
        assert_eq!((made.first.by.as_str(), made.last.by.as_str()), ("ann", "ann"));
        assert!(made.are_many());
    }

    #[test]
    fn only_an_import_is_told_as_one() {
        let imported = |what| PendingChange::new(what).found_in(&log()).made.unwrap().first.imported;
        assert!(imported(person()));
        assert!(!imported(renamed()));
    }

    #[test]
    fn a_number_that_came_with_its_group_is_told_by_the_group() {
        let by = vec!["ann".to_owned(), "bea".to_owned()];
        assert_eq!(told(assigned(), &log()[3..]), Some((20, by, 30)));
    }

    #[test]
    fn a_number_that_lost_its_group_waits_since_then() {
        let deleted = recorded("fay", 70, subject(AuditAction::Delete, Resource::SmsGroup, Some(GROUP)));
        let before = log().into_iter().skip(3);
        let log: Vec<RecordedChange> = [deleted].into_iter().chain(before).collect();
        assert_eq!(told(released(), &log), Some((70, vec!["fay".to_owned()], 70)));
    }

    #[test]
    fn what_a_number_can_do_is_not_whom_it_serves() {
        let edited = recorded(
            "fay",
            80,
            subject(AuditAction::Update, Resource::PhoneNumber, Some(NUMBER)),
        );
        let log: Vec<RecordedChange> = [edited].into_iter().chain(log()).collect();
        assert_eq!(told(assigned(), &log), Some((40, vec!["cem".to_owned()], 40)));
        assert_eq!(told(assigned(), &log[..1]), Some((80, vec!["fay".to_owned()], 80)));
    }

    #[test]
    fn what_was_never_written_down_is_told_by_nobody() {
        assert_eq!(told(renamed(), &[]), None);
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
