//! Days as they stand in addresses and fields.

use chrono::NaiveDate;

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
