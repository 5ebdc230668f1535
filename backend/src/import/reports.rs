//! What is handed back about an import: all rows with what became of them, and the rejected ones to be mended.
//!
//! Both are made to be opened in a spreadsheet program: UTF-8 with a mark, the separator of the file that was imported
//! (which is that of the person's program), and no cell that would be calculated.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};
use domain::{
    import::{MissingUser, OutcomeKind, RowOutcome, RowReport},
    phone::PhoneNumber,
    spreadsheet::harmless,
};

use super::{Cells, Header};

/// The column that is added to rejected rows.
const REASON: &str = "Reason";
/// The column of the report that says more of an outcome.
const DETAILS: &str = "Details";
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

fn writer<W: Write>(mut out: W, delimiter: u8) -> io::Result<Writer<W>> {
    out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    let mut builder = WriterBuilder::new();
    Ok(builder
        .delimiter(delimiter)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(out))
}

pub(super) fn finished<W: Write>(writer: Writer<W>) -> io::Result<W> {
    writer
        .into_inner()
        .map_err(|error| io::Error::new(error.error().kind(), error.to_string()))
}

/// The rejected rows with their own columns and the reason, to be mended and imported again.
///
/// Every cell that would be calculated gets an apostrophe, as in the files of tables; numbers in E.164 form too, since
/// without it a spreadsheet program drops their plus. The import takes it off again.
pub struct RejectedRows<W: Write> {
    out: Writer<W>,
    /// How many columns the file has, and how many of them are before the reason.
    columns: usize,
    own: usize,
}

impl<W: Write> RejectedRows<W> {
    /// Writes the header of the file that is imported, with the column for the reason. A file that was rejected before
    /// has one already, which is filled anew.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn new(out: W, header: &Header, delimiter: u8) -> io::Result<Self> {
        let has_reason = header
            .cells()
            .iter()
            .next_back()
            .is_some_and(|name| name.trim() == REASON);
        let mut rejected = Self {
            out: writer(out, delimiter)?,
            columns: header.cells().len(),
            own: header.cells().len() - usize::from(has_reason),
        };
        rejected.write(header.cells(), REASON)?;
        Ok(rejected)
    }

    /// Adds a row if it was rejected.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn row(&mut self, report: &RowReport, cells: &Cells) -> io::Result<()> {
        match &report.outcome {
            RowOutcome::Rejected { reason } => self.write(cells, reason),
            RowOutcome::Added { .. } | RowOutcome::Updated { .. } | RowOutcome::Unchanged => Ok(()),
        }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn finish(self) -> io::Result<W> {
        finished(self.out)
    }

    fn write(&mut self, cells: &Cells, reason: &str) -> io::Result<()> {
        let own = (0..self.own).map(|column| harmless(cells.get(column).unwrap_or_default()));
        // Cells beyond the header stay to the right of the reason, where the person can see that they are too many.
        let beyond = cells.iter().skip(self.columns).map(harmless);
        self.out.write_record(own.chain([harmless(reason)]).chain(beyond))?;
        Ok(())
    }
}

/// Every row with what became of it.
pub struct ReportFile<W: Write> {
    out: Writer<W>,
}

impl<W: Write> ReportFile<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn new(out: W, delimiter: u8) -> io::Result<Self> {
        let mut out = writer(out, delimiter)?;
        out.write_record(["Line", "Subject", "Outcome", DETAILS])?;
        Ok(Self { out })
    }

    /// Adds a row of the file.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn row(&mut self, report: &RowReport) -> io::Result<()> {
        let record = [
            &report.line.to_string(),
            &subject(&report.subject),
            OutcomeKind::from(&report.outcome).as_str(),
            &harmless(&report.outcome.details()),
        ];
        self.out.write_record(record)?;
        Ok(())
    }

    /// Adds somebody who is not in the file, under no line.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn missing(&mut self, user: &MissingUser, disabled: bool) -> io::Result<()> {
        let outcome = if disabled { "missing, disabled" } else { "missing" };
        let holds = format!("{} numbers, owner of {} groups", user.numbers, user.owned_groups);
        self.out
            .write_record(["", &subject(&user.user_principal_name), outcome, &holds])?;
        Ok(())
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn finish(self) -> io::Result<W> {
        finished(self.out)
    }
}

