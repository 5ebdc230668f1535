//! A file that has turned out to be of a kind we know, and its rows in batches.

use std::io::{Read, Seek};

use encoding_rs::Encoding;

use super::{
    Cells, FileError, MAX_ROWS, Reading,
    cell::shortened,
    encoding,
    header::{self, Header, Layout},
    lines::Lines,
    records::{Record, Records, RowFault},
};

/// How many rows make a batch.
const BATCH_ROWS: usize = 1_000;
/// How many bytes of cells end a batch before it has that many rows.
const BATCH_BYTES: usize = 1024 * 1024;
/// How many characters of a row's subject are repeated in reports.
const SUBJECT_CHARS: usize = 80;

/// A row, read or refused.
#[derive(Debug)]
pub struct ParsedRow<T> {
    /// The line it starts on, counted from 1 with the header.
    pub line: u64,
    /// What it is about, as written in the file.
    pub subject: String,
    /// Its cells.
    pub cells: Cells,
    /// What it says, or why that cannot be used.
    pub content: Result<T, String>,
}

/// A file whose encoding, separator and columns are known. That is what a `FileError` is for; from here on only rows can
/// be wrong.
pub struct ImportFile<R, L: Layout> {
    records: Records<R>,
    encoding: &'static Encoding,
    delimiter: u8,
    header: Header,
    layout: L,
    settings: L::Settings,
    reading: Reading,
    rows: u64,
}

impl<R: Read + Seek, L: Layout> ImportFile<R, L> {
    /// Looks at all of the file once, for its encoding, and at its header.
    ///
    /// # Errors
    /// [`FileError`] when it is not a text file with a header of this kind, or too large.
    pub fn open(file: R, settings: L::Settings) -> Result<Self, FileError> {
        Self::open_as(file, settings, Reading::default())
    }

    /// The same, read as somebody says.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_as(mut file: R, settings: L::Settings, reading: Reading) -> Result<Self, FileError> {
        let encoding = reading.encoding_or(encoding::detect(&mut file)?);
        Self::from_start(file, encoding, settings, reading)
    }

    fn from_start(
        mut file: R,
        encoding: &'static Encoding,
        settings: L::Settings,
        reading: Reading,
    ) -> Result<Self, FileError> {
        file.rewind()?;
        let mut records = Records::new(Lines::new(file, encoding), b',');
        let found = header::find::<L>(&mut records, &settings, &reading)?;
        records.split_at(found.delimiter, found.layout.columns());
        Ok(Self {
            records,
            encoding,
            delimiter: found.delimiter,
            header: found.header,
            layout: found.layout,
            settings,
            reading,
            rows: 0,
        })
    }

    /// The same file, to be read again from its first row.
    ///
    /// # Errors
    /// [`FileError`] when it cannot be read any more.
    pub fn rewound(self) -> Result<Self, FileError> {
        Self::from_start(self.records.into_inner(), self.encoding, self.settings, self.reading)
    }

    /// The names of its columns.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What separates its cells.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The next rows; none after the last.
    ///
    /// # Errors
    /// [`FileError`] when the file cannot be read any more or has too many rows.
    pub fn next_batch(&mut self) -> Result<Option<Vec<ParsedRow<L::Row>>>, FileError> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH_ROWS && bytes < BATCH_BYTES {
            let Some(record) = self.records.next()? else { break };
            // Spreadsheet programs leave rows of separators behind where something was deleted.
            if record.fault.is_none() && record.cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            self.rows += 1;
            if self.rows > MAX_ROWS {
                return Err(FileError::TooManyRows);
            }
            bytes += record.cells.as_slice().len();
            batch.push(self.parse(record));
        }
        Ok((!batch.is_empty()).then_some(batch))
    }

    fn parse(&self, record: Record) -> ParsedRow<L::Row> {
        let content = self.shape(&record).and_then(|()| self.layout.read(&record.cells));
        ParsedRow {
            line: record.line,
            subject: shortened(&self.layout.subject(&record.cells), SUBJECT_CHARS),
            cells: record.cells,
            content,
        }
    }

    /// Checks what makes a row unreadable whatever it is about.
    fn shape(&self, record: &Record) -> Result<(), String> {
        let reason = match record.fault {
            Some(RowFault::OpenQuote) => "A quotation mark (\") is opened and never closed in this row.",
            Some(RowFault::TooLong) => "This row is far too long.",
            None if self.columns_are_shifted(&record.cells) => {
                "This row has more cells than the header. Put a text that contains the separator in quotation marks."
            }
            None if self.is_damaged(&record.cells) => "This row has a letter that cannot be read. Enter it again.",
            None => return Ok(()),
        };
        Err(reason.to_owned())
    }

    fn columns_are_shifted(&self, cells: &Cells) -> bool {
        cells
            .iter()
            .skip(self.header.cells().len())
            .any(|cell| !cell.trim().is_empty())
    }

    /// Whether a cell that is read holds what the encoding has no letter for.
    fn is_damaged(&self, cells: &Cells) -> bool {
        let damaged = |cell: &str| cell.contains(char::REPLACEMENT_CHARACTER);
        damaged(cells.as_slice())
            && self
                .layout
                .columns()
                .into_iter()
                .filter_map(|column| cells.get(column))
                .any(damaged)
    }
}
