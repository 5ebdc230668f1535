//! Rules for short texts that people type and other people read.

use thiserror::Error;

/// Why a text cannot be used as a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing is left after trimming.
    #[error("is empty")]
    Empty,
    /// More characters than allowed, counted as Unicode scalar values.
    #[error("is longer than {max} characters")]
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// A control character, a line break, or a character that reorders or hides the text around it.
    #[error("contains a character that cannot be shown")]
    Unprintable,
}

/// Trims `text` and checks it as a one-line name of 1 to `max` characters.
///
/// Control characters and the invisible characters that change the direction or the look of their surroundings are
/// refused rather than removed, so that what is stored is what the person saw. Joiners stay allowed: several scripts
/// and emoji need them.
///
/// # Errors
/// [`TextError`] names the first rule that is broken.
pub fn one_line(text: &str, max: usize) -> Result<String, TextError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(TextError::Empty);
    }
    if trimmed.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    if trimmed.chars().any(is_unprintable) || trimmed.chars().all(is_invisible) {
        return Err(TextError::Unprintable);
    }
    Ok(trimmed.to_owned())
}

/// Characters that must not stand in a name: controls, line separators, bidirectional overrides and isolates
/// (Unicode Standard Annex 9), byte order marks, and tag characters.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Characters without a shape of their own; a name made of nothing else would look empty.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("  Sales ", Ok("Sales"))]
    #[case("Vertrieb Süd · 売上", Ok("Vertrieb Süd · 売上"))]
    #[case("👩\u{200D}⚕️ Nurses", Ok("👩\u{200D}⚕️ Nurses"))]
    #[case("</textarea><script>alert(1)</script>", Ok("</textarea><script>alert(1)</script>"))]
    #[case("   ", Err(TextError::Empty))]
    #[case("\u{200B}\u{200B}", Err(TextError::Unprintable))]
    #[case("Sales\u{202E}exe", Err(TextError::Unprintable))]
    #[case("Sales\0", Err(TextError::Unprintable))]
    #[case("Sales\nSupport", Err(TextError::Unprintable))]
    #[case("A name that is far longer than forty characters", Err(TextError::TooLong { max: 40 }))]
    fn a_name_is_one_visible_line(#[case] input: &str, #[case] expected: Result<&str, TextError>) {
        assert_eq!(one_line(input, 40), expected.map(str::to_owned));
    }
}
