//! What differs between two configurations.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Configuration, ConfiguredGroup, ConfiguredPerson, PendingChange, Serves};
use crate::{
    access::Resource,
    forms::tagged,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::Assignee,
    phone::PhoneNumber,
};

tagged! {
    "kind",
    /// One difference between the published and the working configuration. A number that comes to a group or leaves it
    /// is a change of the number, not of the group.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum ConfigChange {
        /// There is a new group.
        GroupAdded {
            /// The group.
            id: SmsGroupId,
            /// Its name.
            name: String,
        },
        /// A group has another name.
        GroupRenamed {
            /// The group.
            id: SmsGroupId,
            /// The published name.
            from: String,
            /// The name it has now.
            to: String,
        },
        /// A group has another owner.
        OwnerChanged {
            /// The group.
            id: SmsGroupId,
            /// Its name now.
            group: String,
            /// The published owner's name.
            from: String,
            /// The owner's name now.
            to: String,
        },
        /// People joined or left a group.
        MembersChanged {
            /// The group.
            id: SmsGroupId,
            /// Its name now.
            group: String,
            /// The names of those who joined.
            added: Vec<String>,
            /// The names of those who left.
            removed: Vec<String>,
        },
        /// A group is gone.
        GroupRemoved {
            /// The group.
            id: SmsGroupId,
            /// Its published name.
            name: String,
        },
        /// A number that served nobody serves somebody.
        NumberAssigned {
            /// The number's id.
            id: PhoneNumberId,
            /// The number.
            number: PhoneNumber,
            /// Whom it serves now.
            to: Assignee,
        },
        /// A number serves somebody else.
        NumberReassigned {
            /// The number's id.
            id: PhoneNumberId,
            /// The number.
            number: PhoneNumber,
            /// Whom it serves as published.
            from: Assignee,
            /// Whom it serves now.
            to: Assignee,
        },
        /// A number serves nobody any more.
        NumberReleased {
            /// The number's id.
            id: PhoneNumberId,
            /// The number.
            number: PhoneNumber,
            /// Whom it serves as published.
            from: Assignee,
        },
        /// The name, the sign-in name or Microsoft's id of a person is another one.
        PersonChanged {
            /// The person.
            id: TeamsUserId,
            /// Their name now.
            name: String,
        },
    }
}

impl ConfigChange {
    /// The things that it is about, the one that changed first.
    #[must_use]
    pub fn things(&self) -> Vec<(Resource, Uuid)> {
        let number = |id: &PhoneNumberId| (Resource::PhoneNumber, id.0);
        match self {
            Self::GroupAdded { id, .. }
            | Self::GroupRenamed { id, .. }
            | Self::OwnerChanged { id, .. }
            | Self::MembersChanged { id, .. }
            | Self::GroupRemoved { id, .. } => vec![(Resource::SmsGroup, id.0)],
            Self::NumberAssigned { id, to, .. } => vec![number(id), thing(to)],
            Self::NumberReassigned { id, from, to, .. } => vec![number(id), thing(from), thing(to)],
            Self::NumberReleased { id, from, .. } => vec![number(id), thing(from)],
            Self::PersonChanged { id, .. } => vec![(Resource::TeamsUser, id.0)],
        }
    }
}

fn thing(assignee: &Assignee) -> (Resource, Uuid) {
    match assignee {
        Assignee::TeamsUser { id, .. } => (Resource::TeamsUser, id.0),
        Assignee::SmsGroup { id, .. } => (Resource::SmsGroup, id.0),
    }
}

/// What publishing `working` would change for connectors that work with `published`: groups by name, then numbers
/// ascending, then people by name. Nobody is told yet who made the changes.
#[must_use]
pub fn difference(published: &Configuration, working: &Configuration) -> Vec<PendingChange> {
    let (before, after) = (Side::of(published), Side::of(working));
    let mut changes = groups(&before, &after);
    changes.extend(numbers(&before, &after));
    changes.extend(people(&before, &after));
    changes.into_iter().map(PendingChange::new).collect()
}

/// One of the two configurations, for looking things up.
struct Side<'c> {
    groups: BTreeMap<SmsGroupId, &'c ConfiguredGroup>,
    numbers: BTreeMap<PhoneNumber, (PhoneNumberId, &'c Serves)>,
    people: BTreeMap<TeamsUserId, &'c ConfiguredPerson>,
}

