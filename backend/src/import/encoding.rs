//! Which bytes mean which letters: UTF-8 with or without a mark at its beginning, UTF-16 with one, Windows-1252.

use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{FileError, MAX_FILE_BYTES};

/// The first bytes of .xlsx files (a ZIP archive) and of .xls files (an OLE compound file).
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0"];

/// Reads the whole file once and tells its encoding.
///
/// A mark at the beginning decides. Without one it is UTF-8, unless more of its letters are no UTF-8 than are: spreadsheet
/// programs still write Windows-1252, and no text of that is well-formed UTF-8 for long. One damaged letter among many
/// good ones does not make the good ones unreadable, then.
///
/// # Errors
/// [`FileError`] when the file is empty, too large, or no text.
pub(super) fn detect(file: &mut (impl Read + Seek)) -> Result<&'static Encoding, FileError> {
    file.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 64 * 1024];
    let mut letters = Letters::default();
    let mut marked = None;
    let mut bytes = 0;
    loop {
        let length = fill(file, &mut buffer)?;
        let Some(chunk) = buffer.get(..length).filter(|chunk| !chunk.is_empty()) else {
            break;
        };
        if bytes == 0 {
            if WORKBOOKS.iter().any(|start| chunk.starts_with(start)) {
                return Err(FileError::Workbook);
            }
            marked = Encoding::for_bom(chunk).map(|(encoding, _)| encoding);
        }
        bytes += u64::try_from(length).unwrap_or(u64::MAX);
        if bytes > MAX_FILE_BYTES {
            return Err(FileError::TooLarge);
        }
        // Without a mark, or with that of UTF-8, no letter has a zero byte.
        if marked.is_none_or(|encoding| encoding == UTF_8) && chunk.contains(&0) {
            return Err(FileError::Binary);
        }
        letters.count(chunk);
    }
    file.seek(SeekFrom::Start(0))?;
    match marked {
        _ if bytes == 0 => Err(FileError::Empty),
        Some(encoding) => Ok(encoding),
        None if letters.mostly_broken() => Ok(WINDOWS_1252),
        None => Ok(UTF_8),
    }
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while let Some(rest) = buffer.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// How many letters beyond ASCII are UTF-8, and how many bytes are not.
#[derive(Default)]
struct Letters {
    well_formed: u64,
    broken: u64,
    /// The beginning of a letter that the last chunk ended in.
    cut: Vec<u8>,
}

impl Letters {
    fn count(&mut self, chunk: &[u8]) {
        if chunk.is_ascii() && self.cut.is_empty() {
            return;
        }
        let bytes = [self.cut.as_slice(), chunk].concat();
        let (whole, cut) = bytes.split_at(bytes.len() - cut_length(&bytes));
        for part in whole.utf8_chunks() {
            let beyond_ascii = part.valid().bytes().filter(|byte| *byte >= 0xC0).count();
            self.well_formed += u64::try_from(beyond_ascii).unwrap_or(u64::MAX);
            self.broken += u64::from(!part.invalid().is_empty());
        }
        self.cut = cut.to_vec();
    }

    fn mostly_broken(&self) -> bool {
        self.broken + u64::from(!self.cut.is_empty()) > self.well_formed
    }
}

/// How many bytes at the end begin a UTF-8 letter that goes on after them.
fn cut_length(bytes: &[u8]) -> usize {
    let letter_length = |first: u8| match first {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => 1,
    };
    let cut = |length: &usize| {
        let first = bytes.len().checked_sub(*length).and_then(|at| bytes.get(at));
        first.is_some_and(|first| letter_length(*first) > *length)
    };
    (1..=3).find(cut).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use encoding_rs::{UTF_16BE, UTF_16LE};
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(b"Number\n", UTF_8)]
    #[case(b"\xEF\xBB\xBFNumber\n", UTF_8)]
    #[case("Zoë Ødegård\n".as_bytes(), UTF_8)]
    #[case(b"Zo\xEB \xD8deg\xE5rd\n", WINDOWS_1252)]
    #[case(b"\xFF\xFEN\0", UTF_16LE)]
    #[case(b"\xFE\xFF\0N", UTF_16BE)]
    fn the_encoding_is_told_from_the_bytes(#[case] bytes: &[u8], #[case] expected: &'static Encoding) {
        assert_eq!(detect(&mut Cursor::new(bytes)).unwrap(), expected);
    }

    #[test]
    fn one_damaged_letter_does_not_spoil_the_others() {
        let mut bytes = "Zoë Ødegård\nZo".as_bytes().to_vec();
        bytes.extend(b"\xEB\n");
        assert_eq!(detect(&mut Cursor::new(bytes)).unwrap(), UTF_8);
    }

    #[rstest]
    #[case("é", 1)]
    #[case("→", 1)]
    #[case("→", 2)]
    #[case("👩", 3)]
    fn a_letter_across_two_chunks_is_whole(#[case] letter: &str, #[case] before_the_cut: usize) {
        let text = format!(
            "{}{letter}{}",
            "a".repeat(64 * 1024 - before_the_cut),
            "a".repeat(70_000)
        );
        assert_eq!(detect(&mut Cursor::new(text)).unwrap(), UTF_8);
    }

    #[test]
    fn a_letter_cut_by_the_end_of_the_file_is_broken() {
        assert_eq!(detect(&mut Cursor::new(b"Zo\xEB")).unwrap(), WINDOWS_1252);
    }

    #[rstest]
    #[case(b"", "is empty")]
    #[case(b"PK\x03\x04rest", "is a workbook")]
    #[case(b"\xD0\xCF\x11\xE0rest", "is a workbook")]
    #[case(b"\x7FELF\0\0", "is not a text file")]
    fn what_is_no_text_is_refused(#[case] bytes: &[u8], #[case] reason: &str) {
        let error = detect(&mut Cursor::new(bytes)).unwrap_err();
        assert!(error.to_string().starts_with(reason), "{error}");
    }

    #[test]
    fn a_file_above_the_limit_is_refused() {
        let mut endless = io::repeat(b'a').take(MAX_FILE_BYTES + 1);
        let mut bytes = Vec::new();
        endless.read_to_end(&mut bytes).unwrap();
        assert!(matches!(detect(&mut Cursor::new(&bytes)), Err(FileError::TooLarge)));
        bytes.pop();
        assert!(detect(&mut Cursor::new(&bytes)).is_ok());
    }
}
