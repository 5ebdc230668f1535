//! Percent-encoding of the values in a query string.

use std::fmt::Write as _;

/// Encodes all but the characters that may stand in a query string and do not part it; a space becomes `%20`.
pub(super) fn encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b',' => {
                into.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => _ = write!(into, "%{byte:02X}"),
        }
    }
}

/// Undoes [`encode`], and reads `+` as the space that forms write so; nothing when the text is not well encoded.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                let (high, low) = (digit()?, digit()?);
                u8::try_from(high * 16 + low).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("a b+c&d=e%f", "a%20b%2Bc%26d%3De%25f")]
    #[case("name:contains:ł", "name:contains:%C5%82")]
    #[case("", "")]
    fn encoded_texts_read_back(#[case] text: &str, #[case] encoded: &str) {
        let mut written = String::new();
        encode(text, &mut written);
        assert_eq!(written, encoded);
        assert_eq!(decode(&written).as_deref(), Some(text));
    }

    #[rstest]
    #[case("a+b", Some("a b"))]
    #[case("%", None)]
    #[case("%4", None)]
    #[case("%GG", None)]
    #[case("%+1", None)]
    #[case("%C5", None)]
    fn damaged_texts_are_told_apart(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(decode(text).as_deref(), expected);
    }
}
