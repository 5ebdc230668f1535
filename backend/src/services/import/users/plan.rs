//! What the first reading of a file with people tells: who is in it, and which rows cannot be carried out because
//! somebody else keeps the sign-in name they want.
//!
//! What is held grows with the file, by some 50 bytes a person; the limit on rows bounds it.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Row, Stored};
use crate::{
    import::{FileError, UserRow, quoted},
    store::teams_user::bulk::StoredUser,
};

/// A sign-in name, as the first half of the SHA-256 of its key: two names with the same half are not to be found.
type NameHash = [u8; 16];

fn hash(row: &UserRow) -> NameHash {
    let digest = Sha256::digest(row.user_principal_name.key().as_bytes());
    std::array::from_fn(|at| digest.get(at).copied().unwrap_or_default())
}

fn short(line: u64) -> u32 {
    // Lines are bounded by the bytes of a file.
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// On which line a person and a name stand first. Rows that repeat one of them are not in here.
#[derive(Default)]
struct People {
    object_ids: HashMap<Uuid, u32>,
    names: HashMap<NameHash, u32>,
}

/// A row that wants a name somebody else has in the portal.
struct Wish {
    line: u32,
    /// The object id of who has the name; none if they have none and so cannot be in the file under another name.
    holder: Option<Uuid>,
    /// Whether the row is about a person who is in the portal.
    known: bool,
}

/// The first reading.
#[derive(Default)]
pub(super) struct Survey {
    people: People,
    wishes: Vec<Wish>,
}

impl Survey {
    /// Notes the people of a batch; returns the rows that can be used and repeat nobody.
    pub(super) fn register<'r>(&mut self, rows: &'r [Row]) -> Vec<&'r Row> {
        let mut is_first = |row: &&Row| {
            let Ok(content) = &row.content else { return false };
            let (name, line) = (hash(content), short(row.line));
            let repeats = content
                .object_id
                .is_some_and(|id| self.people.object_ids.contains_key(&id))
                || self.people.names.contains_key(&name);
            if !repeats {
                self.people.names.insert(name, line);
                content.object_id.map(|id| self.people.object_ids.insert(id, line));
            }
            !repeats
        };
        rows.iter().filter(|row| is_first(row)).collect()
    }

    /// Notes which of the rows want a name that somebody else has.
    pub(super) fn compare(&mut self, rows: &[&Row], stored: &Stored) {
        for row in rows {
            let Ok(content) = &row.content else { continue };
            let (person, holder) = (stored.same_person(content), stored.holder(content));
            let Some(holder) = holder else { continue };
            if person.is_none_or(|person| person.id != holder.id) {
                self.wishes.push(Wish {
                    line: short(row.line),
                    holder: holder.object_id,
                    known: person.is_some(),
                });
            }
        }
    }

    /// Finds the rows that cannot be carried out: those that want the name of somebody who is not in the file and so
    /// keeps it, and those that wait for one of these.
    ///
    /// A person who is new to the portal is no such case: with the name of somebody who is not in the file, they are
    /// taken for that person, who was given a new object id.
    pub(super) fn plan(self) -> Plan {
        let row_of = |holder: Option<Uuid>| holder.and_then(|id| self.people.object_ids.get(&id).copied());
        let mut waiting: HashMap<u32, u32> = HashMap::new();
        let mut blocked = Vec::new();
        for wish in &self.wishes {
            match row_of(wish.holder) {
                Some(line) => {
                    waiting.insert(line, wish.line);
                }
                None if wish.known => blocked.push(wish.line),
                None => {}
            }
        }
        let mut all_blocked = HashSet::new();
        while let Some(line) = blocked.pop() {
            if all_blocked.insert(line) {
                blocked.extend(waiting.get(&line));
            }
        }
        Plan {
            people: self.people,
            blocked: all_blocked,
        }
    }
}

/// What the first reading came to.
pub(super) struct Plan {
    people: People,
    blocked: HashSet<u32>,
}

impl Plan {
    /// Why a row cannot be carried out; `holder` has the name it wants at the moment.
    ///
    /// # Errors
    /// [`FileError::Changed`] when the first reading has not seen the row.
    pub(super) fn objection(
        &self,
        line: u64,
        row: &UserRow,
        holder: Option<&StoredUser>,
    ) -> Result<Option<String>, FileError> {
        let line = short(line);
        if let Some(first) = row
            .object_id
            .and_then(|id| self.people.object_ids.get(&id))
            .filter(|first| **first != line)
        {
            return Ok(Some(format!(
                "The same person, by object id, stands on line {first} already."
            )));
        }
        match self.people.names.get(&hash(row)) {
            None => return Err(FileError::Changed),
            Some(first) if *first != line => {
                return Ok(Some(format!("The same sign-in name stands on line {first} already.")));
            }
            Some(_) => {}
        }
        Ok(self.blocked.contains(&line).then(|| self.name_is_kept(holder)))
    }

    fn name_is_kept(&self, holder: Option<&StoredUser>) -> String {
        let name = holder.map_or_else(|| "somebody else".to_owned(), |holder| quoted(&holder.display_name));
        match holder.and_then(|holder| self.people.object_ids.get(&holder.object_id?)) {
            Some(line) => format!("The sign-in name belongs to {name}, whose own row on line {line} is rejected."),
            None => format!("The sign-in name belongs to {name}, who is not in this file."),
        }
    }

    /// Whether another row than `row` is about that person.
    pub(super) fn claims(&self, user: &StoredUser, row: &UserRow) -> bool {
        user.object_id
            .is_some_and(|id| row.object_id != Some(id) && self.people.object_ids.contains_key(&id))
    }
}
