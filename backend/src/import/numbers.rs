//! Files with phone numbers: those of the older portal, and those with the whole number in one column.

use domain::{domain_subscription::DomainName, number::NumberChange, phone::PhoneNumber};

use super::{
    Cells, FileError, Header, Layout,
    cell::{clean, flag, quoted, typed},
    phone::{read_national_number, read_number},
};

/// A row about a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRow {
    /// The number.
    pub number: PhoneNumber,
    /// What the row says about it, apart from the carrier profile. Empty cells say nothing.
    pub change: NumberChange,
    /// The name of the carrier profile, as written.
    pub carrier_profile: Option<String>,
}

/// Which column holds what.
#[derive(Clone, Debug)]
pub struct NumberColumns {
    number: usize,
    country_code: Option<usize>,
    sms: Option<usize>,
    mms: Option<usize>,
    group_mms: Option<usize>,
    voice: Option<usize>,
    carrier_profile: Option<usize>,
    domain: Option<usize>,
}

impl Layout for NumberColumns {
    type Settings = ();
    type Row = NumberRow;

    const EXPECTED: &'static str = "the column Number, or the columns Country Code and Phone Number";
    const FIELDS: usize = 8;

    fn find(header: &Header, (): &()) -> Result<Option<Self>, FileError> {
        let names = [
            "number",
            "phonenumber",
            "e164",
            "e164number",
            "telephonenumber",
            "telephone",
        ];
        let Some(number) = header.column(&names)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            number,
            country_code: header.column(&["countrycode"])?,
            sms: header.column(&["sms", "smscapable", "smsenabled"])?,
            mms: header.column(&["mms", "mmscapable", "mmsenabled"])?,
            group_mms: header.column(&["groupmms", "groupmmscapable", "groupmmsenabled"])?,
            voice: header.column(&["voice", "voicecapable", "voiceenabled"])?,
            carrier_profile: header.column(&["carrierprofile", "smscarrierprofile"])?,
            domain: header.column(&["domain", "hostingdomain"])?,
        }))
    }

    fn chosen(columns: &[Option<usize>], (): &()) -> Option<Self> {
        let [
            number,
            country_code,
            sms,
            mms,
            group_mms,
            voice,
            carrier_profile,
            domain,
        ] = *columns
        else {
            return None;
        };
        Some(Self {
            number: number?,
            country_code,
            sms,
            mms,
            group_mms,
            voice,
            carrier_profile,
            domain,
        })
    }

    fn placed(&self) -> Vec<Option<usize>> {
        vec![
            Some(self.number),
            self.country_code,
            self.sms,
            self.mms,
            self.group_mms,
            self.voice,
            self.carrier_profile,
            self.domain,
        ]
    }

    fn subject(&self, cells: &Cells) -> String {
        let number = cells.get(self.number).unwrap_or_default();
        match self.country_code.and_then(|column| cells.get(column)) {
            Some(code) => format!("{} {}", code.trim(), number.trim()),
            None => number.to_owned(),
        }
    }

    fn read(&self, cells: &Cells) -> Result<NumberRow, String> {
        let cell = |column: usize| cells.get(column).unwrap_or_default();
        let optional = |column: Option<usize>| column.map(cell).unwrap_or_default();
        let number = match self.country_code {
            Some(code) => read_national_number(cell(code), cell(self.number)),
            None => read_number(cell(self.number)),
        };
        let number = number.map_err(|problem| problem.to_string())?;
        let change = NumberChange {
            sms: flag(optional(self.sms), "SMS")?,
            mms: flag(optional(self.mms), "MMS")?,
            group_mms: flag(optional(self.group_mms), "Group MMS")?,
            voice: flag(optional(self.voice), "Voice")?,
            carrier_profile: None,
            domain: domain(optional(self.domain))?,
        };
        let profile = typed(optional(self.carrier_profile));
        Ok(NumberRow {
            number,
            change,
            carrier_profile: (!profile.is_empty()).then_some(profile),
        })
    }
}

