//! How far away a moment is.

use chrono::{DateTime, TimeDelta, Utc};

/// Between `at` and `now` in one unit, to the nearest: "in 5 days", "3 hours ago", "just now".
#[must_use]
pub fn distance(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let left = at - now;
    let far = if left < TimeDelta::zero() { -left } else { left };
    let Some(span) = span(far) else {
        return "just now".to_owned();
    };
    if left < TimeDelta::zero() {
        format!("{span} ago")
    } else {
        format!("in {span}")
    }
}

/// A span in one unit; none below half a minute.
fn span(far: TimeDelta) -> Option<String> {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let seconds = far.num_seconds();
    let nearest = |unit: i64| (seconds + unit / 2) / unit;
    let (count, one, many) = if nearest(MINUTE) < 60 {
        (nearest(MINUTE), "minute", "minutes")
    } else if nearest(HOUR) < 24 {
        (nearest(HOUR), "hour", "hours")
    } else {
        (nearest(DAY), "day", "days")
    };
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_unit_is_told() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        for (seconds, expected) in [
            (0, "just now"),
            (-29, "just now"),
            (30, "in 1 minute"),
            (-150, "3 minutes ago"),
            (59 * 60 + 29, "in 59 minutes"),
            (59 * 60 + 30, "in 1 hour"),
            (-3 * 3_600, "3 hours ago"),
            (23 * 3_600 + 1_799, "in 23 hours"),
            (23 * 3_600 + 1_800, "in 1 day"),
            (-86_400, "1 day ago"),
            (5 * 86_400 - 20, "in 5 days"),
            (-153 * 86_400, "153 days ago"),
        ] {
            assert_eq!(distance(now + TimeDelta::seconds(seconds), now), expected, "{seconds}");
        }
    }
}
