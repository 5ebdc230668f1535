//! Lines as rows of cells, with quotation marks that are never closed.
//!
//! A cell in quotation marks may go on over several lines; an address in Microsoft's exports does. A mark that was
//! forgotten would, read by the letter, swallow every row up to the next mark. So a cell that goes on is taken as meant
//! only if its end looks like one: a mark followed by a separator or the end of a line, before long, and not in a column
//! that is one line by nature. Otherwise the row ends with its line, is at fault, and the next line is a row again.

use std::{
    collections::VecDeque,
    io::{self, Read},
};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{
    Cells,
    lines::{Line, Lines},
};

/// Over how many lines a cell may go on.
const MAX_QUOTED_LINES: usize = 64;

/// What is wrong with a row before anybody looks into its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowFault {
    /// A quotation mark is opened and not closed.
    OpenQuote,
    /// It is longer than a row may be.
    TooLong,
}

/// One row.
#[derive(Debug)]
pub(super) struct Record {
    /// The line it starts on.
    pub(super) line: u64,
    /// Its cells, as good as they can be told apart if the row is at fault.
    pub(super) cells: Cells,
    pub(super) fault: Option<RowFault>,
}

/// Reads rows; lines without any text are passed over.
pub(super) struct Records<R> {
    lines: Lines<R>,
    /// Lines that were read to find the end of a cell and turned out to be rows.
    ahead: VecDeque<Line>,
    splitter: Splitter,
    /// The columns whose cells are one line by nature.
    one_line: Vec<usize>,
}

impl<R: Read> Records<R> {
    /// Reads the rows of `lines` from where they stand.
    pub(super) fn new(lines: Lines<R>, delimiter: u8) -> Self {
        Self {
            lines,
            ahead: VecDeque::new(),
            splitter: Splitter::new(delimiter),
            one_line: Vec::new(),
        }
    }

    /// Says what separates cells, and which columns are one line by nature.
    pub(super) fn split_at(&mut self, delimiter: u8, one_line: Vec<usize>) {
        self.splitter = Splitter::new(delimiter);
        self.one_line = one_line;
    }

    /// Has a line that was read as no row be the next one.
    pub(super) fn put_back(&mut self, line: Line) {
        self.ahead.push_front(line);
    }

    /// The file below it.
    pub(super) fn into_inner(self) -> R {
        self.lines.into_inner()
    }

