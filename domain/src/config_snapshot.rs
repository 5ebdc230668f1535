//! The effective configuration: which number serves whom, as connectors read it. It is published as numbered snapshots;
//! what the pages show and change is the working state, which the last snapshot may be behind.

mod difference;
mod ledger;
mod row;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    difference::{ConfigChange, difference},
    ledger::{Deed, Deeds, PendingChange, PendingChanges, RecordedChange, Touched},
    row::{ConfiguredRow, KINDS, TABLE, rows},
};
use crate::{
    enterprise::ConnectorApp,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
};

/// Somebody who gets messages or owns a group, as connectors know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfiguredPerson {
    /// The person's id.
    pub id: TeamsUserId,
    /// The name people know.
    pub display_name: String,
    /// The Microsoft sign-in name.
    pub user_principal_name: String,
    /// Microsoft's own id of the person, if it is known.
    pub object_id: Option<Uuid>,
}

/// A group whose members share numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfiguredGroup {
    /// The group's id.
    pub id: SmsGroupId,
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub owner: ConfiguredPerson,
    /// Who gets a copy of every message, by id.
    pub members: Vec<ConfiguredPerson>,
}

impl ConfiguredGroup {
    /// A group with its members in their order.
    #[must_use]
    pub fn new(id: SmsGroupId, name: String, owner: ConfiguredPerson, mut members: Vec<ConfiguredPerson>) -> Self {
        members.sort_unstable_by_key(|member| member.id);
        Self {
            id,
            name,
            owner,
            members,
        }
    }
}

/// Whom a number serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Serves {
    /// One Teams user.
    TeamsUser {
        /// The person.
        user: ConfiguredPerson,
    },
    /// One SMS group, which is among [`Configuration::groups`].
    SmsGroup {
        /// The group's id.
        id: SmsGroupId,
    },
}

impl Serves {
    /// The id of the person or group.
    #[must_use]
    pub fn id(&self) -> Uuid {
        match self {
            Self::TeamsUser { user } => user.id.0,
            Self::SmsGroup { id } => id.0,
        }
    }
}

/// A number that serves somebody; numbers that serve nobody are no part of a configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfiguredNumber {
    /// The number's id.
    pub id: PhoneNumberId,
    /// The number.
    pub number: PhoneNumber,
    /// Whom it serves.
    pub serves: Serves,
}

/// What connectors work with: every number that serves somebody, and every group. Two configurations that say the same
/// are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Configuration {
    /// The numbers, ascending.
    pub numbers: Vec<ConfiguredNumber>,
    /// The groups, by id.
    pub groups: Vec<ConfiguredGroup>,
}

impl Configuration {
    /// A configuration with everything in its order.
    #[must_use]
    pub fn new(mut numbers: Vec<ConfiguredNumber>, mut groups: Vec<ConfiguredGroup>) -> Self {
        numbers.sort_unstable_by_key(|number| (number.number, number.id));
        groups.sort_unstable_by_key(|group| group.id);
        Self { numbers, groups }
    }
}

/// What is kept of a snapshot besides its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotSummary {
    /// How many numbers serve somebody.
    pub numbers: u64,
    /// How many groups there are.
    pub groups: u64,
    /// How many changes came with it.
    pub changes: u64,
    /// Which app the enterprise used then.
    pub connector_app: ConnectorApp,
}

/// One published snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Counts up from 1 in each enterprise, without a gap.
    pub number: i64,
    /// When it was published.
    #[serde(with = "crate::moment")]
    pub published_at: DateTime<Utc>,
    /// Who published it, or which part of the system.
    pub published_by: String,
    /// What is in it, in figures.
    pub summary: SnapshotSummary,
}

/// The snapshots of an enterprise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotHistory {
    /// The one that is live; none if nothing was ever published.
    pub current: Option<Snapshot>,
    /// Those before, the latest first; only so many.
    pub earlier: Vec<Snapshot>,
}

/// What publishing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The snapshot that is live now; 0 if there never was anything to publish.
    pub number: i64,
    /// How many changes became live; with 0 nothing was published.
    pub changes: u64,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(super) fn person(n: u128) -> ConfiguredPerson {
        ConfiguredPerson {
            id: TeamsUserId(Uuid::from_u128(n)),
            display_name: format!("Person {n}"),
            user_principal_name: format!("person{n}@company.example"),
            object_id: Some(Uuid::from_u128(1_000 + n)),
        }
    }

    pub(super) fn group(n: u128, name: &str, owner: u128, members: &[u128]) -> ConfiguredGroup {
        let members = members.iter().copied().map(person).collect();
        ConfiguredGroup::new(
            SmsGroupId(Uuid::from_u128(100 + n)),
            name.to_owned(),
            person(owner),
            members,
        )
    }

    pub(super) fn number(n: u128, serves: Serves) -> ConfiguredNumber {
        ConfiguredNumber {
            id: PhoneNumberId(Uuid::from_u128(200 + n)),
            number: PhoneNumber::parse(&format!("+1206555{:04}", 100 + n)).unwrap(),
            serves,
        }
    }

    pub(super) fn user(n: u128) -> Serves {
        Serves::TeamsUser { user: person(n) }
    }

    pub(super) fn in_group(n: u128) -> Serves {
        Serves::SmsGroup {
            id: SmsGroupId(Uuid::from_u128(100 + n)),
        }
    }

    #[test]
    fn what_says_the_same_is_equal_and_is_written_alike() {
        let one = Configuration::new(
            vec![number(1, user(1)), number(2, in_group(1))],
            vec![group(1, "Sales", 1, &[1, 2]), group(2, "Support", 2, &[2])],
        );
        let other = Configuration::new(
            vec![number(2, in_group(1)), number(1, user(1))],
            vec![group(2, "Support", 2, &[2]), group(1, "Sales", 1, &[2, 1])],
        );
        assert_eq!(one, other);
        let written = serde_json::to_string(&one).unwrap();
        assert_eq!(written, serde_json::to_string(&other).unwrap());
        assert_eq!(serde_json::from_str::<Configuration>(&written).unwrap(), one);
    }

    #[test]
    fn connectors_read_numbers_in_e164_and_whom_they_serve() {
        let written = serde_json::to_value(number(1, user(1))).unwrap();
        assert_eq!(written["number"], "+12065550101");
        assert_eq!(written["serves"]["kind"], "teams_user");
        assert_eq!(
            written["serves"]["user"]["user_principal_name"],
            "person1@company.example"
        );
        assert_eq!(
            written["serves"]["user"]["object_id"],
            "00000000-0000-0000-0000-0000000003e9"
        );
        let written = serde_json::to_value(number(2, in_group(1))).unwrap();
        assert_eq!(written["serves"]["kind"], "sms_group");
        assert_eq!(written["serves"]["id"], "00000000-0000-0000-0000-000000000065");
    }
}
