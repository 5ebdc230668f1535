//! A whole table on its way to the browser, where it is searched, filtered and sorted without asking again.

use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::builder::TableIndexBuilder;

/// The most rows of a table that a browser takes over as a whole; a longer one is answered by the server.
///
/// 20,000 groups are about a megabyte on the wire and are searched in a few milliseconds on a phone; ten times as many
/// would be neither.
pub const WHOLE_LIST_ROWS: u64 = 20_000;

/// What rows of one list refer to in common, such as the people in many groups, so that it travels once.
pub trait Shared: Clone + Default + Serialize + DeserializeOwned + 'static {
    /// Takes what another list's rows refer to behind one's own, and tells by how much references to it move.
    fn append(&mut self, other: Self) -> u32;
}

/// Nothing in common.
impl Shared for () {
    fn append(&mut self, (): Self) -> u32 {
        0
    }
}

/// One row of a whole table, with everything that quick search finds it by.
pub trait Listed: Serialize + DeserializeOwned + 'static {
    /// The row as it is shown.
    type Row: Clone + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// What rows refer to in common.
    type Shared: Shared;

    /// What tells the row from others.
    fn id(&self) -> Uuid;

    /// The row as it is shown.
    fn row(&self, shared: &Self::Shared) -> Self::Row;

    /// Adds the row to an index.
    fn index(&self, shared: &Self::Shared, builder: &mut TableIndexBuilder);

    /// Moves the references to what is shared.
    fn move_references(&mut self, _by: u32) {}
}

/// All rows of a table, or some of them, as a browser takes them over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WholeList<L: Listed> {
    /// The rows and what they refer to in common.
    Rows(L::Shared, Vec<L>),
    /// There are more than [`WHOLE_LIST_ROWS`].
    TooLong,
}
