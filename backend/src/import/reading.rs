//! How a file is to be read, where somebody knows better than what can be told from it, and what can be told.

use std::io::{Read, Seek};

use domain::import::{FileEncoding, FileShape, FirstLine, Separator};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{
    FileError, Layout,
    cell::shortened,
    encoding,
    header::{self, Looked},
    lines::Lines,
    records::Records,
};

/// How many rows are shown of a file, and at most how many characters of a cell.
const SAMPLE_ROWS: usize = 3;
const SAMPLE_CHARS: usize = 60;

/// What is settled about a file; what is not is told from the file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    encoding: Option<&'static Encoding>,
    pub(super) delimiter: Option<u8>,
    pub(super) first_line: Option<FirstLine>,
    /// For each field of the layout the column that holds it.
    pub(super) columns: Option<Vec<Option<usize>>>,
}

impl Reading {
    /// With that encoding, separator and first line, and the columns as their names tell.
    #[must_use]
    pub fn of_text(encoding: FileEncoding, separator: Separator, first_line: FirstLine) -> Self {
        Self {
            encoding: Some(stored_encoding(encoding)),
            delimiter: Some(separator.byte()),
            first_line: Some(first_line),
            columns: None,
        }
    }

    pub(super) fn encoding_or(&self, told: &'static Encoding) -> &'static Encoding {
        self.encoding.unwrap_or(told)
    }
}

impl From<&FileShape> for Reading {
    fn from(shape: &FileShape) -> Self {
        let column = |column: &Option<u32>| column.and_then(|column| usize::try_from(column).ok());
        Self {
            columns: Some(shape.columns.iter().map(column).collect()),
            ..Self::of_text(shape.encoding, shape.separator, shape.first_line)
        }
    }
}

/// What can be told from a file before its rows are read.
#[derive(Clone, Debug)]
pub struct Look {
    /// The names of its columns; made up where it has none.
    pub header: Vec<String>,
    /// Its first rows as they are read, with long cells cut short.
    pub sample: Vec<Vec<String>>,
    /// How it would be read. Without the columns that must be there it cannot be yet.
    pub shape: FileShape,
}

/// Looks at all of the file once, for its encoding, and at its first rows. A first line that is no header of this kind is
/// no fault here: a person can say what its columns hold.
///
/// # Errors
/// [`FileError`] when it is not a text file, or too large.
pub fn look<L: Layout>(
    file: &mut (impl Read + Seek),
    settings: &L::Settings,
    reading: &Reading,
) -> Result<Look, FileError> {
    let encoding = reading.encoding_or(encoding::detect(file)?);
    file.rewind()?;
    let mut records = Records::new(Lines::new(file, encoding), b',');
    let looked: Looked<L> = header::look(&mut records, settings, reading)?;
    let header = looked.header.cells();
    let placed = looked
        .layout
        .map_or_else(|| vec![None; L::FIELDS], |layout| layout.placed());
    records.split_at(looked.delimiter, placed.iter().flatten().copied().collect());
    let column = |column: Option<usize>| column.and_then(|column| u32::try_from(column).ok());
    Ok(Look {
        header: header.iter().map(str::to_owned).collect(),
        sample: sample(&mut records, header.len())?,
        shape: FileShape {
            encoding: told_encoding(encoding),
            separator: Separator::of_byte(looked.delimiter),
            first_line: looked.first_line,
            columns: placed.into_iter().map(column).collect(),
        },
    })
}

/// The next rows that hold something in the first `columns` columns.
fn sample(records: &mut Records<impl Read>, columns: usize) -> Result<Vec<Vec<String>>, FileError> {
    let mut sample = Vec::new();
    while sample.len() < SAMPLE_ROWS {
        let Some(record) = records.next()? else { break };
        let cells = record.cells.iter().take(columns);
        let cells: Vec<String> = cells.map(|cell| shortened(cell, SAMPLE_CHARS)).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            sample.push(cells);
        }
    }
    Ok(sample)
}

fn stored_encoding(encoding: FileEncoding) -> &'static Encoding {
    match encoding {
        FileEncoding::Utf8 => UTF_8,
        FileEncoding::Utf16Le => UTF_16LE,
        FileEncoding::Utf16Be => UTF_16BE,
        FileEncoding::Windows1252 => WINDOWS_1252,
    }
}

