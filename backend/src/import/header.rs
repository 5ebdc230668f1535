//! The first row: which character separates cells, and which column holds what.

use std::io::Read;

use domain::import::FirstLine;

use super::{
    Cells, FileError, Reading,
    cell::clean,
    lines::Line,
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
    /// How many things columns can hold, those that are optional included.
    const FIELDS: usize;

    /// The columns that somebody chose for each of the things they can hold; none if one that must be there is missing.
    fn chosen(columns: &[Option<usize>], settings: &Self::Settings) -> Option<Self>;

    /// For each of the things that columns can hold, the one that holds it.
    fn placed(&self) -> Vec<Option<usize>>;

    /// Finds the columns; none if one that must be there is missing.
    ///
    /// # Errors
    /// [`FileError::ColumnTwice`] when it cannot be told which of two columns is meant.
    fn find(header: &Header, settings: &Self::Settings) -> Result<Option<Self>, FileError>;

    /// The columns that are read, from 0.
    fn columns(&self) -> Vec<usize> {
        self.placed().into_iter().flatten().collect()
    }

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

    /// The header of a file whose first row has these cells.
    fn of(cells: Cells, what: FirstLine) -> Self {
        match what {
            FirstLine::Names => Self::new(cells),
            FirstLine::Row => Self::new((1..=cells.len()).map(|place| format!("Column {place}")).collect()),
        }
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

/// What the first row told, whatever it is.
pub(super) struct Looked<L> {
    pub(super) delimiter: u8,
    pub(super) first_line: FirstLine,
    pub(super) header: Header,
    /// None where no columns are found that must be there.
    pub(super) layout: Option<L>,
}

/// What the first row told.
pub(super) struct Found<L> {
    pub(super) delimiter: u8,
    pub(super) header: Header,
    pub(super) layout: L,
}

/// The first line with text in it. The line `sep=;`, by which Excel is told the separator, may stand before it.
fn first_line(lines: &mut Records<impl Read>) -> Result<Line, FileError> {
    let first = lines.next_line_with_text()?.ok_or(FileError::Empty)?;
    if first.text.trim().trim_matches('"').to_lowercase().starts_with("sep=") {
        return lines.next_line_with_text()?.ok_or(FileError::Empty);
    }
    Ok(first)
}

/// Reads the first row with each separator, or with the one that is settled, and takes the one that finds the most
/// columns.
///
/// # Errors
/// [`FileError`] when the file has no text or no header of this kind.
pub(super) fn find<L: Layout>(
    lines: &mut Records<impl Read>,
    settings: &L::Settings,
    reading: &Reading,
) -> Result<Found<L>, FileError> {
    let first = first_line(lines)?;
    let what = reading.first_line.unwrap_or_default();
    let found = best(&first, what, settings, reading)?;
    if what == FirstLine::Row {
        lines.put_back(first);
    }
    Ok(found)
}

/// The same for a first row of any kind: it is split at the separator that makes the most cells of it where none finds
/// columns. Without any that are known it is told from its cells whether they are names, unless that is settled.
///
/// # Errors
/// [`FileError`] when the file has no text.
pub(super) fn look<L: Layout>(
    lines: &mut Records<impl Read>,
    settings: &L::Settings,
    reading: &Reading,
) -> Result<Looked<L>, FileError> {
    let first = first_line(lines)?;
    let names = reading.first_line.unwrap_or_default() == FirstLine::Names;
    if let Some(found) = names
        .then(|| best(&first, FirstLine::Names, settings, reading).ok())
        .flatten()
    {
        return Ok(Looked {
            delimiter: found.delimiter,
            first_line: FirstLine::Names,
            header: found.header,
            layout: Some(found.layout),
        });
    }
    let delimiters = delimiters(reading);
    let split = |delimiter: u8| Splitter::new(delimiter).split(&first.text).0;
    let most = delimiters
        .iter()
        .copied()
        .rev()
        .max_by_key(|delimiter| split(*delimiter).len());
    let delimiter = most.unwrap_or(b',');
    let cells = split(delimiter);
    let told = if holds_values(&cells) {
        FirstLine::Row
    } else {
        FirstLine::Names
    };
    let what = reading.first_line.unwrap_or(told);
    if what == FirstLine::Row {
        lines.put_back(first);
    }
    Ok(Looked {
        delimiter,
        first_line: what,
        header: Header::of(cells, what),
        layout: None,
    })
}

/// Whether one of the cells holds what rows do and names of columns do not: a sign-in name, or a number with as many digits
/// as a phone number has without its area code.
fn holds_values(cells: &Cells) -> bool {
    let digits = |cell: &str| cell.bytes().filter(u8::is_ascii_digit).count();
    cells.iter().any(|cell| cell.contains('@') || digits(cell) >= 7)
}

fn delimiters(reading: &Reading) -> Vec<u8> {
    reading
        .delimiter
        .map_or_else(|| DELIMITERS.to_vec(), |settled| vec![settled])
}

fn best<L: Layout>(
    first: &Line,
    what: FirstLine,
    settings: &L::Settings,
    reading: &Reading,
) -> Result<Found<L>, FileError> {
    let mut best: Option<Found<L>> = None;
    let mut refused = None;
    for delimiter in delimiters(reading) {
        let header = Header::of(Splitter::new(delimiter).split(&first.text).0, what);
        match layout::<L>(&header, settings, reading) {
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

/// The columns that somebody chose, or else those that their names tell.
fn layout<L: Layout>(header: &Header, settings: &L::Settings, reading: &Reading) -> Result<Option<L>, FileError> {
    let Some(columns) = &reading.columns else {
        return L::find(header, settings);
    };
    let are_there = columns.iter().flatten().all(|column| *column < header.cells.len());
    Ok(are_there.then(|| L::chosen(columns, settings)).flatten())
}
