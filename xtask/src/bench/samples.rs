//! What the browser's scripts have measured again and again, and the few numbers that sum it up.

use serde::Deserialize;

/// One press of a key or of the mouse.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sample {
    /// From the press to when the page could begin to answer it.
    pub(super) waited: f64,
    /// From there until the page's elements had changed.
    pub(super) changed: f64,
    /// From the press until the frame was painted.
    pub(super) painted: f64,
    /// From the press until the server's rows were painted, where it was asked.
    pub(super) answered: Option<f64>,
}

/// Median, 95th percentile and maximum of some samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) p95: f64,
    pub(super) max: f64,
}

impl Spread {
    /// By nearest rank; none of no samples.
    pub(super) fn of(mut samples: Vec<f64>) -> Option<Self> {
        samples.sort_by(f64::total_cmp);
        let percentile = |percent: usize| {
            let rank = (samples.len() * percent).div_ceil(100);
            samples.get(rank.checked_sub(1)?).copied()
        };
        Some(Self {
            median: percentile(50)?,
            p95: percentile(95)?,
            max: percentile(100)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_samples() {
        let spread = Spread::of((1..=100).rev().map(f64::from).collect()).unwrap();
        assert_eq!(
            spread,
            Spread {
                median: 50.0,
                p95: 95.0,
                max: 100.0
            }
        );
        let one = Spread::of(vec![7.5]).unwrap();
        assert_eq!((one.median, one.p95, one.max), (7.5, 7.5, 7.5));
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
