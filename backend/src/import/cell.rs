//! What spreadsheet programs do to cells, and how to undo it.

/// What a spreadsheet takes for the beginning of a formula, and what it cuts off before looking; also the wide forms
/// that some take for the same, as in the files of tables.
const FORMULA_STARTS: [char; 10] = [
    '=', '+', '-', '@', '\t', '\r', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
];

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
        Some(rest) if rest.trim_start().starts_with(FORMULA_STARTS) => rest.trim_start(),
        _ => cell,
    }
}

/// The cell as it can be opened in a spreadsheet program without being calculated. [`clean`] undoes it.
pub(super) fn safe(cell: &str) -> String {
    let calculated = cell.trim_start_matches(' ').starts_with(FORMULA_STARTS);
    if calculated {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
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
    #[case("=1+1", "'=1+1")]
    #[case("+12065550183", "'+12065550183")]
    #[case("\t=1+1", "'\t=1+1")]
    #[case(" @SUM(A1)", "' @SUM(A1)")]
    #[case("\u{FF1D}1+1", "'\u{FF1D}1+1")]
    #[case("Ada", "Ada")]
    fn what_would_be_calculated_is_guarded(#[case] cell: &str, #[case] expected: &str) {
        assert_eq!(safe(cell), expected);
        assert_eq!(clean(&safe(cell)), clean(cell));
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
