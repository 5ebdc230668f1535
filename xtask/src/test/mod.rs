//! `cargo xtask test`: everything that continuous integration checks, in one go.

mod browser;
mod counts;
mod postgres;
mod rust;

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::build::{self, Profile, WebProfile};
use crate::check;
use crate::process;
use crate::project::Project;
use crate::steps::{Ended, Steps};
use browser::Programs;
use postgres::Postgres;

/// Check and test everything, as continuous integration does.
///
/// Runs `check`, the Rust tests on SQLite and on a private PostgreSQL cluster, and the browser tests against the real
/// server. Chromium, PostgreSQL and the npm packages are installed where that is possible without asking. Every step
/// runs even when an earlier one has failed; the last line says how many checks passed, failed and were skipped.
#[derive(Args)]
pub(crate) struct Test {
    /// Only this part; can be given several times.
    #[arg(long, value_name = "PART")]
    only: Vec<Part>,
    /// Only browser tests whose file or title contains this.
    #[arg(long, value_name = "TEXT")]
    grep: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting, lints, crate borders, docs.
    Check,
    /// The Rust tests on both databases.
    Rust,
    /// The build of site and server, asset sizes, and the browser tests.
    Browser,
}

impl Test {
    pub(crate) fn start(self, project: &Project) -> anyhow::Result<ExitCode> {
        let mut steps = Steps::default();
        if self.wants(Part::Check) {
            check::run(project, &mut steps);
        }
        if self.wants(Part::Rust) {
            rust_tests(project, &mut steps);
        }
        if self.wants(Part::Browser) {
            browser_tests(project, &mut steps, self.grep.as_deref());
        }
        Ok(steps.finish())
    }

    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

fn rust_tests(project: &Project, steps: &mut Steps) {
    let mut postgres = None;
    steps.run("PostgreSQL", || {
        postgres = Some(Postgres::start(project)?);
        Ok(Ended::Passed)
    });
    let address = postgres.as_ref().map(Postgres::address);
    steps.run("Rust tests", || rust::server_side(project, address.as_deref()));
    steps.run("tool tests", || rust::tools(project));
    steps.run("doc tests", || rust::docs(project));
}

fn browser_tests(project: &Project, steps: &mut Steps, grep: Option<&str>) {
    let site = steps.run("site", || {
        build::site(project, WebProfile::Release).map(|()| Ended::Passed)
    });
    if site {
        steps.run("size", || check::size(project));
    }
    let mut programs = None;
    steps.run("server", || {
        programs = Some(Programs {
            portal: build::server(project, Profile::Dev)?,
            stand_in: build::stand_in(project, Profile::Dev)?,
        });
        Ok(Ended::Passed)
    });
    let packages = steps.run("npm packages", || browser::packages(project));
    if packages {
        steps.run("types", || browser::types(project));
    }
    steps.run("browser tests", || match programs {
        Some(programs) if site && packages => browser::tests(project, &programs, grep),
        _ => Ok(Ended::Skipped("what they test could not be built".to_owned())),
    });
    if process::interrupted() {
        println!("Stopping.");
    }
}
