//! Live updates: what an open page is told about changes, and which rows of a table a change makes old.

use std::{fmt, str::FromStr};

use serde::Serialize;
use thiserror::Error;
use uuid::Uuid;

use crate::{access::Resource, audit::AuditSubject};

/// From how many rows on the whole table is read again rather than those rows.
const MANY_ROWS: usize = 100;

/// What an open page is told. Its text form is a line of words: `sms_group update 018f3c1e-…`, without an id for a change
/// of many at once; `everything`; `outdated`; `over`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveEvent {
    /// Something was changed.
    Changed(AuditSubject),
    /// Anything may have changed: the page was not told of every change.
    Everything,
    /// The page is of another build than the server, which therefore refuses its calls: it has to be loaded again.
    Outdated,
    /// Nothing more will be told: the session has ended, or the right to read. Asking again is of no use.
    Over,
}

/// The text is no [`LiveEvent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is not a live event")]
pub struct NotALiveEvent;

impl fmt::Display for LiveEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(AuditSubject { action, resource, id }) => {
                resource.serialize(&mut *f)?;
                f.write_str(" ")?;
                action.serialize(&mut *f)?;
                match id {
                    Some(id) => write!(f, " {id}"),
                    None => Ok(()),
                }
            }
            Self::Everything => f.write_str("everything"),
            Self::Outdated => f.write_str("outdated"),
            Self::Over => f.write_str("over"),
        }
    }
}

impl FromStr for LiveEvent {
    type Err = NotALiveEvent;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words: Vec<&str> = text.split(' ').collect();
        let (resource, action, id) = match *words.as_slice() {
            ["everything"] => return Ok(Self::Everything),
            ["outdated"] => return Ok(Self::Outdated),
            ["over"] => return Ok(Self::Over),
            [resource, action] => (resource, action, None),
            [resource, action, id] => (resource, action, Some(Uuid::parse_str(id).map_err(|_| NotALiveEvent)?)),
            _ => return Err(NotALiveEvent),
        };
        AuditSubject::from_words(action, resource, id)
            .map(Self::Changed)
            .ok_or(NotALiveEvent)
    }
}

/// What the rows of a table are made of.
#[derive(Clone, Copy, Debug)]
pub struct TableContent {
    /// A row stands for one of these and has its id.
    rows: Resource,
    /// What else shows in rows, without telling in which.
    also: &'static [Resource],
}

/// The Groups table: members and owners are people, and it lists numbers.
pub const SMS_GROUPS: TableContent = TableContent {
    rows: Resource::SmsGroup,
    also: &[Resource::TeamsUser, Resource::PhoneNumber, Resource::NumberAssignment],
};

/// The Users table: it shows people's own numbers and those of their groups.
pub const TEAMS_USERS: TableContent = TableContent {
    rows: Resource::TeamsUser,
    also: &[Resource::SmsGroup, Resource::PhoneNumber, Resource::NumberAssignment],
};

/// The Carriers table: it counts numbers and tells how domains stand. That changes with time, which only the alert about
/// a domain tells.
pub const CARRIER_PROFILES: TableContent = TableContent {
    rows: Resource::CarrierProfile,
    also: &[Resource::PhoneNumber, Resource::DomainSubscription, Resource::Alert],
};

/// The Domains table: it names carrier profiles, counts numbers and tells what was asked of the provider. A state that
/// passes with time, such as Expiring, is told by the alert about the domain.
pub const DOMAIN_SUBSCRIPTIONS: TableContent = TableContent {
    rows: Resource::DomainSubscription,
    also: &[
        Resource::CarrierProfile,
        Resource::PhoneNumber,
        Resource::ResubscriptionRequest,
        Resource::Alert,
    ],
};

/// The table of the published configuration. A new snapshot may change any of it; with the unified app every change of
/// these is a new snapshot.
pub const CONFIGURATION: TableContent = TableContent {
    rows: Resource::ConfigSnapshot,
    also: &[
        Resource::SmsGroup,
        Resource::TeamsUser,
        Resource::PhoneNumber,
        Resource::NumberAssignment,
    ],
};

/// The audit log: every change is a new row of it, whose id no event tells.
pub const AUDIT_LOG: TableContent = TableContent {
    rows: Resource::AuditEvent,
    also: &Resource::ALL,
};

/// The Numbers table: it names people, groups and carrier profiles.
pub const PHONE_NUMBERS: TableContent = TableContent {
    rows: Resource::PhoneNumber,
    also: &[
        Resource::NumberAssignment,
        Resource::SmsGroup,
        Resource::TeamsUser,
        Resource::CarrierProfile,
    ],
};

