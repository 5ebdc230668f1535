//! What spreadsheet programs do to cells, and how to undo it.

use domain::spreadsheet::{begins_formula, restored};

/// Yes and no as spreadsheet programs write them: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish,
/// Swedish, Danish and Norwegian, and the usual short forms.
const YES: [&str; 13] = [
    "true",
    "yes",
    "y",
    "1",
    "wahr",
    "vrai",
    "verdadero",
    "verdadeiro",
    "vero",
    "waar",
    "prawda",
    "sant",
    "sand",
];
const NO: [&str; 12] = [
    "false", "no", "n", "0", "falsch", "faux", "falso", "onwaar", "fałsz", "falskt", "falsk", "usann",
];

/// The cell without surrounding space and without the apostrophe that keeps a spreadsheet from calculating it.
pub(super) fn clean(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix(['\'', '’']) {
        Some(rest) if rest.trim_start().starts_with(begins_formula) => rest.trim_start(),
        _ => cell,
    }
}

/// The same for what people name: without any of the apostrophes that [`domain::spreadsheet::harmless`] adds.
pub(super) fn typed(cell: &str) -> String {
    restored(clean(cell)).trim().to_owned()
}

/// Reads yes or no; none for an empty cell.
///
/// # Errors
/// A sentence that names the column.
pub(super) fn flag(cell: &str, column: &str) -> Result<Option<bool>, String> {
    let text = clean(cell).to_lowercase();
    match text.as_str() {
        "" => Ok(None),
        yes if YES.contains(&yes) => Ok(Some(true)),
        no if NO.contains(&no) => Ok(Some(false)),
        _ => Err(format!("{column} must be TRUE or FALSE, but is {}.", quoted(cell))),
    }
}

/// The cell in quotation marks, shortened to what fits into a sentence.
pub(crate) fn quoted(cell: &str) -> String {
    format!("“{}”", shortened(cell, 40))
}

/// The first characters of a text on one line, with a sign that there are more.
pub(super) fn shortened(text: &str, max: usize) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = text.trim().chars().map(visible).take(max + 1).collect();
    if short.chars().count() > max {
        short = short.chars().take(max - 1).collect();
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(" '+12065550183 ", "+12065550183")]
    #[case("’+12065550183", "+12065550183")]
    #[case("'=1+1", "=1+1")]
    #[case("'t Hooft", "'t Hooft")]
    #[case("'", "'")]
    fn an_apostrophe_goes_only_where_it_guards_a_formula(#[case] cell: &str, #[case] expected: &str) {
        assert_eq!(clean(cell), expected);
    }

    #[rstest]
    #[case("=1+1")]
    #[case("\t=1+1")]
    #[case(" @SUM(A1)")]
    #[case("Ada;=1+1; +2")]
    #[case("'t Hooft; 'n Beetje")]
    fn what_was_made_harmless_is_read_as_it_was(#[case] cell: &str) {
        assert_eq!(typed(&domain::spreadsheet::harmless(cell)), cell.trim());
    }

    #[rstest]
    #[case("TRUE", Ok(Some(true)))]
    #[case(" wahr", Ok(Some(true)))]
    #[case("0", Ok(Some(false)))]
    #[case("FAŁSZ", Ok(Some(false)))]
    #[case(" ", Ok(None))]
    #[case("maybe", Err("SMS must be TRUE or FALSE, but is “maybe”.".to_owned()))]
    fn yes_and_no_come_in_many_words(#[case] cell: &str, #[case] expected: Result<Option<bool>, String>) {
        assert_eq!(flag(cell, "SMS"), expected);
    }

    #[test]
    fn a_long_text_is_shortened() {
        assert_eq!(shortened("ab\ncdef", 6), "ab cd…");
        assert_eq!(shortened("ab\ncde", 6), "ab cde");
    }
}
