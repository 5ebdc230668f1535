//! A list of steps that all run, each with its duration, and the line that sums them up.

use std::fmt;
use std::ops::AddAssign;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::process;

/// How many checks passed, failed or were left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Counts {
    /// One check that passed: what a step counts for that is not itself a run of tests.
    pub(crate) const PASSED: Self = Self {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    /// One check that failed.
    pub(crate) const FAILED: Self = Self {
        passed: 0,
        failed: 1,
        skipped: 0,
    };
    /// One check that was left out.
    pub(crate) const SKIPPED: Self = Self {
        passed: 0,
        failed: 0,
        skipped: 1,
    };
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

/// How a step ended when it was not an error.
pub(crate) enum Ended {
    /// A check that passed.
    Passed,
    /// A run of tests with its counts.
    Tests(Counts),
    /// A check that could not be made, and why.
    Skipped(String),
}

struct Line {
    name: &'static str,
    took: Duration,
    counts: Counts,
    note: String,
}

/// The steps that have run.
#[derive(Default)]
pub(crate) struct Steps {
    lines: Vec<Line>,
}

impl Steps {
    /// Runs a step unless the whole run is being stopped, and says whether it went well.
    pub(crate) fn run(&mut self, name: &'static str, step: impl FnOnce() -> anyhow::Result<Ended>) -> bool {
        if process::interrupted() {
            return false;
        }
        println!("\n== {name}");
        let started = Instant::now();
        let (counts, note) = match step() {
            Ok(Ended::Passed) => (Counts::PASSED, String::new()),
            Ok(Ended::Tests(counts)) => (counts, counts.to_string()),
            Ok(Ended::Skipped(reason)) => (Counts::SKIPPED, format!("skipped: {reason}")),
            Err(error) => {
                println!("{error:#}");
                (Counts::FAILED, format!("{error:#}"))
            }
        };
        let took = started.elapsed();
        println!("== {name}: {} in {}", outcome(counts), seconds(took));
        self.lines.push(Line {
            name,
            took,
            counts,
            note,
        });
        counts.failed == 0
    }

    /// Prints the table of all steps and, last and alone on its line, the sum.
    pub(crate) fn finish(self) -> ExitCode {
        println!();
        let mut sum = Counts::default();
        for Line {
            name,
            took,
            counts,
            note,
        } in &self.lines
        {
            // Errors can have several lines; the first says what it was, the rest stands above.
            let note = note.lines().next().unwrap_or_default();
            println!("{:<8}{name:<22}{:>8}  {note}", outcome(*counts), seconds(*took));
            sum += *counts;
        }
        if process::interrupted() {
            println!("Stopped before all steps had run.");
            return ExitCode::from(130);
        }
        println!("\n{sum}");
        if sum.failed > 0 {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

fn outcome(counts: Counts) -> &'static str {
    match counts {
        Counts { failed: 1.., .. } => "FAILED",
        Counts {
            passed: 0,
            skipped: 1..,
            ..
        } => "skipped",
        _ => "ok",
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_sums_everything_up() {
        let mut sum = Counts::PASSED;
        sum += Counts {
            passed: 40,
            failed: 2,
            skipped: 3,
        };
        sum += Counts::FAILED;
        sum += Counts::SKIPPED;
        assert_eq!(sum.to_string(), "41 passed, 3 failed, 4 skipped");
    }

    #[test]
    fn an_error_counts_as_one_failure_and_does_not_end_the_run() {
        let mut steps = Steps::default();
        assert!(!steps.run("first", || anyhow::bail!("it broke")));
        assert!(steps.run("second", || Ok(Ended::Passed)));
        assert_eq!(steps.lines.len(), 2);
        assert_eq!(steps.finish(), ExitCode::FAILURE);
    }

    #[test]
    fn a_step_with_only_skipped_checks_is_skipped() {
        assert_eq!(outcome(Counts::SKIPPED), "skipped");
        assert_eq!(
            outcome(Counts {
                passed: 2,
                failed: 0,
                skipped: 1
            }),
            "ok"
        );
        assert_eq!(
            outcome(Counts {
                passed: 2,
                failed: 1,
                skipped: 1
            }),
            "FAILED"
        );
    }
}
