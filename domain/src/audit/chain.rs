//! The chain of the audit log: each entry is hashed together with the hash of the one before it, so that an entry that
//! was changed, moved or taken out later no longer fits to those around it.
//!
//! # What is hashed
//! SHA-256 of these fields, one behind the other: the name of this form ([`FORM`]), the hash of the entry before
//! ([`START`] for the first one), and the fields of [`Link`] in the order in which they stand there.
//! A field is a byte 1, the number of its bytes as 8 bytes with the highest first, and its bytes; a field that is not
//! there is a single byte 0. So no two different entries are the same bytes. Ids are their 16 bytes, the sequence number
//! is 8 bytes with the highest first, texts are UTF-8, a moment is the 8 bytes of its seconds since 1970 and the 4 bytes
//! of its nanoseconds, both with the highest byte first. Hashes are written as 64 small hexadecimal digits, and go into
//! the next hash as that text.
//!
//! The form never changes: entries that were written long ago must still fit. A new form gets a new name.

use std::fmt;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The name of the form in which entries are hashed.
pub const FORM: &str = "messaging-portal audit 1";

/// What stands in place of the hash before the first entry.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How many flaws of one chain are told one by one.
const FLAWS_TOLD: usize = 20;

/// Which chain an entry belongs to: that of its enterprise, else that of its provider, else that of the installation,
/// which has the id of zeros.
#[must_use]
pub fn chain_of(enterprise: Option<Uuid>, provider: Option<Uuid>) -> Uuid {
    enterprise.or(provider).unwrap_or_else(Uuid::nil)
}

/// One entry as it is hashed.
#[derive(Clone, Copy, Debug)]
pub struct Link<'e> {
    /// The chain, see [`chain_of`].
    pub chain: Uuid,
    /// Its place in the chain; the first entry has 1.
    pub sequence: i64,
    /// The entry's id.
    pub id: Uuid,
    /// The enterprise it is about.
    pub enterprise: Option<Uuid>,
    /// The provider it is about.
    pub provider: Option<Uuid>,
    /// Who did it, if an account did.
    pub account: Option<Uuid>,
    /// The name of who did it.
    pub actor: &'e str,
    /// The word of what was done.
    pub action: &'e str,
    /// The word of the kind of thing.
    pub resource: &'e str,
    /// The id of the thing.
    pub resource_id: Option<Uuid>,
    /// The name of the thing.
    pub subject: Option<&'e str>,
    /// The thing before, as JSON.
    pub before: Option<&'e str>,
    /// The thing after, as JSON.
    pub after: Option<&'e str>,
    /// The request.
    pub request: Uuid,
    /// The address it came from.
    pub peer: Option<&'e str>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Link<'_> {
    /// The hash of this entry behind the one whose hash is `previous`.
    #[must_use]
    pub fn hash(&self, previous: &str) -> String {
        let mut moment = self.at.timestamp().to_be_bytes().to_vec();
        moment.extend(self.at.timestamp_subsec_nanos().to_be_bytes());
        let mut fields = Fields(Sha256::new());
        fields.text(Some(FORM));
        fields.text(Some(previous));
        fields.id(Some(self.chain));
        fields.bytes(Some(&self.sequence.to_be_bytes()));
        fields.id(Some(self.id));
        fields.id(self.enterprise);
        fields.id(self.provider);
        fields.id(self.account);
        fields.text(Some(self.actor));
        fields.text(Some(self.action));
        fields.text(Some(self.resource));
        fields.id(self.resource_id);
        fields.text(self.subject);
        fields.text(self.before);
        fields.text(self.after);
        fields.id(Some(self.request));
        fields.text(self.peer);
        fields.bytes(Some(&moment));
        format!("{:x}", fields.0.finalize())
    }
}

struct Fields(Sha256);

impl Fields {
    fn bytes(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            Some(bytes) => {
                self.0.update([1_u8]);
                self.0.update((bytes.len() as u64).to_be_bytes());
                self.0.update(bytes);
            }
            None => self.0.update([0_u8]),
        }
    }

    fn text(&mut self, text: Option<&str>) {
        self.bytes(text.map(str::as_bytes));
    }

    fn id(&mut self, id: Option<Uuid>) {
        self.bytes(id.as_ref().map(|id| id.as_bytes().as_slice()));
    }
}

