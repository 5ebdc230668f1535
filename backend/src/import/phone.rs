//! Phone numbers as people and spreadsheet programs write them.
//!
//! The numbering plans come from the library `phonenumber`, which reads generously: it turns letters into digits and drops
//! what it does not understand. So only digits that were told apart here reach it, and only to be confirmed.

use domain::phone::PhoneNumber;
use phonenumber::Mode;
use thiserror::Error;

use super::cell::clean;

/// Why a text is not taken for a phone number: a sentence for whoever wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NumberProblem {
    /// There is nothing.
    #[error("The number is missing.")]
    Missing,
    /// `1.20656E+10`: the last digits are lost.
    #[error(
        "A spreadsheet has shortened the number, and digits are lost. Format the column as text and enter it again."
    )]
    Shortened,
    /// `=1+1`.
    #[error("A formula stands in place of the number.")]
    Formula,
    /// `+1 206 555 0199 ext. 4`.
    #[error("The number has an extension, which messages cannot reach. Leave the extension out.")]
    Extension,
    /// Something in it is no digit.
    #[error("The number contains something else than digits and the usual signs between them.")]
    NotDigits,
    /// It does not say to which country it belongs.
    #[error(
        "The country code is missing. Begin the number with + and the country code; an apostrophe before the + keeps it."
    )]
    NoCountryCode,
    /// The column of its own for the country code holds something else.
    #[error("The country code must be 1 to 3 digits, such as 1 or 44.")]
    BadCountryCode,
    /// The number begins with another country code than the one beside it.
    #[error("The number begins with another country code than the one in its own column.")]
    OtherCountryCode,
    /// The numbering plan of the country has no such number.
    #[error("There is no such number: its country does not exist or has no numbers of this length or beginning.")]
    Invalid,
}

/// Reads a number with its country code: `+`, or `00` as most countries dial it, then digits with the usual signs between
/// them. `tel:` may stand before it (RFC 3966).
///
/// # Errors
/// `NumberProblem`, a sentence for whoever wrote it.
pub fn read_number(text: &str) -> Result<PhoneNumber, NumberProblem> {
    let written = Written::read(text)?;
    written
        .international()
        .ok_or(NumberProblem::NoCountryCode)
        .and_then(|digits| confirmed(&digits))
}

/// Reads a number as its own country writes it, with the country code beside it. Digits that are dialled only within the
/// country are left out, as the 0 in 020 7946 0018.
///
/// # Errors
/// `NumberProblem`, a sentence for whoever wrote it.
pub(super) fn read_national_number(country_code: &str, text: &str) -> Result<PhoneNumber, NumberProblem> {
    let written = Written::read(text)?;
    if clean(country_code).is_empty() {
        return read_number(text);
    }
    let code = Written::read(country_code)
        .map_err(|_| NumberProblem::BadCountryCode)?
        .digits;
    if !(1..=3).contains(&code.len()) || code.starts_with('0') {
        return Err(NumberProblem::BadCountryCode);
    }
    match written.international() {
        None => confirmed(&format!("{code}{}", written.digits)),
        Some(digits) if digits.starts_with(&code) => confirmed(&digits),
        Some(_) => Err(NumberProblem::OtherCountryCode),
    }
}

/// A number taken apart.
struct Written {
    plus: bool,
    digits: String,
}

impl Written {
    fn read(text: &str) -> Result<Self, NumberProblem> {
        let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let text = clean(&text);
        let text = match text.get(..4) {
            Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => text.get(4..).unwrap_or_default().trim(),
            _ => text,
        };
        if text.is_empty() {
            return Err(NumberProblem::Missing);
        }
        if text.starts_with('=') {
            return Err(NumberProblem::Formula);
        }
        if is_shortened(text) {
            return Err(NumberProblem::Shortened);
        }
        let plus = text.starts_with('+');
        // The 0 that is dialled only within the country, as +44 (0)20 7946 0018 has it.
        let text = text.trim_start_matches('+').replace("(0)", if plus { "" } else { "0" });
        let mut digits = String::with_capacity(16);
        for (at, c) in text.char_indices() {
            match c {
                '0'..='9' => digits.push(c),
                _ if is_punctuation(c) => {}
                _ => return Err(not_digits(text.get(at..).unwrap_or_default(), &digits)),
            }
        }
        if digits.is_empty() {
            return Err(NumberProblem::NotDigits);
        }
        Ok(Self { plus, digits })
    }

    /// The digits from the country code on, if there is one.
    fn international(&self) -> Option<String> {
        match self.digits.strip_prefix("00") {
            _ if self.plus => Some(self.digits.clone()),
            dialled => dialled.map(str::to_owned),
        }
    }
}

/// What a spreadsheet makes of a long number: 1.20656E+10, or 12065550100.0 when it passed through a program.
fn is_shortened(text: &str) -> bool {
    let text = text.trim_start_matches('+');
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let has_exponent = mantissa.len() < text.len();
    let power = all_digits(exponent.trim_start_matches(['+', '-']));
    let rounded = whole.len() >= 7 && mantissa.len() > whole.len() && fraction.bytes().all(|byte| byte == b'0');
    power && all_digits(whole) && all_digits(fraction) && (has_exponent || rounded)
}

