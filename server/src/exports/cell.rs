//! Cells, and lines of them.
//!
//! What people have typed is made harmless for spreadsheets ([`domain::spreadsheet`]). What the portal writes itself stays
//! as it is, its kind of column decides: counts, moments, and phone numbers, whose plus is followed by digits only, so that
//! an import reads a column of numbers back unchanged.

use chrono::{DateTime, SecondsFormat, Utc};
use csv::{Terminator, WriterBuilder};
use domain::{phone::PhoneNumber, spreadsheet::harmless};

/// Tells spreadsheets that what follows is UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One cell, safe to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell(String);

impl Cell {
    /// Words of the portal itself: a heading, a state.
    pub(super) fn words(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    /// What people or carriers have written.
    pub(super) fn text(text: &str) -> Self {
        Self(harmless(text))
    }

    /// A count.
    pub(super) fn count(count: u32) -> Self {
        Self(count.to_string())
    }

    /// A moment as ISO 8601 in UTC, to the second; empty where there is none.
    pub(super) fn moment(at: Option<DateTime<Utc>>) -> Self {
        Self(at.map_or_else(String::new, |at| at.to_rfc3339_opts(SecondsFormat::Secs, true)))
    }

    /// Phone numbers as E.164, separated by a comma and a space as they are copied from the table.
    pub(super) fn phones(numbers: &[PhoneNumber]) -> Self {
        Self(numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    }
}

impl AsRef<[u8]> for Cell {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Rows as lines of the file.
///
/// # Errors
/// None of its own: memory takes everything.
pub(super) fn lines(rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row)?;
    }
    writer.flush()?;
    Ok(writer.get_ref().clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_a_formula() {
        assert_eq!(Cell::text("a;=1"), Cell("a;'=1".to_owned()));
        assert_eq!(Cell::words("=1"), Cell("=1".to_owned()));
    }

    #[test]
    fn numbers_and_moments_stay_as_they_are() {
        let number = |text| PhoneNumber::parse(text).unwrap();
        let numbers = [number("+12065550100"), number("+442079460018")];
        assert_eq!(Cell::phones(&numbers[..1]), Cell("+12065550100".to_owned()));
        assert_eq!(Cell::phones(&numbers), Cell("+12065550100, +442079460018".to_owned()));
        let at = DateTime::from_timestamp(1_795_600_000, 5_000_000);
        assert_eq!(Cell::moment(at), Cell("2026-11-25T09:46:40Z".to_owned()));
        assert_eq!(Cell::moment(None), Cell(String::new()));
    }

    #[test]
    fn quotation_marks_stand_where_they_are_needed() {
        let row = ["plain", "a, b", "say \"hi\"", "two\nlines", "naïve 売上"].map(Cell::text);
        let line = String::from_utf8(lines([row.to_vec()]).unwrap()).unwrap();
        assert_eq!(line, "plain,\"a, b\",\"say \"\"hi\"\"\",\"two\nlines\",naïve 売上\r\n");
    }
}
