//! `cargo xtask fuzz`: schemathesis asks the API of a running portal what the OpenAPI document allows and what it forbids,
//! in every role, with all its checks. `cargo xtask test` does the same for a moment, always in the same way.

mod python;
mod report;
mod role;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail};
use clap::Args;

use crate::build::{self, Profile};
use crate::portal::{Portal, Setup};
use crate::process;
use crate::project::Project;
use crate::steps::{Ended, Steps};
use role::Role;

/// Enough of everything to be found by lists, and little enough to be filled in quickly.
const DEMO: [&str; 6] = ["--groups", "30", "--users", "40", "--numbers", "80"];
/// So many that nobody has to wait.
const NO_LIMIT: &str = "100000000";
/// What `cargo xtask test` asks with.
const TEST_SEED: u64 = 1;
/// How much it asks about each operation, beside what the document's own limits give rise to.
const TEST_EXAMPLES: u32 = 10;
/// The same for each round of a longer run.
const EXAMPLES: u32 = 100;

/// Ask the API what its document allows and what it forbids, for as long as you like.
///
/// Starts a portal with demo content for each role, makes a token and lets schemathesis look for faults, undocumented
/// answers and what can be had without a right to it. Installs schemathesis below the target folder. Every finding comes
/// with the request as a `curl` line; the seed that is printed asks the same again.
#[derive(Args)]
pub(crate) struct Fuzz {
    /// For how long, all roles together.
    #[arg(long, value_name = "MINUTES", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: u32,
    /// Only in this role; can be given several times.
    #[arg(long, value_name = "ROLE")]
    role: Vec<Role>,
    /// The seed of an earlier run.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
}

/// How much to ask.
#[derive(Debug, Clone, Copy)]
struct Effort {
    seed: u64,
    examples: u32,
    /// For how many seconds; without it, once.
    seconds: Option<u32>,
}

impl Fuzz {
    pub(crate) fn start(self, project: &Project) -> anyhow::Result<ExitCode> {
        let roles = if self.role.is_empty() {
            Role::ALL.to_vec()
        } else {
            self.role
        };
        let seed = self.seed.map_or_else(new_seed, Ok)?;
        let share = u32::try_from(roles.len()).unwrap_or(u32::MAX);
        let effort = Effort {
            seed,
            examples: EXAMPLES,
            seconds: Some((self.minutes * 60 / share).max(1)),
        };
        println!("Seed: {seed}");
        let fuzzer = Fuzzer::prepare(project, python::schemathesis(project)?)?;
        let mut steps = Steps::default();
        for role in roles {
            steps.run(role.step(), || fuzzer.ask(role, effort));
        }
        let code = steps.finish();
        println!(
            "To ask the same again: `cargo xtask fuzz --seed {seed} --minutes {}`, with `--role` for one role.",
            self.minutes
        );
        Ok(code)
    }
}

/// The steps of `cargo xtask test`.
pub(crate) fn steps(project: &Project, steps: &mut Steps) {
    let mut program = None;
    steps.run("schemathesis", || match python::schemathesis(project) {
        Ok(installed) => {
            program = Some(installed);
            Ok(Ended::Passed)
        }
        Err(error) if !in_ci() => Ok(Ended::Skipped(format!("the API is not fuzzed: {error:#}"))),
        Err(error) => Err(error),
    });
    let Some(program) = program else { return };
    let mut fuzzer = None;
    steps.run("server to be fuzzed", || {
        fuzzer = Some(Fuzzer::prepare(project, program)?);
        Ok(Ended::Passed)
    });
    let effort = Effort {
        seed: TEST_SEED,
        examples: TEST_EXAMPLES,
        seconds: None,
    };
    for role in Role::ALL {
        if let Some(fuzzer) = &fuzzer {
            steps.run(role.step(), || fuzzer.ask(role, effort));
        }
    }
}

/// Whether this is continuous integration, where nothing may be left out.
fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// Where everything lies that fuzzing needs and leaves behind.
fn folder(project: &Project) -> PathBuf {
    project.target().join("fuzz")
}

/// A seed that nobody has thought of.
fn new_seed() -> anyhow::Result<u64> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the clock is wrong")?;
    Ok(u64::from(now.subsec_nanos()) ^ now.as_secs())
}

/// Schemathesis, and the server that it asks.
struct Fuzzer<'p> {
    project: &'p Project,
    schemathesis: PathBuf,
    server: PathBuf,
}

impl<'p> Fuzzer<'p> {
    fn prepare(project: &'p Project, schemathesis: PathBuf) -> anyhow::Result<Self> {
        Ok(Self {
            project,
            schemathesis,
            server: build::server(project, Profile::Dev)?,
        })
    }

    /// Starts a portal, asks it in this role, and counts the operations that answered as they should.
    fn ask(&self, role: Role, effort: Effort) -> anyhow::Result<Ended> {
        let setup = Setup {
            demo: DEMO.map(str::to_owned).to_vec(),
            site: None,
            serve: [
                "--api-requests-per-token",
                NO_LIMIT,
                "--api-requests-per-address",
                NO_LIMIT,
            ]
            .map(str::to_owned)
            .to_vec(),
        };
        let portal = Portal::start(self.project, &self.server, &setup)?;
        let token = role.token(self.project, &portal)?;
        let report = folder(self.project).join(format!("report-{}.json", role.word()));
        if report.exists() {
            std::fs::remove_file(&report).with_context(|| format!("{} cannot be removed", report.display()))?;
        }
        let mut command = self.command(&portal, token.as_deref(), &report, effort);
        let status = process::run(&mut command)?;
        let Ok(text) = std::fs::read_to_string(&report) else {
            process::succeeded("schemathesis", status)?;
            bail!("schemathesis wrote no report");
        };
        let outcome = report::outcome(&text)?;
        if outcome.counts.failed == 0 {
            process::succeeded("schemathesis", status)?;
        }
        println!("{} requests, seed {}.", outcome.requests, effort.seed);
        if outcome.counts.failed > 0 {
            println!(
                "The lines with curl ask a portal that `cargo xtask run` has started, with a token of `messaging-portal \
                 create-token` in the place of [Filtered]."
            );
        }
        Ok(Ended::Tests(outcome.counts))
    }

    fn command(&self, portal: &Portal, token: Option<&str>, report: &Path, effort: Effort) -> Command {
        let mut command = process::program(self.project, &self.schemathesis);
        command
            // It leaves a folder where it runs.
            .current_dir(folder(self.project))
            .arg("--config-file")
            .arg(self.project.end2end().join("fuzz/schemathesis.toml"))
            .arg("run")
            .arg(format!("{}/api/v1/openapi.json", portal.address()))
            .args([
                "--checks",
                "all",
                "--continue-on-failure",
                "--generation-database",
                "none",
            ])
            .args(["--seed", &effort.seed.to_string()])
            .args(["--max-examples", &effort.examples.to_string()])
            .args(["--report", "json", "--report-json-path"])
            .arg(report);
        if let Some(seconds) = effort.seconds {
            command.args(["--max-time", &seconds.to_string()]);
        }
        if let Some(token) = token {
            command.args(["--header", &format!("Authorization: Bearer {token}")]);
        }
        command
    }
}