/// Marks that come along when a number is copied from a contact: joiners and signs of the writing direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Signs that stand between digits: spaces, hyphens and dashes, dots, brackets, slashes.
fn is_punctuation(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What it is that goes on after `digits` with something else than a digit.
fn not_digits(rest: &str, digits: &str) -> NumberProblem {
    let rest = rest.to_lowercase();
    let extension = ["ext", "x", "#", ";ext", ","].iter().any(|word| rest.starts_with(word))
        && rest.contains(|c: char| c.is_ascii_digit())
        && digits.len() >= 7;
    if extension {
        NumberProblem::Extension
    } else {
        NumberProblem::NotDigits
    }
}

/// The number that `digits` make, if the numbering plan of its country has it.
fn confirmed(digits: &str) -> Result<PhoneNumber, NumberProblem> {
    let written = PhoneNumber::parse(&format!("+{digits}")).map_err(|_| NumberProblem::Invalid)?;
    let planned = phonenumber::parse(None, written.to_string()).map_err(|_| NumberProblem::Invalid)?;
    if !planned.is_valid() {
        return Err(NumberProblem::Invalid);
    }
    let planned = planned.format().mode(Mode::E164).to_string();
    PhoneNumber::parse(&planned).map_err(|_| NumberProblem::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Tables in place of cases: each test runs in a process of its own, and reading the numbering plans takes a second.

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let table = [
            ("+12065550183", "+12065550183"),
            ("'+12065550183", "+12065550183"),
            ("  +1 (206) 555-0183 ", "+12065550183"),
            ("+1.206.555.0183", "+12065550183"),
            ("\u{202A}+1\u{A0}206\u{2011}555\u{2013}0183\u{202C}", "+12065550183"),
            ("tel:+1-206-555-0183", "+12065550183"),
            ("0012065550142", "+12065550142"),
            ("+44 20 7946 0018", "+442079460018"),
            ("+44 (0)20 7946 0018", "+442079460018"),
            ("+49 30 / 901820", "+4930901820"),
            ("+39 06 698 12345", "+390669812345"),
        ];
        for (text, expected) in table {
            let read = read_number(text).map(|number| number.to_string());
            assert_eq!(read.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn everything_else_is_told_apart() {
        let table = [
            ("", NumberProblem::Missing),
            ("'", NumberProblem::NotDigits),
            ("+", NumberProblem::NotDigits),
            ("1.20656E+10", NumberProblem::Shortened),
            ("1,20656E+10", NumberProblem::Shortened),
            ("12E9", NumberProblem::Shortened),
            ("+12065550183.0", NumberProblem::Shortened),
            ("=1+1", NumberProblem::Formula),
            ("'=1+1", NumberProblem::Formula),
            ("+1 (206) 555-0199 ext. 4", NumberProblem::Extension),
            ("+12065550199x4", NumberProblem::Extension),
            ("+12065550199 #4", NumberProblem::Extension),
            ("tel:+12065550199;ext=4", NumberProblem::Extension),
            ("+1206555O183", NumberProblem::NotDigits),
            ("+1 206 FLOWERS", NumberProblem::NotDigits),
            ("+1+2065550183", NumberProblem::NotDigits),
            ("+١٢٠٦٥٥٥٠١٨٣", NumberProblem::NotDigits),
            ("#NAME?", NumberProblem::NotDigits),
            ("+12065550183 or +12065550184", NumberProblem::NotDigits),
            ("2065550183", NumberProblem::NoCountryCode),
            ("12065550183", NumberProblem::NoCountryCode),
            ("+1 206 555 01", NumberProblem::Invalid),
            ("+999123456789", NumberProblem::Invalid),
            ("+11115550183", NumberProblem::Invalid),
            ("+12065550183123", NumberProblem::Invalid),
            ("+123456789012345678901234567890", NumberProblem::Invalid),
        ];
        for (text, expected) in table {
            assert_eq!(read_number(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_country_code_may_have_a_column_of_its_own() {
        let table = [
            ("1", "2535550159", Ok("+12535550159")),
            ("'+1", "(253) 555-0159", Ok("+12535550159")),
            ("44", "020 7946 0018", Ok("+442079460018")),
            ("44", "(0)20 7946 0018", Ok("+442079460018")),
            ("", "+12535550159", Ok("+12535550159")),
            ("1", "+12535550159", Ok("+12535550159")),
            ("", "2535550159", Err(NumberProblem::NoCountryCode)),
            ("44", "+12535550159", Err(NumberProblem::OtherCountryCode)),
            ("US", "2535550159", Err(NumberProblem::BadCountryCode)),
            ("0", "2535550159", Err(NumberProblem::BadCountryCode)),
            ("1", "2.53556E+09", Err(NumberProblem::Shortened)),
            ("1", "", Err(NumberProblem::Missing)),
            ("1", "253555015", Err(NumberProblem::Invalid)),
        ];
        for (code, text, expected) in table {
            let read = read_national_number(code, text).map(|number| number.to_string());
            assert_eq!(read, expected.map(str::to_owned), "{code} {text}");
        }
    }
}