/// What is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Entries from `first` to `last` are not there.
    Missing {
        /// The first of them.
        first: i64,
        /// The last of them.
        last: i64,
    },
    /// The entry is not what was hashed, or does not belong behind the one before it.
    Changed {
        /// Its place.
        sequence: i64,
    },
    /// There is a further entry at a place that is taken, or before the first one.
    Surplus {
        /// Its place.
        sequence: i64,
    },
    /// The head, which tells how long the chain is and how it ends, does not fit to the last entry.
    Head,
    /// There are so many more that they are not told.
    More {
        /// How many.
        count: usize,
    },
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { first, last } if first == last => write!(f, "entry {first} is missing"),
            Self::Missing { first, last } => write!(f, "entries {first} to {last} are missing"),
            Self::Changed { sequence } => write!(f, "entry {sequence} was changed or moved"),
            Self::Surplus { sequence } => write!(f, "there is a second entry {sequence}"),
            Self::Head => write!(f, "the head of the chain does not fit to its last entry"),
            Self::More { count } => write!(f, "and {count} more"),
        }
    }
}

/// A walk along one chain from its first entry on, which notes every flaw.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The place of the last entry.
    last: i64,
    /// The hash that the last entry carries; none behind a gap, where nobody knows it.
    previous: Option<String>,
    entries: u64,
    flaws: Vec<Flaw>,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            last: 0,
            previous: Some(START.to_owned()),
            entries: 0,
            flaws: Vec::new(),
        }
    }
}

impl Walk {
    /// The place of the last entry, 0 before the first one.
    #[must_use]
    pub fn last(&self) -> i64 {
        self.last
    }

    /// How many entries there were so far.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.entries
    }

    /// The next entry by its place, with the hash that it carries. After a changed entry the walk goes on from the hash
    /// that it carries, so that one change is one flaw.
    pub fn step(&mut self, link: &Link<'_>, hash: &str) {
        self.entries += 1;
        let expected = self.last + 1;
        if link.sequence < expected {
            self.flaws.push(Flaw::Surplus {
                sequence: link.sequence,
            });
            return;
        }
        if link.sequence > expected {
            self.flaws.push(Flaw::Missing {
                first: expected,
                last: link.sequence - 1,
            });
            self.previous = None;
        }
        let fits = self
            .previous
            .as_ref()
            .is_none_or(|previous| link.hash(previous) == hash);
        if !fits {
            self.flaws.push(Flaw::Changed {
                sequence: link.sequence,
            });
        }
        self.last = link.sequence;
        self.previous = Some(hash.to_owned());
    }

    /// Notes that the last entry given to [`Walk::step`] was changed in a way that its hash does not show.
    pub fn last_is_changed(&mut self) {
        let flaw = Flaw::Changed { sequence: self.last };
        if self.flaws.last() != Some(&flaw) {
            self.flaws.push(flaw);
        }
    }

    /// The end: what the head says of the chain, if there is one. Answers with the flaws and the last hash.
    #[must_use]
    pub fn finish(mut self, head: Option<(i64, &str)>) -> (Vec<Flaw>, String) {
        let previous = self.previous.unwrap_or_else(|| START.to_owned());
        match head {
            Some((sequence, _)) if sequence > self.last => self.flaws.push(Flaw::Missing {
                first: self.last + 1,
                last: sequence,
            }),
            Some((sequence, hash)) if sequence == self.last && hash == previous => {}
            None if self.last == 0 => {}
            _ => self.flaws.push(Flaw::Head),
        }
        if self.flaws.len() > FLAWS_TOLD {
            let count = self.flaws.len() - FLAWS_TOLD;
            self.flaws.truncate(FLAWS_TOLD);
            self.flaws.push(Flaw::More { count });
        }
        (self.flaws, previous)
    }
}

#[cfg(test)]
mod tests;