fn told_encoding(encoding: &'static Encoding) -> FileEncoding {
    let same = |known: &FileEncoding| stored_encoding(*known) == encoding;
    FileEncoding::ALL.into_iter().find(same).unwrap_or(FileEncoding::Utf8)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use rstest::rstest;

    use super::*;
    use crate::import::{ImportFile, NumberColumns};

    fn looked(text: &str) -> Look {
        look::<NumberColumns>(&mut Cursor::new(text.as_bytes()), &(), &Reading::default()).unwrap()
    }

    #[test]
    fn encoding_separator_and_columns_are_told() {
        let look = looked("Country Code;Phone Number;Notes;SMS\n1;2065550183;;TRUE\n");
        assert_eq!(look.header, ["Country Code", "Phone Number", "Notes", "SMS"]);
        assert_eq!(
            look.shape,
            FileShape {
                encoding: FileEncoding::Utf8,
                separator: Separator::Semicolon,
                first_line: FirstLine::Names,
                columns: vec![Some(1), Some(0), Some(3), None, None, None, None, None],
            }
        );
    }

    #[test]
    fn an_unknown_header_is_looked_at_all_the_same() {
        let look = looked("Rufnummer;Kurznachrichten\n+12065550183;WAHR\n");
        assert_eq!(look.header, ["Rufnummer", "Kurznachrichten"]);
        assert_eq!(look.shape.separator, Separator::Semicolon);
        assert_eq!(look.shape.columns, [None; 8]);
    }

    #[test]
    fn the_first_rows_are_told_as_they_are_read() {
        let rows = "+12065550183;TRUE;\"two\nlines\"\n\n;;\n'+12065550184;;Zoë;more\n3\n4\n";
        let expected = [
            vec!["+12065550183", "TRUE", "two lines"],
            vec!["'+12065550184", "", "Zoë"],
            vec!["3"],
        ];
        assert_eq!(looked(&format!("Number;SMS;Notes\n{rows}")).sample, expected);
        assert_eq!(looked(&format!("Rufnummer;SMS;Notiz\n{rows}")).sample, expected);
        let long = looked(&format!("Number\n{}\n", "1".repeat(1_000))).sample;
        assert_eq!(long, [[format!("{}…", "1".repeat(SAMPLE_CHARS - 1))]]);
        assert!(looked("Number;SMS\n").sample.is_empty());
    }

    #[rstest]
    #[case::number("+12065550183;TRUE\n+12065550184;FALSE\n", FirstLine::Row)]
    #[case::number_as_people_write_it("1;(206) 555-0183\n1;(206) 555-0184\n", FirstLine::Row)]
    #[case::sign_in_name("zoe@clinic.example;Zoë\nada@clinic.example;Ada\n", FirstLine::Row)]
    #[case::names("Number;SMS\n+12065550183;TRUE\n", FirstLine::Names)]
    #[case::names_with_values("Number;zoe@clinic.example\n+12065550183;x\n", FirstLine::Names)]
    #[case::unknown_names("Rufnummer;SMS 2026\n+12065550183;TRUE\n", FirstLine::Names)]
    fn a_first_line_with_values_is_a_row(#[case] text: &str, #[case] expected: FirstLine) {
        assert_eq!(looked(text).shape.first_line, expected);
    }

    #[test]
    fn a_file_without_names_is_read_from_its_first_line() {
        let text = "\nsep=;\n+12065550183;TRUE\n+12065550184;FALSE\n";
        let look = looked(text);
        assert_eq!(look.header, ["Column 1", "Column 2"]);
        assert_eq!(look.sample, [["+12065550183", "TRUE"], ["+12065550184", "FALSE"]]);
        assert_eq!(look.shape.columns, [None; 8]);
        let mut shape = look.shape;
        shape.columns[0] = Some(0);
        shape.columns[2] = Some(1);
        let file = Cursor::new(text.as_bytes().to_vec());
        let file: ImportFile<_, NumberColumns> = ImportFile::open_as(file, (), Reading::from(&shape)).unwrap();
        let mut file = file.rewound().unwrap();
        let rows = file.next_batch().unwrap().unwrap();
        let read: Vec<_> = rows
            .into_iter()
            .map(|row| (row.line, row.content.unwrap().change.sms))
            .collect();
        assert_eq!(read, [(3, Some(true)), (4, Some(false))]);
    }

    #[test]
    fn a_person_knows_better_what_the_first_line_is() {
        let told = |text: &str, first_line| {
            let reading = Reading::of_text(FileEncoding::Utf8, Separator::Semicolon, first_line);
            look::<NumberColumns>(&mut Cursor::new(text.as_bytes()), &(), &reading).unwrap()
        };
        let names = told("Number;SMS\n+12065550183;TRUE\n", FirstLine::Row);
        assert_eq!(names.header, ["Column 1", "Column 2"]);
        assert_eq!(names.sample, [["Number", "SMS"], ["+12065550183", "TRUE"]]);
        let row = told("+12065550183;TRUE\n", FirstLine::Names);
        assert_eq!(
            (row.header, row.sample),
            (vec!["+12065550183".to_owned(), "TRUE".to_owned()], vec![])
        );
    }

    #[test]
    fn letters_of_another_encoding_show_in_the_first_rows() {
        let told = |reading: &Reading| {
            let file = b"Number;Notes\n1;Zo\xEB \x80 5\n";
            let look = look::<NumberColumns>(&mut Cursor::new(file), &(), reading);
            look.unwrap().sample
        };
        assert_eq!(told(&Reading::default()), [["1", "Zoë € 5"]]);
        let utf_8 = Reading::of_text(FileEncoding::Utf8, Separator::Semicolon, FirstLine::Names);
        assert_eq!(told(&utf_8), [["1", "Zo\u{FFFD} \u{FFFD} 5"]]);
    }

    #[test]
    fn columns_that_a_person_chose_are_read() {
        let text = "Rufnummer;Kurznachrichten\n+12065550183;WAHR\n";
        let mut shape = looked(text).shape;
        shape.columns[0] = Some(0);
        shape.columns[2] = Some(1);
        let file = Cursor::new(text.as_bytes().to_vec());
        let mut file: ImportFile<_, NumberColumns> = ImportFile::open_as(file, (), Reading::from(&shape)).unwrap();
        let row = file.next_batch().unwrap().unwrap().remove(0).content.unwrap();
        assert_eq!(
            (row.number.to_string().as_str(), row.change.sms),
            ("+12065550183", Some(true))
        );
    }

    #[test]
    fn a_column_that_is_not_there_is_no_header() {
        let text = "Rufnummer\n+12065550183\n";
        let mut shape = looked(text).shape;
        shape.columns[0] = Some(7);
        let file = Cursor::new(text.as_bytes().to_vec());
        let opened = ImportFile::<_, NumberColumns>::open_as(file, (), Reading::from(&shape));
        assert!(matches!(opened.map(drop), Err(FileError::NoHeader { .. })));
    }
}
