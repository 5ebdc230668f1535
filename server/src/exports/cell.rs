//! Cells, and lines of them.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and works it out, whoever has written it
//! ("CSV injection", <https://owasp.org/www-community/attacks/CSV_Injection>). So what people have typed gets an
//! apostrophe before such a beginning, which spreadsheets show as text. What the portal writes itself stays as it is, its
//! kind of column decides: counts, moments, and phone numbers, whose plus is followed by digits only, so that an import
//! reads a column of numbers back unchanged.

use chrono::{DateTime, SecondsFormat, Utc};
use csv::{Terminator, WriterBuilder};
use domain::phone::PhoneNumber;

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

/// `text` with an apostrophe before what a spreadsheet could take for a formula: at the beginning, and where a
/// spreadsheet that parts cells by semicolons or lines in spite of quotation marks could see another cell begin.
fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    let mut cell_begins = true;
    for c in text.chars() {
        if cell_begins && begins_formula(c) {
            safe.push('\'');
        }
        safe.push(c);
        cell_begins = matches!(c, ';' | '\t' | '\r' | '\n') || (cell_begins && matches!(c, ' ' | '"'));
    }
    safe
}

/// The characters that OWASP names, and the wide forms that some spreadsheets take for the same.
fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}'
    )
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
    use rstest::rstest;

    #[rstest]
    #[case("Front Desk", "Front Desk")]
    #[case("", "")]
    #[case("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    #[case("+1 team", "'+1 team")]
    #[case("-5", "'-5")]
    #[case("@SUM(A1)", "'@SUM(A1)")]
    #[case("\t=1", "'\t'=1")]
    #[case("\r=1", "'\r'=1")]
    #[case(" =1", " '=1")]
    #[case("\u{FF1D}1", "'\u{FF1D}1")]
    #[case("a;=1", "a;'=1")]
    #[case("a\";\"=1", "a\";\"'=1")]
    #[case("a\n=1", "a\n'=1")]
    #[case("a=b-c+d@e", "a=b-c+d@e")]
    #[case("x; y", "x; y")]
    fn text_is_never_a_formula(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(harmless(text), expected);
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
