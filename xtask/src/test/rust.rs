//! The tests of the Rust crates, with cargo-nextest where it is installed.

use std::process::{Command, ExitStatus};

use anyhow::{Context as _, bail};

use super::counts;
use crate::check::SERVER_SIDE;
use crate::process;
use crate::project::Project;
use crate::steps::{Counts, Ended};
use crate::system;

/// The crates with a library, whose comments can hold examples.
const LIBRARIES: [&str; 5] = ["domain", "migrations", "backend", "app", "server"];

/// Tests the server's side; on PostgreSQL too if there is one.
pub(super) fn server_side(project: &Project, postgres: Option<&str>) -> anyhow::Result<Ended> {
    let mut tests = runner(project);
    tests.args(SERVER_SIDE);
    match postgres {
        Some(address) => tests.env("TEST_POSTGRES_URL", address),
        None => tests.env_remove("TEST_POSTGRES_URL"),
    };
    counted(&mut tests)
}

pub(super) fn tools(project: &Project) -> anyhow::Result<Ended> {
    counted(runner(project).args(["--package", "xtask"]))
}

/// Runs the examples in comments, which nextest cannot.
pub(super) fn docs(project: &Project) -> anyhow::Result<Ended> {
    let with_examples: Vec<_> = LIBRARIES
        .into_iter()
        .filter(|name| has_examples(&project.root().join(name).join("src")))
        .flat_map(|name| ["--package", name])
        .collect();
    if with_examples.is_empty() {
        return Ok(Ended::Tests(Counts::default()));
    }
    let mut tests = process::cargo(project);
    tests.args(["test", "--doc", "--no-fail-fast"]).args(&with_examples);
    if with_examples.contains(&"app") {
        tests.args(["--features", "app/ssr"]);
    }
    counted(&mut tests)
}

fn has_examples(folder: &std::path::Path) -> bool {
    system::file_names(folder)
        .iter()
        .map(|name| folder.join(name))
        .any(|path| {
            if path.is_dir() {
                return has_examples(&path);
            }
            let is_example = |line: &str| line.starts_with("/// ```") || line.starts_with("//! ```");
            path.extension().is_some_and(|kind| kind == "rs")
                && std::fs::read_to_string(&path)
                    .is_ok_and(|text| text.lines().any(|line| is_example(line.trim_start())))
        })
}

fn runner(project: &Project) -> Command {
    let mut cargo = process::cargo(project);
    // A snapshot that differs is a failure, not a new file beside it.
    cargo.env("INSTA_UPDATE", "no");
    if system::find_program("cargo-nextest").is_some() {
        cargo.args([
            "nextest",
            "run",
            "--no-fail-fast",
            "--no-tests",
            "pass",
            "--status-level",
            "slow",
        ]);
        cargo.args(["--final-status-level", "fail"]);
    } else {
        cargo.args(["test", "--no-fail-fast", "--lib", "--bins", "--tests"]);
    }
    cargo
}

fn counted(command: &mut Command) -> anyhow::Result<Ended> {
    let (status, output) = process::run_and_keep(command)?;
    result(status, counts::of_rust(&output))
}

/// What the counts and the exit status say together; a runner that failed without a failed test is a failure too.
fn result(status: ExitStatus, counts: Option<Counts>) -> anyhow::Result<Ended> {
    match counts {
        Some(counts) if status.success() || counts.failed > 0 => Ok(Ended::Tests(counts)),
        Some(_) => bail!("the tests passed, but their runner failed"),
        None if status.success() => Ok(Ended::Tests(Counts::default())),
        None => process::succeeded("building the tests", status)
            .map(|()| Ended::Passed)
            .context("no test has run"),
    }
}
