//! Days as they stand in addresses and fields, and as people search for them.

use chrono::{Datelike, Months, NaiveDate};

/// The months as dates are shown with them, folded.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The day that `text` names: year, month and day with dashes between them, as dates are written everywhere on the web
/// (<https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#dates>). Read here and not by `chrono`, whose way
/// of reading anything is much larger.
pub fn read_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_written_right = digits(year, 4) && digits(month, 2) && digits(day, 2) && parts.next().is_none();
    if !is_written_right {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The first and the last of the days that a folded text names: one day ("2026-11-23", or "23 nov 2026" as it is shown)
/// or a whole month ("2026-11", "nov 2026").
pub(super) fn read_days(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    if let Some((day, month)) = text.split_once(' ').filter(|(day, _)| is_day_of_month(day)) {
        let day = named_month(month)?.with_day(day.parse().ok()?)?;
        return Some((day, day));
    }
    if let Some(day) = read_day(text) {
        return Some((day, day));
    }
    let first = named_month(text).or_else(|| read_day(&format!("{text}-01")))?;
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    Some((first, last))
}

fn is_day_of_month(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The first day of a month that is written as "nov 2026".
fn named_month(text: &str) -> Option<NaiveDate> {
    let (name, year) = text.split_once(' ')?;
    let month = MONTHS.iter().position(|month| *month == name)? + 1;
    read_day(&format!("{year}-{month:02}-01"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::ordinary("2026-11-23", Some((2026, 11, 23)))]
    #[case::leap_day("2024-02-29", Some((2024, 2, 29)))]
    #[case::no_leap_day("2026-02-29", None)]
    #[case::no_month("2026-13-01", None)]
    #[case::short("2026-1-1", None)]
    #[case::sign("+026-01-01", None)]
    #[case::more("2026-01-01-01", None)]
    #[case::time("2026-01-01T00:00", None)]
    #[case::other_digits("٢٠٢٦-01-01", None)]
    #[case::nothing("", None)]
    fn days_are_read(#[case] text: &str, #[case] expected: Option<(i32, u32, u32)>) {
        let expected = expected.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        assert_eq!(read_day(text), expected);
    }

    #[rstest]
    #[case::day("2026-11-23", Some("2026-11-23 2026-11-23"))]
    #[case::shown_day("23 nov 2026", Some("2026-11-23 2026-11-23"))]
    #[case::shown_early_day("3 nov 2026", Some("2026-11-03 2026-11-03"))]
    #[case::month("2026-02", Some("2026-02-01 2026-02-28"))]
    #[case::leap_month("feb 2024", Some("2024-02-01 2024-02-29"))]
    #[case::end_of_year("dec 2026", Some("2026-12-01 2026-12-31"))]
    #[case::no_such_day("31 nov 2026", None)]
    #[case::no_such_month("2026-13", None)]
    #[case::no_month_name("23 now 2026", None)]
    #[case::year_alone("2026", None)]
    #[case::month_alone("nov", None)]
    #[case::unfinished("23 nov 202", None)]
    #[case::number("206 555 0100", None)]
    #[case::sign("+3 nov 2026", None)]
    #[case::nothing("", None)]
    fn searched_days_are_read(#[case] text: &str, #[case] expected: Option<&str>) {
        let days = read_days(text).map(|(first, last)| format!("{first} {last}"));
        assert_eq!(days.as_deref(), expected);
    }

    /// Whatever a day is written as is read as that day.
    #[test]
    fn what_is_written_is_read() {
        let mut day = NaiveDate::from_ymd_opt(1999, 12, 1).unwrap();
        for _ in 0..800 {
            assert_eq!(read_day(&day.to_string()), Some(day));
            day = day.succ_opt().unwrap();
        }
    }
}