impl<'c> Side<'c> {
    fn of(configuration: &'c Configuration) -> Self {
        let Configuration { numbers, groups } = configuration;
        let in_groups = groups
            .iter()
            .flat_map(|group| group.members.iter().chain([&group.owner]));
        let with_numbers = numbers.iter().filter_map(|number| match &number.serves {
            Serves::TeamsUser { user } => Some(user),
            Serves::SmsGroup { .. } => None,
        });
        Self {
            groups: groups.iter().map(|group| (group.id, group)).collect(),
            numbers: numbers
                .iter()
                .map(|number| (number.number, (number.id, &number.serves)))
                .collect(),
            people: in_groups
                .chain(with_numbers)
                .map(|person| (person.id, person))
                .collect(),
        }
    }

    fn assignee(&self, serves: &Serves) -> Assignee {
        match serves {
            Serves::TeamsUser { user } => Assignee::TeamsUser {
                id: user.id,
                name: user.display_name.clone(),
            },
            Serves::SmsGroup { id } => Assignee::SmsGroup {
                id: *id,
                name: self.groups.get(id).map(|group| group.name.clone()).unwrap_or_default(),
            },
        }
    }
}

fn groups(before: &Side<'_>, after: &Side<'_>) -> Vec<ConfigChange> {
    let ids: BTreeSet<SmsGroupId> = before.groups.keys().chain(after.groups.keys()).copied().collect();
    let mut named: Vec<(&str, Vec<ConfigChange>)> = Vec::new();
    for id in ids {
        match (before.groups.get(&id), after.groups.get(&id)) {
            (None, Some(new)) => named.push((
                new.name.as_str(),
                vec![ConfigChange::GroupAdded {
                    id,
                    name: new.name.clone(),
                }],
            )),
            (Some(old), None) => named.push((
                old.name.as_str(),
                vec![ConfigChange::GroupRemoved {
                    id,
                    name: old.name.clone(),
                }],
            )),
            (Some(old), Some(new)) => named.push((new.name.as_str(), within_group(old, new))),
            (None, None) => {}
        }
    }
    // Stable, so groups of one name stay in the order of their ids.
    named.sort_by_key(|(name, _)| *name);
    named.into_iter().flat_map(|(_, changes)| changes).collect()
}

fn within_group(old: &ConfiguredGroup, new: &ConfiguredGroup) -> Vec<ConfigChange> {
    let mut changes = Vec::new();
    if old.name != new.name {
        changes.push(ConfigChange::GroupRenamed {
            id: new.id,
            from: old.name.clone(),
            to: new.name.clone(),
        });
    }
    if old.owner.id != new.owner.id {
        changes.push(ConfigChange::OwnerChanged {
            id: new.id,
            group: new.name.clone(),
            from: old.owner.display_name.clone(),
            to: new.owner.display_name.clone(),
        });
    }
    let (added, removed) = (only_in(new, old), only_in(old, new));
    if !added.is_empty() || !removed.is_empty() {
        changes.push(ConfigChange::MembersChanged {
            id: new.id,
            group: new.name.clone(),
            added,
            removed,
        });
    }
    changes
}

/// The names of the members of `this` who are not in `that`.
fn only_in(this: &ConfiguredGroup, that: &ConfiguredGroup) -> Vec<String> {
    let there: BTreeSet<TeamsUserId> = that.members.iter().map(|member| member.id).collect();
    let only = this.members.iter().filter(|member| !there.contains(&member.id));
    let mut names: Vec<String> = only.map(|member| member.display_name.clone()).collect();
    names.sort_unstable();
    names
}

fn numbers(before: &Side<'_>, after: &Side<'_>) -> Vec<ConfigChange> {
    let all: BTreeSet<PhoneNumber> = before.numbers.keys().chain(after.numbers.keys()).copied().collect();
    let change = |number: PhoneNumber| match (before.numbers.get(&number), after.numbers.get(&number)) {
        (None, Some((id, to))) => Some(ConfigChange::NumberAssigned {
            id: *id,
            number,
            to: after.assignee(to),
        }),
        (Some((id, from)), None) => Some(ConfigChange::NumberReleased {
            id: *id,
            number,
            from: before.assignee(from),
        }),
        (Some((_, from)), Some((id, to))) if from.id() != to.id() => Some(ConfigChange::NumberReassigned {
            id: *id,
            number,
            from: before.assignee(from),
            to: after.assignee(to),
        }),
        _ => None,
    };
    all.into_iter().filter_map(change).collect()
}

fn people(before: &Side<'_>, after: &Side<'_>) -> Vec<ConfigChange> {
    let changed = |(id, new): (&TeamsUserId, &&ConfiguredPerson)| {
        let old = before.people.get(id)?;
        (old != new).then(|| (new.display_name.clone(), *id))
    };
    let mut changed: Vec<(String, TeamsUserId)> = after.people.iter().filter_map(changed).collect();
    changed.sort_unstable();
    changed
        .into_iter()
        .map(|(name, id)| ConfigChange::PersonChanged { id, name })
        .collect()
}

#[cfg(test)]
mod tests;
