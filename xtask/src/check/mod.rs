//! `cargo xtask check`: what can be said about the code without running it. `cargo xtask test` begins with the same
//! steps.

mod borders;
mod lints;
mod sources;

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
pub(crate) use lints::SERVER_SIDE;

use crate::build::{self, WebToolchain};
use crate::project::Project;
use crate::steps::{Ended, Steps};

/// What a first visit may load besides the page itself: module, scripts and style sheet, compressed with Brotli. With the
/// page and the headers of all answers it is to be below 300 KB, which `cargo xtask bench table` measures; see
/// `docs/PERFORMANCE.md`.
const BUDGET_BYTES: u64 = 290 * 1024;

/// Check formatting, lints, crate borders, docs and asset sizes.
///
/// The quick part of `test`, for every day: it compiles for checking only and runs nothing.
#[derive(Args)]
pub(crate) struct Check {}

impl Check {
    pub(crate) fn start(self, project: &Project) -> anyhow::Result<ExitCode> {
        let mut steps = Steps::default();
        run(project, &mut steps);
        if project.site().join("manifest.json").is_file() {
            steps.run("size", || size(project));
        }
        Ok(steps.finish())
    }
}

/// Every step that needs no build of the site.
pub(crate) fn run(project: &Project, steps: &mut Steps) {
    steps.run("format", || lints::format(project));
    steps.run("borders", || check_borders(project));
    steps.run("lint server", || lints::server_side(project));
    steps.run("lint browser", || lints::browser_side(project));
    steps.run("lint tools", || lints::tools(project));
    steps.run("docs", || lints::docs(project));
}

fn check_borders(project: &Project) -> anyhow::Result<Ended> {
    let mut found = borders::violations(project)?;
    found.extend(sources::violations(project)?);
    if found.is_empty() {
        return Ok(Ended::Passed);
    }
    for line in &found {
        println!("{line}");
    }
    bail!("{} borders crossed", found.len())
}

/// Prints what a first visit loads and holds it to the budget, where the module is built as small as it can be.
pub(crate) fn size(project: &Project) -> anyhow::Result<Ended> {
    let sizes = build::sizes(&project.site())?;
    let sum: u64 = sizes.iter().map(|(_, bytes)| bytes).sum();
    for (kind, bytes) in sizes {
        println!("{kind:<5}{:>8}", kilobytes(bytes));
    }
    println!(
        "{:<5}{:>8} of {} (Brotli)",
        "all",
        kilobytes(sum),
        kilobytes(BUDGET_BYTES)
    );
    if WebToolchain::present(project) == Some(WebToolchain::Ready) {
        // Its standard library is compiled for speed and with all that panics say.
        return Ok(Ended::Skipped(
            "the budget is for modules whose standard library is built with them".to_owned(),
        ));
    }
    if sum > BUDGET_BYTES {
        bail!(
            "a first visit loads {}, more than the {} it may",
            kilobytes(sum),
            kilobytes(BUDGET_BYTES)
        );
    }
    Ok(Ended::Passed)
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1024, bytes % 1024 * 10 / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_one_decimal() {
        assert_eq!(kilobytes(0), "0.0 KB");
        assert_eq!(kilobytes(1536), "1.5 KB");
        assert_eq!(kilobytes(300 * 1024), "300.0 KB");
    }
}
