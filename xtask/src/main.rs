//! The one task runner: `cargo xtask run`, `test`, `check`, `build`, `bench`, `fuzz`. Each verb is a module of its own; what
//! several of them need (running programs, installing packages, the list of steps) lies beside them. No rule of the
//! portal lives here.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks on the terminal"
)]

mod bench;
mod build;
mod check;
mod chromium;
mod fuzz;
mod npm;
mod portal;
mod process;
mod project;
mod run;
mod steps;
mod system;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, runs and checks the Messaging Portal.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Run(run::Run),
    Test(test::Test),
    Check(check::Check),
    Build(build::Build),
    Bench(bench::Bench),
    Fuzz(fuzz::Fuzz),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match start(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}");
            if process::interrupted() {
                ExitCode::from(130)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

fn start(cli: Cli) -> anyhow::Result<ExitCode> {
    process::watch_signals()?;
    let project = project::Project::find()?;
    match cli.verb {
        Verb::Run(run) => run.start(&project),
        Verb::Test(test) => test.start(&project),
        Verb::Check(check) => check.start(&project),
        Verb::Build(build) => build.start(&project),
        Verb::Bench(bench) => bench.start(&project),
        Verb::Fuzz(fuzz) => fuzz.start(&project),
    }
}
