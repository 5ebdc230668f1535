//! How many tests passed, out of what the test runners print.

use anyhow::Context as _;
use serde::Deserialize;

use crate::steps::Counts;

/// Sums up the lines of nextest (`Summary [ 1.2s] 3 tests run: 2 passed, 1 failed, 4 skipped`) and of cargo's own runner
/// (`test result: ok. 3 passed; 0 failed; 1 ignored; …`). `None` if there is no such line: nothing has run.
pub(super) fn of_rust(output: &str) -> Option<Counts> {
    let mut sum = None;
    for line in output.lines() {
        let line = without_colours(line);
        let counted = nextest(&line).or_else(|| cargo_test(&line));
        if let Some(counts) = counted {
            *sum.get_or_insert_with(Counts::default) += counts;
        }
    }
    sum
}

fn nextest(line: &str) -> Option<Counts> {
    let (_, after) = line.trim_start().strip_prefix("Summary [")?.split_once(']')?;
    let (_, counts) = after.split_once("run:")?;
    Some(count(&without_brackets(counts), ','))
}

fn cargo_test(line: &str) -> Option<Counts> {
    let (_, counts) = line.trim_start().strip_prefix("test result:")?.split_once(". ")?;
    Some(count(counts, ';'))
}

/// Adds up parts like `3 passed`; what is not one of them (`0 measured`) counts for nothing.
fn count(text: &str, separator: char) -> Counts {
    let mut counts = Counts::default();
    for part in text.split(separator) {
        let Some((number, what)) = part.trim().split_once(' ') else {
            continue;
        };
        let Ok(number) = number.parse::<u64>() else { continue };
        match what.trim() {
            "passed" => counts.passed += number,
            "failed" | "timed out" | "exec failed" => counts.failed += number,
            "skipped" | "ignored" => counts.skipped += number,
            _ => {}
        }
    }
    counts
}

/// Takes out `(1 slow, 2 flaky)`, which says more about tests that are counted already.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|letter| {
            match letter {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// Takes out the escape sequences that colour a terminal.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            // Up to the letter that ends the sequence.
            let _ = letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[derive(Deserialize)]
struct PlaywrightReport {
    stats: PlaywrightCounts,
}

#[derive(Deserialize)]
struct PlaywrightCounts {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

/// The counts of Playwright's JSON report. A test that passed only when tried again counts as failed.
pub(super) fn of_playwright(report: &str) -> anyhow::Result<Counts> {
    let report: PlaywrightReport = serde_json::from_str(report).context("Playwright's report cannot be understood")?;
    let PlaywrightCounts {
        expected,
        unexpected,
        flaky,
        skipped,
    } = report.stats;
    Ok(Counts {
        passed: expected,
        failed: unexpected + flaky,
        skipped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn reads_nextest() {
        let line =
            "     Summary [   2.004s] 13 tests run: 10 passed (1 slow, 2 leaky), 1 failed, 2 timed out, 4 skipped";
        assert_eq!(of_rust(line), Some(counts(10, 3, 4)));
        let line = "     Summary [   0.004s] 1/13 tests run: 0 passed, 1 failed, 0 skipped";
        assert_eq!(of_rust(line), Some(counts(0, 1, 0)));
    }

    #[test]
    fn reads_nextest_in_colour() {
        let line = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.4s] \u{1b}[1m3\u{1b}[0m tests run: \u{1b}[1m3\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, 0 skipped";
        assert_eq!(of_rust(line), Some(counts(3, 0, 0)));
    }

    #[test]
    fn adds_up_the_lines_of_cargo_test() {
        let text = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                    test a ... ok\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n";
        assert_eq!(of_rust(text), Some(counts(4, 2, 1)));
    }

    #[test]
    fn nothing_counted_is_not_zero() {
        assert_eq!(of_rust("error: could not compile `server`"), None);
    }

    #[test]
    fn reads_playwright() {
        let report = r#"{"config":{},"suites":[],"stats":{"startTime":"x","duration":1.5,"expected":7,"skipped":1,"unexpected":2,"flaky":1}}"#;
        assert_eq!(of_playwright(report).unwrap(), counts(7, 3, 1));
        assert!(of_playwright("{}").is_err());
    }
}