fn domain(cell: &str) -> Result<Option<DomainName>, String> {
    let name = clean(cell);
    if name.is_empty() {
        return Ok(None);
    }
    DomainName::parse(name)
        .map(Some)
        .map_err(|error| format!("The domain {} {error}.", quoted(name)))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use rstest::rstest;

    use super::*;
    use crate::import::ImportFile;

    fn open(text: impl Into<Vec<u8>>) -> Result<ImportFile<Cursor<Vec<u8>>, NumberColumns>, FileError> {
        ImportFile::open(Cursor::new(text.into()), ())
    }

    /// Each row as its line and what was read or why not.
    fn rows(text: impl Into<Vec<u8>>) -> Vec<(u64, Result<NumberRow, String>)> {
        let mut file = open(text).unwrap();
        let mut rows = Vec::new();
        while let Some(batch) = file.next_batch().unwrap() {
            rows.extend(batch.into_iter().map(|row| (row.line, row.content)));
        }
        rows
    }

    fn number(text: &str) -> PhoneNumber {
        PhoneNumber::parse(text).unwrap()
    }

    #[rstest]
    #[case("Country Code,Phone Number,Voice,SMS\n1,2535550159,TRUE,FALSE\n")]
    #[case("sep=;\nphone number;COUNTRY-CODE;sms;voice\n2535550159;1;0;1\n")]
    #[case("Voice\tSMS\tE.164\tNotes\r\nWAHR\tFALSCH\t'+12535550159\t\"two\r\nlines\"\r\n")]
    #[case("\u{FEFF}\"Number\",\"Voice capable\",\"SMS capable\"\n\"+1 253 555-0159\",yes,no\n")]
    fn columns_are_found_by_their_names(#[case] text: &str) {
        let rows = rows(text);
        let (_, Ok(row)) = &rows[0] else { panic!("{rows:?}") };
        assert_eq!(row.number, number("+12535550159"));
        assert_eq!((row.change.voice, row.change.sms), (Some(true), Some(false)));
        assert_eq!(row.change.mms, None);
    }

    #[test]
    fn spreadsheets_write_utf_16_too() {
        let text = "\u{FEFF}Number\tCarrier Profile\r\n+12535550159\tZürich\r\n";
        for bytes in [
            text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ] {
            let rows = rows(bytes);
            assert_eq!(rows[0].1.as_ref().unwrap().carrier_profile.as_deref(), Some("Zürich"));
        }
    }

    #[test]
    fn spreadsheets_write_windows_1252_still() {
        let rows = rows(b"Number;Carrier Profile\r\n+12535550159;Z\xFCrich\r\n");
        assert_eq!(rows[0].1.as_ref().unwrap().carrier_profile.as_deref(), Some("Zürich"));
    }

    #[test]
    fn empty_cells_say_nothing_and_empty_rows_are_no_rows() {
        let rows = rows("Number;SMS;Domain;Carrier Profile\n;;;\n+12535550159\n\n;; ;\n");
        assert_eq!(rows.len(), 1);
        let (line, Ok(row)) = &rows[0] else { panic!("{rows:?}") };
        assert_eq!((*line, &row.change), (3, &NumberChange::default()));
    }

    #[rstest]
    #[case("+12535550159,perhaps,", "SMS must be TRUE or FALSE, but is “perhaps”.")]
    #[case(
        "+12535550159,,a b",
        "The domain “a b” is not a domain name, such as sms.company.example."
    )]
    #[case("+12535550159,TRUE,a.example,more", "This row has more cells than the header.")]
    #[case(
        "\"+12535550159,TRUE,",
        "A quotation mark (\") is opened and never closed in this row."
    )]
    fn a_row_that_cannot_be_used_says_why(#[case] row: &str, #[case] reason: &str) {
        let rows = rows(format!("Number,SMS,Domain\n{row}\n+12535550104,TRUE,\n"));
        let (2, Err(told)) = &rows[0] else { panic!("{rows:?}") };
        assert!(told.starts_with(reason), "{told}");
        assert!(matches!(rows[1], (3, Ok(_))), "{rows:?}");
    }

    #[test]
    fn a_damaged_letter_matters_only_in_columns_that_are_read() {
        let rows =
            rows(b"Number,Domain,Notes\n+12535550159,\xE9.example,\xC3\xA9\xC3\xA9\n+12535550104,,\xE9\xC3\xA9\n");
        assert_eq!(
            rows[0].1,
            Err("This row has a letter that cannot be read. Enter it again.".to_owned())
        );
        assert!(rows[1].1.is_ok());
    }

    #[rstest]
    #[case("", "is empty")]
    #[case("\u{FEFF}\n \n", "is empty")]
    #[case("sep=,\n", "is empty")]
    #[case(
        "+12535550159\n+12535550160\n",
        "has no header that can be recognized; its first line must name the column"
    )]
    #[case("Name,SMS\nAda,TRUE\n", "has no header that can be recognized")]
    #[case(
        "Number,SMS,Phone Number\n1,2,3\n",
        "has two columns for the same thing, \"Number\" and \"Phone Number\""
    )]
    fn a_file_of_another_kind_is_refused(#[case] text: &str, #[case] reason: &str) {
        let Err(error) = open(text) else {
            panic!("the file was taken")
        };
        assert!(error.to_string().starts_with(reason), "{error}");
    }

    #[test]
    fn a_file_can_be_read_twice() {
        let mut file = open("Number\n+12535550159\n").unwrap();
        assert_eq!(file.next_batch().unwrap().unwrap().len(), 1);
        let mut file = file.rewound().unwrap();
        assert_eq!(file.next_batch().unwrap().unwrap()[0].line, 2);
        assert!(file.next_batch().unwrap().is_none());
    }

    #[test]
    fn rows_come_in_batches_up_to_the_limit() {
        let mut file = open(format!("Number\n{}", "x\n".repeat(500_001))).unwrap();
        assert_eq!(file.next_batch().unwrap().unwrap().len(), 1_000);
        let error = loop {
            match file.next_batch() {
                Ok(batch) => assert!(batch.is_some()),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, FileError::TooManyRows), "{error}");
    }
}
