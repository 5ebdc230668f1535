//! The browser tests: Playwright in Chromium against the real server.

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::counts;
use crate::project::Project;
use crate::steps::Ended;
use crate::{chromium, npm, process};

/// What Node, its packages and Chromium are for.
const PURPOSE: &str = "testing in a browser";

/// Installs Node where it is missing and the packages of `end2end/`.
pub(super) fn packages(project: &Project) -> anyhow::Result<Ended> {
    npm::require(project, PURPOSE)?;
    Ok(Ended::Passed)
}

/// Checks the types of the tests themselves, which Playwright does not.
pub(super) fn types(project: &Project) -> anyhow::Result<Ended> {
    let mut compiler = process::program(project, "node");
    compiler
        .current_dir(project.end2end())
        .args(["node_modules/typescript/bin/tsc", "--noEmit"]);
    process::run_ok("the TypeScript compiler", &mut compiler)?;
    Ok(Ended::Passed)
}

/// The programs that the tests start.
pub(super) struct Programs {
    pub(super) portal: PathBuf,
    pub(super) stand_in: PathBuf,
}

/// Runs the tests and counts them.
pub(super) fn tests(project: &Project, programs: &Programs, grep: Option<&str>) -> anyhow::Result<Ended> {
    let report = project.target().join("browser-tests.json");
    if report.exists() {
        std::fs::remove_file(&report).with_context(|| format!("{} cannot be removed", report.display()))?;
    }
    let mut playwright = process::program(project, "node");
    playwright
        .current_dir(project.end2end())
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .env("PORTAL_BIN", &programs.portal)
        .env("STAND_IN_BIN", &programs.stand_in)
        .env("PORTAL_SITE_DIR", project.site())
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    if let Some(chromium) = chromium::find(project, PURPOSE)? {
        playwright.env("CHROMIUM_PATH", chromium);
    }
    if let Some(text) = grep {
        playwright.args(["--grep", text]);
    }
    let status = process::run(&mut playwright)?;
    let Ok(text) = std::fs::read_to_string(&report) else {
        process::succeeded("Playwright", status)?;
        bail!("Playwright wrote no report");
    };
    let counts = counts::of_playwright(&text)?;
    if counts.failed == 0 {
        process::succeeded("Playwright", status)?;
    }
    Ok(Ended::Tests(counts))
}