/// A number in E.164 form is left as it is: it is no formula that could do harm, and programs read this file too.
fn subject(text: &str) -> String {
    match PhoneNumber::parse(text) {
        Ok(number) => number.to_string(),
        Err(_) => harmless(text),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use domain::import::{FieldChange, FieldValue};

    use super::*;
    use crate::import::{ImportFile, NumberColumns};

    fn open(text: &str) -> ImportFile<Cursor<Vec<u8>>, NumberColumns> {
        ImportFile::open(Cursor::new(text.as_bytes().to_vec()), ()).unwrap()
    }

    /// The rejected rows of a file in which every row is rejected with that reason.
    fn rejected(text: &str, reason: &str) -> String {
        let mut file = open(text);
        let mut rows = RejectedRows::new(Vec::new(), file.header(), file.delimiter()).unwrap();
        while let Some(batch) = file.next_batch().unwrap() {
            for row in batch {
                let report = RowReport {
                    line: row.line,
                    subject: row.subject,
                    outcome: RowOutcome::Rejected {
                        reason: reason.to_owned(),
                    },
                };
                rows.row(&report, &row.cells).unwrap();
            }
        }
        String::from_utf8(rows.finish().unwrap()).unwrap()
    }

    #[test]
    fn rejected_rows_keep_their_columns_and_are_not_calculated() {
        let text = "Number;Notes\n+12065550183;=1+1\n'+12535550104;\"a;b\"\n+1\n+14255550130;x;extra\n";
        assert_eq!(
            rejected(text, "Why."),
            "\u{FEFF}Number;Notes;Reason\r\n'+12065550183;'=1+1;Why.\r\n'+12535550104;\"a;b\";Why.\r\n'+1;;Why.\r\n\
             '+14255550130;x;Why.;extra\r\n"
        );
    }

    /// With another separator, or in spite of quotation marks, a spreadsheet may see a cell begin within one.
    #[test]
    fn no_part_of_a_rejected_row_is_calculated() {
        let text = "Number,Notes\n+12065550183,\"a;=1+1\"\n+12535550104,\"b\n@SUM(A1)\"\n";
        let file = rejected(text, "It says “a;=1+1”.");
        assert_eq!(
            file,
            "\u{FEFF}Number,Notes,Reason\r\n'+12065550183,a;'=1+1,It says “a;'=1+1”.\r\n\
             '+12535550104,\"b\n'@SUM(A1)\",It says “a;'=1+1”.\r\n"
        );
        assert_eq!(rejected(&file, "It says “a;=1+1”."), file);
    }

    #[test]
    fn rejected_rows_can_be_imported_and_rejected_again() {
        let once = rejected("Number,SMS\n+12065550183,maybe\n", "Why.");
        assert_eq!(rejected(&once, "Why now."), once.replace("Why.", "Why now."));
        let mut file = open(&once.replace("maybe", "TRUE"));
        let batch = file.next_batch().unwrap().unwrap();
        assert_eq!(batch[0].content.as_ref().unwrap().number.to_string(), "+12065550183");
    }

    #[test]
    fn the_report_has_a_line_for_each_row() {
        let mut report = ReportFile::new(Vec::new(), b',').unwrap();
        let row = |line, subject: &str, outcome| RowReport {
            line,
            subject: subject.to_owned(),
            outcome,
        };
        let added = RowOutcome::Added {
            values: vec![FieldValue::Sms(true), FieldValue::Voice(true)],
        };
        report.row(&row(2, "+12065550183", added)).unwrap();
        let rejected = RowOutcome::Rejected {
            reason: "A formula, really.".to_owned(),
        };
        report.row(&row(3, "=1+1", rejected)).unwrap();
        let renamed = FieldChange {
            before: FieldValue::DisplayName("Bela;=1+1".to_owned()),
            after: FieldValue::DisplayName("Bela".to_owned()),
        };
        let updated = RowOutcome::Updated { changes: vec![renamed] };
        report.row(&row(4, "bela@clinic.example", updated)).unwrap();
        report
            .row(&row(5, "carl@clinic.example", RowOutcome::Unchanged))
            .unwrap();
        let user = MissingUser {
            user_principal_name: "ada@clinic.example".to_owned(),
            display_name: "Ada".to_owned(),
            numbers: 2,
            owned_groups: 0,
        };
        report.missing(&user, true).unwrap();
        assert_eq!(
            String::from_utf8(report.finish().unwrap()).unwrap(),
            "\u{FEFF}Line,Subject,Outcome,Details\r\n2,+12065550183,added,SMS on; Voice on\r\n\
             3,'=1+1,rejected,\"A formula, really.\"\r\n\
             4,bela@clinic.example,updated,Name Bela;'=1+1 → Bela\r\n5,carl@clinic.example,unchanged,\r\n\
             ,ada@clinic.example,\"missing, disabled\",\"2 numbers, owner of 0 groups\"\r\n"
        );
    }
}
