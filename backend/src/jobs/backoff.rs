//! How long a task waits after a failure: each time twice as long, and never all of them at the same moment.

use chrono::TimeDelta;

/// How often a task is tried before it has failed.
pub(super) const MOST_ATTEMPTS: u32 = 5;
/// The longest wait after the first failure, in milliseconds.
const FIRST: i64 = 5_000;
/// The longest wait after any failure, in milliseconds.
const LONGEST: i64 = 5 * 60 * 1_000;

/// The wait after the failure of try number `attempt`, counted from 1. `chance`, from 0 to 1, settles which moment of the
/// second half of the time it is, so that tasks that failed together do not come back together.
pub(super) fn delay(attempt: u32, chance: f64) -> TimeDelta {
    let doublings = attempt.saturating_sub(1).min(30);
    let longest = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    let half = longest / 2;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "milliseconds of a few minutes are exact in f64"
    )]
    let more = (half as f64 * chance.clamp(0.0, 1.0)) as i64;
    TimeDelta::milliseconds(half + more)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(1, 2_500, 5_000)]
    #[case(2, 5_000, 10_000)]
    #[case(3, 10_000, 20_000)]
    #[case(4, 20_000, 40_000)]
    #[case(7, 150_000, 300_000)]
    #[case(u32::MAX, 150_000, 300_000)]
    fn each_wait_is_twice_as_long_up_to_five_minutes(
        #[case] attempt: u32,
        #[case] shortest: i64,
        #[case] longest: i64,
    ) {
        let milliseconds = |chance| delay(attempt, chance).num_milliseconds();
        assert_eq!((milliseconds(0.0), milliseconds(1.0)), (shortest, longest));
        assert!((shortest..=longest).contains(&milliseconds(0.37)));
    }
}