    /// The next row; none after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<Record>> {
        let Some(line) = self.next_line_with_text()? else {
            return Ok(None);
        };
        let (cells, whole) = self.splitter.split(&line.text);
        let fault = match line.too_long {
            true => Some(RowFault::TooLong),
            false if whole => None,
            false => match self.continued(&line)? {
                Some(cells) => {
                    return Ok(Some(Record {
                        line: line.number,
                        cells,
                        fault: None,
                    }));
                }
                None => Some(RowFault::OpenQuote),
            },
        };
        Ok(Some(Record {
            line: line.number,
            cells,
            fault,
        }))
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        match self.ahead.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(),
        }
    }

    /// The next line that is not blank, whatever it holds.
    pub(super) fn next_line_with_text(&mut self) -> io::Result<Option<Line>> {
        while let Some(line) = self.next_line()? {
            if !line.text.trim().is_empty() {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// The cells of a row that begins on `first` and goes on over the next lines; none if it only looks so, and then
    /// those lines are still to be read.
    fn continued(&mut self, first: &Line) -> io::Result<Option<Cells>> {
        let mut quotes = Quotes::new(self.splitter.delimiter);
        let mut state = quotes.after_line(&first.text);
        let mut text = first.text.clone();
        let mut taken = Vec::new();
        while state == QuoteState::Open && taken.len() < MAX_QUOTED_LINES {
            let Some(line) = self.next_line()? else { break };
            state = if line.too_long {
                QuoteState::Broken
            } else {
                quotes.after_line(&line.text)
            };
            text.push('\n');
            text.push_str(&line.text);
            taken.push(line);
        }
        if state == QuoteState::Closed {
            let (cells, _) = self.splitter.split(&text);
            if self
                .one_line
                .iter()
                .all(|column| !cells.get(*column).unwrap_or_default().contains('\n'))
            {
                return Ok(Some(cells));
            }
        }
        for line in taken.into_iter().rev() {
            self.ahead.push_front(line);
        }
        Ok(None)
    }
}

/// Splits the text of one row into cells.
pub(super) struct Splitter {
    delimiter: u8,
    reader: Reader,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl Splitter {
    /// With that separator between cells.
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            cells: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// The cells of `text`, and whether all quotation marks in it are closed.
    pub(super) fn split(&mut self, text: &str) -> (Cells, bool) {
        let room = text.len() + 2;
        if self.cells.len() < room {
            self.cells.resize(room, 0);
            self.ends.resize(room, 0);
        }
        self.reader.reset();
        let (mut written, mut ended, mut whole) = (0, 0, true);
        // The line end closes the row unless a quotation mark is open; the empty input then closes it in any case.
        for input in [text.as_bytes(), b"\n", b""] {
            let (cells, ends) = (self.cells.get_mut(written..), self.ends.get_mut(ended..));
            let (Some(cells), Some(ends)) = (cells, ends) else {
                break;
            };
            let (result, _, bytes, count) = self.reader.read_record(input, cells, ends);
            written += bytes;
            ended += count;
            if result == ReadRecordResult::Record {
                break;
            }
            whole = input != b"\n";
        }
        if let (false, Some(last)) = (whole, ended.checked_sub(1).and_then(|last| self.ends.get_mut(last))) {
            // The line end that did not close the row is no part of its last cell.
            *last -= 1;
        }
        (self.collect(ended), whole)
    }

    fn collect(&self, count: usize) -> Cells {
        let mut cells = Cells::with_capacity(
            self.ends.get(count.saturating_sub(1)).copied().unwrap_or_default(),
            count,
        );
        let mut start = 0;
        for end in self.ends.iter().take(count) {
            let bytes = self.cells.get(start..*end).unwrap_or_default();
            cells.push_field(&String::from_utf8_lossy(bytes));
            start = *end;
        }
        cells
    }
}

/// How a row stands at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum QuoteState {
    /// All quotation marks are closed.
    Closed,
    /// A cell goes on.
    Open,
    /// A closing mark is followed by something else than a separator.
    Broken,
}

/// Follows quotation marks more strictly than the splitter, which forgives text after a closing one.
struct Quotes {
    delimiter: u8,
    open: bool,
}

impl Quotes {
    fn new(delimiter: u8) -> Self {
        Self { delimiter, open: false }
    }

    fn after_line(&mut self, line: &str) -> QuoteState {
        let mut bytes = line.bytes().peekable();
        let mut at_start = true;
        while let Some(byte) = bytes.next() {
            if !self.open {
                self.open = at_start && byte == b'"';
                at_start = byte == self.delimiter;
                continue;
            }
            if byte != b'"' || bytes.next_if_eq(&b'"').is_some() {
                continue;
            }
            self.open = false;
            match bytes.next() {
                None => {}
                Some(next) if next == self.delimiter => at_start = true,
                Some(_) => return QuoteState::Broken,
            }
        }
        if self.open {
            QuoteState::Open
        } else {
            QuoteState::Closed
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use encoding_rs::UTF_8;
    use rstest::rstest;

    use super::*;

    fn read(text: &str, one_line: Vec<usize>) -> Vec<Record> {
        let mut records = Records::new(Lines::new(Cursor::new(text.to_owned()), UTF_8), b',');
        records.split_at(b';', one_line);
        let mut read = Vec::new();
        while let Some(record) = records.next().unwrap() {
            read.push(record);
        }
        read
    }

    /// Each row as its line, its cells and its fault.
    fn rows(text: &str, one_line: Vec<usize>) -> Vec<String> {
        let row = |record: Record| {
            let cells: Vec<&str> = record.cells.iter().collect();
            let fault = record.fault.map_or(String::new(), |fault| format!(" {fault:?}"));
            format!("{} {}{fault}", record.line, cells.join("|"))
        };
        read(text, one_line).into_iter().map(row).collect()
    }

    #[rstest]
    #[case("a;b;c", &["1 a|b|c"])]
    #[case("a;;\n;b\n", &["1 a||", "2 |b"])]
    #[case("\n  \na\n\nb\n", &["3 a", "5 b"])]
    #[case("\"a;\"\"b\"\"\";c", &["1 a;\"b\"|c"])]
    #[case("5\" pipe;b\nc", &["1 5\" pipe|b", "2 c"])]
    #[case("\"a\"b;c\nd", &["1 ab|c", "2 d"])]
    #[case("\"two\nlines\";b\nc;d", &["1 two\nlines|b", "3 c|d"])]
    fn rows_are_split_into_cells(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(rows(text, vec![]), expected);
    }

    #[rstest]
    #[case("a;\"open", &["1 a|open OpenQuote"])]
    #[case("a;\"open\nb;c\nd", &["1 a|open OpenQuote", "2 b|c", "3 d"])]
    #[case("a;\"open\nb;\"c\"\n", &["1 a|open OpenQuote", "2 b|c"])]
    #[case("a;\"open\n\"b\";c\n", &["1 a|open OpenQuote", "2 b|c"])]
    #[case("\"open\nb\n\"open too\nc", &["1 open OpenQuote", "2 b", "3 open too OpenQuote", "4 c"])]
    fn a_forgotten_quotation_mark_spoils_its_own_row_only(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(rows(text, vec![]), expected);
    }

    #[test]
    fn a_cell_that_is_one_line_by_nature_does_not_go_on() {
        let text = "\"+1206;x\n+1425\";y\nz";
        assert_eq!(rows(text, vec![1]), ["1 +1206;x\n+1425|y", "3 z"]);
        assert_eq!(rows(text, vec![0]), ["1 +1206;x OpenQuote", "2 +1425\"|y", "3 z"]);
    }

    #[test]
    fn a_cell_goes_on_for_a_bounded_number_of_lines() {
        let text = format!("\"open\n{}end\"\n", "more\n".repeat(MAX_QUOTED_LINES));
        let records = read(&text, vec![]);
        assert_eq!(records.len(), MAX_QUOTED_LINES + 2);
        assert_eq!(records[0].fault, Some(RowFault::OpenQuote));
    }

    #[test]
    fn a_row_that_is_too_long_is_passed_over() {
        let records = read(&format!("{}\nb", "a".repeat(70_000)), vec![]);
        assert_eq!(records[0].fault, Some(RowFault::TooLong));
        assert_eq!(records[1].cells.get(0), Some("b"));
    }
}
