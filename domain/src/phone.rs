//! Phone numbers in E.164 form.
//!
//! Only the strict form lives here. Reading what people type (spaces, national formats, spreadsheet damage) and checking
//! it against numbering plans needs a large table and happens on the server, in `backend`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// A phone number in E.164 form: `+`, a country code that does not start with 0, in all 7 to 15 digits
/// (ITU-T E.164, 6.2.1 sets the upper bound; shorter than 7 is no subscriber number anywhere).
///
/// Held as the number its digits make, which is unique because the first digit is never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(u64);

/// A text is not an E.164 number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is not a phone number in E.164 form, such as +12065550100")]
pub struct NotE164;

impl PhoneNumber {
    /// Reads the strict form, nothing else: no spaces, no letters, no missing plus.
    ///
    /// # Errors
    /// [`NotE164`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotE164> {
        let digits = text.strip_prefix('+').ok_or(NotE164)?;
        let well_formed =
            (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        if !well_formed {
            return Err(NotE164);
        }
        digits.parse().map(Self).map_err(|_| NotE164)
    }

    /// The digits without the plus, as carriers write them.
    #[must_use]
    pub fn digits(self) -> String {
        self.0.to_string()
    }

    /// For people: country code and groups separated by spaces (ITU-T E.123 international notation), such as
    /// `+1 206 555 0100`. The groups follow the North American plan for country code 1; elsewhere they are only there
    /// for the eye.
    #[must_use]
    pub fn display(self) -> String {
        let digits = self.digits();
        let (country, rest) = digits.split_at(country_code_length(&digits).min(digits.len()));
        let mut text = format!("+{country}");
        for group in groups(rest) {
            text.push(' ');
            text.push_str(group);
        }
        text
    }
}

/// Groups of three with a last group of three to five digits: `2065550100` → `206 555 0100`.
fn groups(digits: &str) -> Vec<&str> {
    let mut rest = digits;
    let mut groups = Vec::new();
    while rest.len() > 5 {
        let (head, tail) = rest.split_at(3);
        groups.push(head);
        rest = tail;
    }
    groups.push(rest);
    groups
}

/// How many digits the country code has (ITU-T list of assigned codes: 1 and 7 have one digit, these have two, all
/// others three).
fn country_code_length(digits: &str) -> usize {
    const TWO_DIGITS: [&str; 44] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
        "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    if digits.starts_with('1') || digits.starts_with('7') {
        return 1;
    }
    if TWO_DIGITS.iter().any(|code| digits.starts_with(code)) {
        2
    } else {
        3
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl FromStr for PhoneNumber {
    type Err = NotE164;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_u64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = if deserializer.is_human_readable() {
            String::deserialize(deserializer)?
        } else {
            format!("+{}", u64::deserialize(deserializer)?)
        };
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("+12065550100")]
    #[case("+442079460018")]
    #[case("+123456789012345")]
    fn the_strict_form_round_trips(#[case] text: &str) {
        assert_eq!(PhoneNumber::parse(text).unwrap().to_string(), text);
    }

    #[rstest]
    #[case("12065550100")]
    #[case("+1 206 555 0100")]
    #[case("+0206555010")]
    #[case("+123456")]
    #[case("+1234567890123456")]
    #[case("+1206555O100")]
    #[case("+١٢٠٦٥٥٥٠١٠٠")]
    #[case("")]
    fn anything_else_is_refused(#[case] text: &str) {
        assert_eq!(PhoneNumber::parse(text), Err(NotE164));
    }

    #[rstest]
    #[case("+12065550100", "+1 206 555 0100")]
    #[case("+442079460018", "+44 207 946 0018")]
    #[case("+35312345678", "+353 123 45678")]
    #[case("+4930123456", "+49 301 23456")]
    fn people_see_groups(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(PhoneNumber::parse(text).unwrap().display(), shown);
    }
}
