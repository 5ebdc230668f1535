//! A clock that can be moved.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time of the stand-in. Clones are the same clock.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Whether it goes by itself.
    goes: bool,
    /// Milliseconds: ahead of the computer's clock where it goes, else since 1970.
    value: Arc<AtomicI64>,
}

impl Clock {
    /// The computer's clock, which can be put forward.
    #[must_use]
    pub fn system() -> Self {
        Self {
            goes: true,
            value: Arc::default(),
        }
    }

    /// A clock that stands until it is moved.
    #[must_use]
    pub fn standing_at(moment: DateTime<Utc>) -> Self {
        Self {
            goes: false,
            value: Arc::new(AtomicI64::new(moment.timestamp_millis())),
        }
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let value = self.value.load(Ordering::SeqCst);
        if self.goes {
            Utc::now() + TimeDelta::milliseconds(value)
        } else {
            DateTime::from_timestamp_millis(value).unwrap_or(DateTime::UNIX_EPOCH)
        }
    }

    /// Moves it forward.
    pub fn advance(&self, by: TimeDelta) {
        self.value.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_clock_moves_only_when_it_is_moved() {
        let start = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let clock = Clock::standing_at(start);
        let same = clock.clone();
        same.advance(TimeDelta::days(30));
        assert_eq!(clock.now(), start + TimeDelta::days(30));
    }

    #[test]
    fn a_going_clock_can_be_put_forward() {
        let clock = Clock::system();
        clock.advance(TimeDelta::days(400));
        assert!(clock.now() > Utc::now() + TimeDelta::days(399));
    }
}
