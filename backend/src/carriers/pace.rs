//! Not more than three writes a second at one host, whoever asks for them.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};

use super::Timing;

/// Between two writes. A little more than a third of a second, since what leaves here evenly arrives less so.
const APART: TimeDelta = TimeDelta::milliseconds(360);

/// Hands out turns.
#[derive(Default)]
pub(super) struct Pace {
    /// When the next write of a host may go out.
    next: Mutex<HashMap<String, DateTime<Utc>>>,
}

impl Pace {
    /// Waits for the next turn at `host`.
    pub(super) async fn turn(&self, host: &str, timing: &Timing) {
        let now = timing.now();
        let pause = self.book(host, now) - now;
        if let Ok(pause) = pause.to_std()
            && !pause.is_zero()
        {
            timing.wait(pause).await;
        }
    }

    /// Takes the next free moment.
    fn book(&self, host: &str, now: DateTime<Utc>) -> DateTime<Utc> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        next.retain(|_, at| *at > now);
        let at = next.get(host).copied().unwrap_or(now);
        next.insert(host.to_owned(), at + APART);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_gets_three_turns_a_second_and_another_does_not_wait() {
        let pace = Pace::default();
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let turns: Vec<i64> = (0..7).map(|_| (pace.book("a", now) - now).num_milliseconds()).collect();
        for window in turns.windows(4) {
            assert!(window[3] - window[0] > 1000, "{turns:?}");
        }
        assert_eq!(pace.book("b", now), now);
        let later = now + TimeDelta::minutes(1);
        assert_eq!(pace.book("a", later), later, "what was not used is not saved up");
    }
}