/// The Tasks table.
pub const TASKS: TableContent = TableContent {
    rows: Resource::Task,
    also: &[],
};

/// The counts of the Dashboard: no table, but they are old under the same rule.
pub const HEALTH: TableContent = TableContent {
    rows: Resource::ConfigSnapshot,
    also: &[
        Resource::Task,
        Resource::SmsGroup,
        Resource::TeamsUser,
        Resource::PhoneNumber,
        Resource::NumberAssignment,
        Resource::DomainSubscription,
        Resource::Alert,
    ],
};

/// The provider's list of where alerts go.
pub const ALERT_DESTINATIONS: TableContent = TableContent {
    rows: Resource::AlertDestination,
    also: &[],
};

/// The provider's table of enterprises: it counts what is in them and tells how their domains stand, also as time passes.
pub const ENTERPRISES: TableContent = TableContent {
    rows: Resource::Enterprise,
    also: &[
        Resource::TeamsUser,
        Resource::PhoneNumber,
        Resource::SmsGroup,
        Resource::DomainSubscription,
        Resource::Alert,
    ],
};

/// The table of who can sign in to an enterprise. An account that is disabled shows in every enterprise where it has a
/// role, which no event tells, so each change makes all of the table old.
pub const MEMBERSHIPS: TableContent = TableContent {
    rows: Resource::AuditEvent,
    also: &[Resource::Membership],
};

/// The provider's queue of requests to subscribe domains again: it names enterprises, and requests go with their domain.
pub const RESUBSCRIPTION_REQUESTS: TableContent = TableContent {
    rows: Resource::ResubscriptionRequest,
    also: &[Resource::Enterprise, Resource::DomainSubscription],
};

/// What the pages of an enterprise know about it: its name, its switches, its provider, and whether it uses domains.
pub const ENTERPRISE_CONTEXT: TableContent = TableContent {
    rows: Resource::Enterprise,
    also: &[Resource::Provider, Resource::CarrierProfile],
};

/// What has to be read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stale {
    /// Nothing.
    Nothing,
    /// These rows, in no particular order and each once; some may be new or gone.
    Rows(Vec<Uuid>),
    /// The whole table.
    Table,
}

