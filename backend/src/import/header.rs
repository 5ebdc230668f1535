//! The first row: which character separates cells, and which column holds what.

use std::io::Read;

use super::{
    Cells, FileError,
    cell::clean,
    records::{Records, Splitter},
};

/// The separators that spreadsheet programs write.
const DELIMITERS: [u8; 3] = *b",;\t";

/// The names of the columns as the file has them.
#[derive(Clone, Debug)]
pub struct Header {
    cells: Cells,
    keys: Vec<String>,
}

/// What the rows of a kind of file hold, and in which columns of this file.
pub trait Layout: Sized + Send + 'static {
    /// What reading a row depends on beyond the file.
    type Settings: Clone + Send + 'static;
    /// A checked row.
    type Row: Send + 'static;

    /// The columns that must be there, in words for a person.
    const EXPECTED: &'static str;

    /// Finds the columns; none if one that must be there is missing.
    ///
    /// # Errors
    /// [`FileError::ColumnTwice`] when it cannot be told which of two columns is meant.
    fn find(header: &Header, settings: &Self::Settings) -> Result<Option<Self>, FileError>;

    /// The columns that are read, from 0.
    fn columns(&self) -> Vec<usize>;

    /// What the row is about, as written in the file.
    fn subject(&self, cells: &Cells) -> String;

    /// Reads and checks a row.
    ///
    /// # Errors
    /// A sentence for whoever made the file.
    fn read(&self, cells: &Cells) -> Result<Self::Row, String>;
}

impl Header {
    fn new(cells: Cells) -> Self {
        let keys = cells.iter().map(key).collect();
        Self { cells, keys }
    }

    /// The names as written.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// The column with one of these names, which are in small letters without anything but letters and digits.
    ///
    /// # Errors
    /// [`FileError::ColumnTwice`] when there are two.
    pub(super) fn column(&self, names: &[&str]) -> Result<Option<usize>, FileError> {
        let mut found = (0..).zip(&self.keys).filter(|(_, key)| names.contains(&key.as_str()));
        let Some((first, _)) = found.next() else {
            return Ok(None);
        };
        match found.next() {
            None => Ok(Some(first)),
            Some((second, _)) => Err(FileError::ColumnTwice {
                first: self.cells.get(first).unwrap_or_default().to_owned(),
                second: self.cells.get(second).unwrap_or_default().to_owned(),
            }),
        }
    }
}

/// What two spellings of a column's name have in common: `User principal name`, `userPrincipalName`.
fn key(name: &str) -> String {
    clean(name)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What the first row told.
pub(super) struct Found<L> {
    pub(super) delimiter: u8,
    pub(super) header: Header,
    pub(super) layout: L,
}

/// Reads the first row with each separator and takes the one that finds the most columns. The line `sep=;`, by which
/// Excel is told the separator, may stand before it.
///
/// # Errors
/// [`FileError`] when the file has no text or no header of this kind.
pub(super) fn find<L: Layout>(lines: &mut Records<impl Read>, settings: &L::Settings) -> Result<Found<L>, FileError> {
    let mut first = lines.next_line_with_text()?.ok_or(FileError::Empty)?;
    if first.text.trim().trim_matches('"').to_lowercase().starts_with("sep=") {
        first = lines.next_line_with_text()?.ok_or(FileError::Empty)?;
    }
    let mut best: Option<Found<L>> = None;
    let mut refused = None;
    for delimiter in DELIMITERS {
        let header = Header::new(Splitter::new(delimiter).split(&first.text).0);
        match L::find(&header, settings) {
            Ok(Some(layout))
                if best
                    .as_ref()
                    .is_none_or(|best| best.layout.columns().len() < layout.columns().len()) =>
            {
                best = Some(Found {
                    delimiter,
                    header,
                    layout,
                });
            }
            Ok(_) => {}
            Err(error) => refused = Some(error),
        }
    }
    let missing = FileError::NoHeader { expected: L::EXPECTED };
    best.ok_or_else(|| refused.unwrap_or(missing))
}
