//! What spreadsheet programs take for a formula, and how a text gets past them.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and works it out, whoever has written it
//! ("CSV injection", <https://owasp.org/www-community/attacks/CSV_Injection>). An apostrophe before such a beginning makes
//! it show the text.

/// Whether a spreadsheet could take a cell that begins with `c` for a formula: the characters that OWASP names, and the
/// wide forms that some take for the same.
#[must_use]
pub fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}'
    )
}

/// `text` with an apostrophe before what a spreadsheet could take for a formula: at the beginning, and where a
/// spreadsheet that parts cells by semicolons or lines in spite of quotation marks could see another cell begin.
#[must_use]
pub fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    let mut cell_begins = true;
    for c in text.chars() {
        if cell_begins && begins_formula(c) {
            safe.push('\'');
        }
        safe.push(c);
        cell_begins = still_begins(cell_begins, c);
    }
    safe
}

/// The text that [`harmless`] was given: without the apostrophes that it adds.
#[must_use]
pub fn restored(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut cell_begins = true;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if cell_begins && c == '\'' && chars.peek().is_some_and(|next| begins_formula(*next)) {
            continue;
        }
        plain.push(c);
        cell_begins = still_begins(cell_begins, c);
    }
    plain
}

/// Whether a cell could begin after `c`, where one could begin before it or not.
fn still_begins(cell_begins: bool, c: char) -> bool {
    matches!(c, ';' | '\t' | '\r' | '\n') || (cell_begins && matches!(c, ' ' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Front Desk", "Front Desk")]
    #[case("", "")]
    #[case("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    #[case("+1 team", "'+1 team")]
    #[case("-5", "'-5")]
    #[case("@SUM(A1)", "'@SUM(A1)")]
    #[case("\t=1", "'\t'=1")]
    #[case("\r=1", "'\r'=1")]
    #[case(" =1", " '=1")]
    #[case("\u{FF1D}1", "'\u{FF1D}1")]
    #[case("a;=1", "a;'=1")]
    #[case("a\";\"=1", "a\";\"'=1")]
    #[case("a\n=1", "a\n'=1")]
    #[case("a=b-c+d@e", "a=b-c+d@e")]
    #[case("x; y", "x; y")]
    #[case("'t Hooft; 'n Beetje", "'t Hooft; 'n Beetje")]
    fn text_is_never_a_formula(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(harmless(text), expected);
        assert_eq!(restored(expected), text);
        assert_eq!(harmless(expected), expected, "once is enough");
    }
}
