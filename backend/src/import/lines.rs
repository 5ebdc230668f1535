//! A file as lines of text, whatever its encoding and its line ends.

use std::{
    io::{self, Read},
    mem,
};

use encoding_rs::{Decoder, Encoding};

use super::MAX_ROW_BYTES;

/// How many bytes are read at once.
const CHUNK_BYTES: usize = 32 * 1024;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: u64,
    /// Without its end; the beginning of it when it is too long.
    pub(super) text: String,
    /// Whether it is longer than a row may be.
    pub(super) too_long: bool,
}

/// Reads lines that end in LF, CR LF or, as old programs for the Mac write them, CR.
pub(super) struct Lines<R> {
    file: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: String,
    at: usize,
    number: u64,
    after_cr: bool,
    ended: bool,
}

impl<R: Read> Lines<R> {
    /// Reads `file` from where it stands. What is not of that encoding becomes U+FFFD.
    pub(super) fn new(file: R, encoding: &'static Encoding) -> Self {
        Self {
            file,
            decoder: encoding.new_decoder_with_bom_removal(),
            bytes: vec![0; CHUNK_BYTES],
            text: String::new(),
            at: 0,
            number: 0,
            after_cr: false,
            ended: false,
        }
    }

    /// The file below it.
    pub(super) fn into_inner(self) -> R {
        self.file
    }

    /// The next line; none after the last. A file that ends in a line end has no empty line after it.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Line {
            number: self.number + 1,
            text: String::new(),
            too_long: false,
        };
        let mut any = false;
        while self.fill()? {
            let rest = self.text.get(self.at..).unwrap_or_default();
            if mem::take(&mut self.after_cr) && rest.starts_with('\n') {
                self.at += 1;
                continue;
            }
            any = true;
            let end = rest.find(['\n', '\r']);
            let part = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            add(&mut line, part);
            self.at += part.len();
            if end.is_some() {
                self.after_cr = rest.as_bytes().get(part.len()) == Some(&b'\r');
                self.at += 1;
                break;
            }
        }
        if any {
            self.number += 1;
        }
        Ok(any.then_some(line))
    }

    /// Makes sure that there is text to read; false at the end of the file.
    fn fill(&mut self) -> io::Result<bool> {
        while self.at >= self.text.len() && !self.ended {
            let length = match self.file.read(&mut self.bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            self.ended = length == 0;
            self.text.clear();
            self.at = 0;
            let bytes = self.bytes.get(..length).unwrap_or_default();
            self.text
                .reserve(self.decoder.max_utf8_buffer_length(length).unwrap_or(4 * CHUNK_BYTES));
            // All of the bytes fit, as reserved.
            let _ = self.decoder.decode_to_string(bytes, &mut self.text, self.ended);
        }
        Ok(self.at < self.text.len())
    }
}

/// Adds text to a line as long as it is no longer than a row may be.
fn add(line: &mut Line, part: &str) {
    let room = MAX_ROW_BYTES.saturating_sub(line.text.len());
    let fits = part.floor_char_boundary(room);
    line.text.push_str(part.get(..fits).unwrap_or_default());
    line.too_long |= fits < part.len();
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use encoding_rs::{UTF_8, UTF_16LE, WINDOWS_1252};
    use rstest::rstest;

    use super::*;

    /// Hands out one byte at a time, so that everything that can be cut is.
    struct Drops<'b>(&'b [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.0.len().min(1);
            self.0.read(&mut buffer[..length])
        }
    }

    fn texts(file: impl Read, encoding: &'static Encoding) -> Vec<String> {
        let mut lines = Lines::new(file, encoding);
        let mut texts = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            texts.push(line.text);
            assert_eq!(line.number, texts.len() as u64);
        }
        texts
    }

    #[rstest]
    #[case("a\nb\n", &["a", "b"])]
    #[case("a\r\nb\r\nc", &["a", "b", "c"])]
    #[case("a\rb\r", &["a", "b"])]
    #[case("a\n\nb", &["a", "", "b"])]
    #[case("a\r\n\r\nb", &["a", "", "b"])]
    #[case("\r\r\n\n", &["", "", ""])]
    #[case("", &[])]
    #[case("\u{FEFF}é\n", &["é"])]
    fn lines_end_in_three_ways(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(texts(Cursor::new(text), UTF_8), expected);
        assert_eq!(texts(Drops(text.as_bytes()), UTF_8), expected);
    }

    #[test]
    fn letters_of_other_encodings_become_unicode() {
        assert_eq!(texts(Drops(b"Zo\xEB\r\n\x80 5\r\n"), WINDOWS_1252), ["Zoë", "€ 5"]);
        let utf_16: Vec<u8> = "\u{FEFF}Zoë\r\n👩\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(texts(Drops(&utf_16), UTF_16LE), ["Zoë", "👩"]);
    }

    #[test]
    fn what_cannot_be_read_is_marked() {
        assert_eq!(texts(Drops(b"Zo\xEB\nb\n"), UTF_8), ["Zo\u{FFFD}", "b"]);
    }

    #[test]
    fn a_line_without_end_takes_no_more_than_a_row() {
        let text = format!("{}\nnext\n", "é".repeat(100_000));
        let mut lines = Lines::new(Cursor::new(text), UTF_8);
        let line = lines.next().unwrap().unwrap();
        assert!(line.too_long && line.text.len() <= MAX_ROW_BYTES);
        assert_eq!(lines.next().unwrap().unwrap().text, "next");
    }
}
