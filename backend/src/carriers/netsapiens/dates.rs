//! Dates: written in one form, read in all that servers use.

use chrono::{DateTime, NaiveDateTime, Utc};

const BARE: &str = "%Y-%m-%d %H:%M:%S";
const BARE_WITH_T: &str = "%Y-%m-%dT%H:%M:%S";

/// As the API wants it: in UTC, without saying so.
pub(super) fn written(moment: DateTime<Utc>) -> String {
    moment.format(BARE).to_string()
}

/// Reads a date; what names no offset is in UTC.
pub(super) fn read(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.to_utc());
    }
    [BARE, BARE_WITH_T]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|moment| moment.and_utc())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2026-01-31 12:00:00")]
    #[case("2026-01-31T12:00:00")]
    #[case("2026-01-31T12:00:00Z")]
    #[case("2026-01-31T12:00:00+00:00")]
    #[case("2026-01-31T07:00:00-05:00")]
    #[case(" 2026-01-31 12:00:00 ")]
    fn all_forms_are_read(#[case] text: &str) {
        assert_eq!(written(read(text).unwrap()), "2026-01-31 12:00:00");
    }

    #[rstest]
    #[case("")]
    #[case("tomorrow")]
    #[case("0000-00-00 00:00:00")]
    fn what_is_no_date_is_none(#[case] text: &str) {
        assert_eq!(read(text), None);
    }
}
