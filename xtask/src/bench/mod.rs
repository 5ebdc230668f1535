//! `cargo xtask bench`: measurements for people to read. They print figures with the goals beside them and judge
//! nothing: whatever else a machine does is in every figure.

mod browser;
mod lines;
mod numbers;
mod samples;
mod table;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::project::Project;

/// Measure how quick the portal is.
#[derive(Args)]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Table(table::Table),
    Numbers(numbers::Numbers),
}

impl Bench {
    pub(crate) fn start(self, project: &Project) -> anyhow::Result<ExitCode> {
        match self.what {
            What::Table(table) => table.start(project),
            What::Numbers(numbers) => numbers.start(project),
        }
    }
}
