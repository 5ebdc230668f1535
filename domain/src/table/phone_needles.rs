//! Finding phone numbers however they are typed.

use super::fold::fold;

/// Fewer digits than this are found in too many numbers to mean one.
const MIN_DIGITS: usize = 2;

/// The digits to look for in a number in E.164 form when a person typed `text`; none when that does not look like a
/// phone number, which is made of digits and `+ ( ) - . /` and space alone, with at least two digits.
///
/// The marks, a `(0)`, and a leading `+` or `00` go. What then begins with a single 0 may be a number as dialled within
/// its country, so it is looked for without that 0 as well: `030 1234` is found as `0301234` and as `301234`.
#[must_use]
pub fn phone_needles(text: &str) -> Vec<String> {
    let text = fold(text);
    let is_mark = |c: char| matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ');
    if !text.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
        return Vec::new();
    }
    let digits: String = text.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let national = digits.strip_prefix('0');
    [Some(digits), national]
        .into_iter()
        .flatten()
        .filter(|needle| needle.len() >= MIN_DIGITS)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("+1 (206) 555-0100", &["12065550100"])]
    #[case("0049 (0)30/1234.56", &["4930123456"])]
    #[case("030 1234", &["0301234", "301234"])]
    #[case("(0)30", &["30"])]
    #[case("555\u{a0}0100", &["5550100"])]
    #[case("12", &["12"])]
    #[case("7", &[])]
    #[case("01", &["01"])]
    #[case("00", &[])]
    #[case("+-()", &[])]
    #[case("555-CALL", &[])]
    #[case("١٢٣", &[])]
    #[case("", &[])]
    fn typed_numbers_become_digits(#[case] typed: &str, #[case] needles: &[&str]) {
        assert_eq!(phone_needles(typed), needles);
    }
}