impl TableContent {
    /// What of this table has to be read again after `events`.
    #[must_use]
    pub fn stale_after(&self, events: &[LiveEvent]) -> Stale {
        let mut ids = Vec::new();
        for event in events {
            match event {
                LiveEvent::Outdated | LiveEvent::Over => {}
                LiveEvent::Everything => return Stale::Table,
                LiveEvent::Changed(subject) if subject.resource == self.rows => match subject.id {
                    Some(id) => ids.push(id),
                    None => return Stale::Table,
                },
                LiveEvent::Changed(subject) if self.also.contains(&subject.resource) => return Stale::Table,
                LiveEvent::Changed(_) => {}
            }
        }
        ids.sort_unstable();
        ids.dedup();
        match ids.len() {
            0 => Stale::Nothing,
            1..MANY_ROWS => Stale::Rows(ids),
            _ => Stale::Table,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::AuditAction;

    fn changed(action: AuditAction, resource: Resource, id: Option<u128>) -> LiveEvent {
        LiveEvent::Changed(AuditSubject {
            action,
            resource,
            id: id.map(Uuid::from_u128),
        })
    }

    fn updated(id: u128) -> LiveEvent {
        changed(AuditAction::Update, Resource::SmsGroup, Some(id))
    }

    #[test]
    fn every_event_arrives_as_it_was_sent() {
        let mut events = vec![LiveEvent::Everything, LiveEvent::Outdated, LiveEvent::Over];
        for resource in Resource::ALL {
            for action in [
                AuditAction::Create,
                AuditAction::Update,
                AuditAction::Delete,
                AuditAction::Restore,
                AuditAction::Import,
                AuditAction::Publish,
            ] {
                events.push(changed(action, resource, Some(7)));
                events.push(changed(action, resource, None));
            }
        }
        for event in events {
            assert_eq!(event.to_string().parse(), Ok(event), "{event}");
        }
        assert_eq!(
            updated(7).to_string(),
            "sms_group update 00000000-0000-0000-0000-000000000007"
        );
    }

    #[test]
    fn other_texts_are_no_events() {
        for text in [
            "",
            " ",
            "sms_group",
            "sms_group fly",
            "starship update",
            "sms_group update 7",
            "a b c d",
        ] {
            assert_eq!(text.parse::<LiveEvent>(), Err(NotALiveEvent), "{text:?}");
        }
    }

    #[test]
    fn rows_are_read_again_by_their_ids() {
        let two = [1, 2].map(Uuid::from_u128).to_vec();
        assert_eq!(
            SMS_GROUPS.stale_after(&[updated(2), updated(1), updated(2)]),
            Stale::Rows(two)
        );
    }

    #[test]
    fn what_shows_in_unknown_rows_makes_the_whole_table_old() {
        for event in [
            LiveEvent::Everything,
            changed(AuditAction::Import, Resource::SmsGroup, None),
            changed(AuditAction::Update, Resource::TeamsUser, Some(7)),
            changed(AuditAction::Import, Resource::PhoneNumber, None),
        ] {
            assert_eq!(SMS_GROUPS.stale_after(&[updated(1), event]), Stale::Table, "{event}");
        }
        let many: Vec<LiveEvent> = (0..MANY_ROWS as u128).map(updated).collect();
        assert_eq!(SMS_GROUPS.stale_after(&many), Stale::Table);
    }

    #[test]
    fn people_are_read_again_when_their_groups_or_numbers_change() {
        let person = changed(AuditAction::Update, Resource::TeamsUser, Some(7));
        assert_eq!(
            TEAMS_USERS.stale_after(&[person]),
            Stale::Rows(vec![Uuid::from_u128(7)])
        );
        let number = changed(AuditAction::Create, Resource::NumberAssignment, Some(7));
        for event in [updated(1), number] {
            assert_eq!(TEAMS_USERS.stale_after(&[event]), Stale::Table, "{event}");
        }
    }

    #[test]
    fn a_new_snapshot_makes_all_of_what_is_live_old() {
        let published = changed(AuditAction::Publish, Resource::ConfigSnapshot, None);
        assert_eq!(CONFIGURATION.stale_after(&[published]), Stale::Table);
        assert_eq!(CONFIGURATION.stale_after(&[updated(1)]), Stale::Table);
        assert_eq!(SMS_GROUPS.stale_after(&[published]), Stale::Nothing);
    }

    #[test]
    fn what_a_provider_changes_shows_in_open_pages() {
        let switched = changed(AuditAction::Update, Resource::Enterprise, Some(7));
        let contact = changed(AuditAction::Update, Resource::Provider, Some(7));
        let role = changed(AuditAction::Update, Resource::Membership, Some(7));
        for event in [switched, contact, LiveEvent::Everything] {
            assert_ne!(ENTERPRISE_CONTEXT.stale_after(&[event]), Stale::Nothing, "{event}");
        }
        assert_eq!(ENTERPRISE_CONTEXT.stale_after(&[role, updated(1)]), Stale::Nothing);
        assert_eq!(MEMBERSHIPS.stale_after(&[role]), Stale::Table);
        assert_eq!(
            ENTERPRISES.stale_after(&[switched]),
            Stale::Rows(vec![Uuid::from_u128(7)])
        );
        assert_eq!(ENTERPRISES.stale_after(&[updated(1)]), Stale::Table);
    }

    #[test]
    fn what_shows_elsewhere_changes_nothing() {
        let elsewhere = changed(AuditAction::Update, Resource::CarrierProfile, Some(7));
        assert_eq!(SMS_GROUPS.stale_after(&[elsewhere, LiveEvent::Over]), Stale::Nothing);
        assert_eq!(CARRIER_PROFILES.stale_after(&[updated(1)]), Stale::Nothing);
    }

    /// Nobody changes a domain when its subscription ends; the alert about it is the only event.
    #[test]
    fn an_alert_makes_old_what_tells_how_domains_stand() {
        let alert = changed(AuditAction::Create, Resource::Alert, Some(7));
        for content in [DOMAIN_SUBSCRIPTIONS, CARRIER_PROFILES, ENTERPRISES, HEALTH] {
            assert_eq!(content.stale_after(&[alert]), Stale::Table, "{content:?}");
        }
        assert_eq!(SMS_GROUPS.stale_after(&[alert]), Stale::Nothing);
    }

    #[test]
    fn every_change_is_new_in_the_audit_log() {
        for resource in Resource::ALL {
            let event = changed(AuditAction::Update, resource, Some(7));
            assert_ne!(AUDIT_LOG.stale_after(&[event]), Stale::Nothing, "{event}");
        }
    }
    #[test]
    fn progress_of_a_task_makes_its_row_and_the_health_old() {
        let progress = changed(AuditAction::Update, Resource::Task, Some(7));
        assert_eq!(TASKS.stale_after(&[progress]), Stale::Rows(vec![Uuid::from_u128(7)]));
        assert_eq!(HEALTH.stale_after(&[progress]), Stale::Table);
        assert_eq!(SMS_GROUPS.stale_after(&[progress]), Stale::Nothing);
        assert_eq!(HEALTH.stale_after(&[updated(1)]), Stale::Table);
    }
}
