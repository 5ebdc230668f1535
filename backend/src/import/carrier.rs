//! What a carrier lists, written as a file with numbers.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::{cell::shortened, reports::finished};
use crate::carriers::RemoteNumber;

/// The first line; the mark before it says how the file is encoded.
pub(crate) const CARRIER_HEADER: &str = "\u{FEFF}Phone Number,SMS,MMS,Group MMS,Carrier Profile,Domain\r\n";
/// Every number that is listed can do SMS: that is what the list is of.
const SMS: &str = "TRUE";
/// How many characters of what the carrier writes are kept; no value of use is longer.
const CELL_CHARS: usize = 253;
/// A number of so many digits may be one without its country code.
const NATIONAL_DIGITS: usize = 10;

/// The rows of these numbers, which are to send through `profile`.
///
/// # Errors
/// When they cannot be written.
pub(crate) fn carrier_rows(profile: &str, numbers: &[RemoteNumber]) -> io::Result<Vec<u8>> {
    let mut out = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for number in numbers {
        let [mms, group_mms, domain] = [&number.mms, &number.group_mms, &number.domain].map(|text| cell(text));
        let number = with_plus(&number.number);
        out.write_record([number.as_str(), SMS, &mms, &group_mms, profile, &domain])?;
    }
    finished(out)
}

fn cell(text: &str) -> String {
    shortened(text, CELL_CHARS)
}

/// The number with the plus that carriers leave out. One that may lack its country code stays as it is: the import says so
/// rather than taking it for another country's.
fn with_plus(number: &str) -> String {
    let number = cell(number);
    let is_whole =
        number.len() > NATIONAL_DIGITS && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole { format!("+{number}") } else { number }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::import::{ImportFile, NumberColumns, NumberRow, ParsedRow};

    fn listed(number: &str, mms: &str, domain: &str) -> RemoteNumber {
        RemoteNumber {
            number: number.to_owned(),
            domain: domain.to_owned(),
            mms: mms.to_owned(),
            group_mms: String::new(),
        }
    }

    /// The rows as the import reads them.
    fn read(profile: &str, numbers: &[RemoteNumber]) -> Vec<ParsedRow<NumberRow>> {
        let mut file = CARRIER_HEADER.as_bytes().to_vec();
        file.extend(carrier_rows(profile, numbers).unwrap());
        let mut file: ImportFile<_, NumberColumns> = ImportFile::open(Cursor::new(file), ()).unwrap();
        file.next_batch().unwrap().unwrap()
    }

    #[test]
    fn what_is_listed_is_read_back() {
        let numbers = [
            listed("12065550183", "true", "Voice.Example"),
            listed("+442079460018", "no", "voice"),
            listed("12535550159", "", ""),
        ];
        let rows = read("Main, \"west\"", &numbers);
        let told = |row: &ParsedRow<NumberRow>| {
            let row = row.content.as_ref().unwrap();
            let domain = row.change.domain.as_ref().map(ToString::to_string);
            (row.number.to_string(), row.change.sms, row.change.mms, domain)
        };
        let expected = [
            ("+12065550183", Some(true), Some("voice.example")),
            ("+442079460018", Some(false), Some("voice")),
            ("+12535550159", None, None),
        ];
        for (row, (number, mms, domain)) in rows.iter().zip(expected) {
            let expected = (number.to_owned(), Some(true), mms, domain.map(str::to_owned));
            assert_eq!(told(row), expected);
            let profile = &row.content.as_ref().unwrap().carrier_profile;
            assert_eq!(profile.as_deref(), Some("Main, \"west\""));
        }
        assert_eq!(rows.len(), expected.len());
    }

    #[test]
    fn what_is_wrong_stays_in_its_row() {
        let numbers = [
            listed("2065550183", "true", "voice"),
            listed("", "true", "voice"),
            listed("12065550183", "perhaps", "voice"),
            listed("12065550184", "true", "a\nb"),
            listed("1206\"\n555,0185", "true", "voice"),
            listed("12065550186", "true", "voice"),
        ];
        let rows = read("Main", &numbers);
        let reasons: Vec<_> = rows.iter().map(|row| row.content.as_ref().err().cloned()).collect();
        assert!(reasons[..5].iter().all(Option::is_some), "{reasons:?}");
        assert_eq!((reasons.len(), reasons[5].as_deref()), (6, None));
        assert!(reasons[0].as_ref().unwrap().starts_with("The country code is missing."));
    }
}
