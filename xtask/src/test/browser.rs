//! The browser tests: Playwright in Chromium against the real server.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::counts;
use crate::project::Project;
use crate::steps::Ended;
use crate::{npm, process, system};

/// Installs Node where it is missing and the packages of `end2end/`.
pub(super) fn packages(project: &Project) -> anyhow::Result<Ended> {
    if let Some(_modules) = npm::packages(project)? {
        return Ok(Ended::Passed);
    }
    system::install(&["nodejs", "npm"], "testing in a browser")?;
    npm::packages(project)?.context("npm is installed, but cannot be found")?;
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

/// Runs the tests and counts them.
pub(super) fn tests(project: &Project, portal: &Path, grep: Option<&str>) -> anyhow::Result<Ended> {
    let report = project.target().join("browser-tests.json");
    if report.exists() {
        std::fs::remove_file(&report).with_context(|| format!("{} cannot be removed", report.display()))?;
    }
    let mut playwright = process::program(project, "node");
    playwright
        .current_dir(project.end2end())
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .env("PORTAL_BIN", portal)
        .env("PORTAL_SITE_DIR", project.site())
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    if let Some(chromium) = chromium(project)? {
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

/// The browser to use: the one that was asked for, the machine's, or Playwright's own (`None`).
fn chromium(project: &Project) -> anyhow::Result<Option<PathBuf>> {
    if let Some(path) = std::env::var_os("CHROMIUM_PATH").filter(|path| !path.is_empty()) {
        return Ok(Some(PathBuf::from(path)));
    }
    let installed = || {
        ["chromium", "chromium-browser"]
            .iter()
            .find_map(|name| system::find_program(name))
    };
    if let Some(path) = installed() {
        return Ok(Some(path));
    }
    if has_own_browser(project) {
        return Ok(None);
    }
    if !system::can_install() {
        bail!(
            "no browser is here to test with; install Chromium, name one in CHROMIUM_PATH, or run `npx playwright \
             install chromium` in end2end"
        );
    }
    system::install(&["chromium"], "testing in a browser")?;
    Ok(Some(installed().context("Chromium is installed, but cannot be found")?))
}

/// Whether Playwright's own Chromium has been downloaded.
fn has_own_browser(project: &Project) -> bool {
    let mut node = process::program(project, "node");
    node.current_dir(project.end2end())
        .args(["--print", "require('@playwright/test').chromium.executablePath()"]);
    process::quiet("Playwright", &mut node).is_ok_and(|path| Path::new(path.trim()).is_file())
}
