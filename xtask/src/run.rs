//! `cargo xtask run`: builds everything and starts the portal with demo content.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Context as _;
use clap::Args;

use crate::build::{self, Profile, WebProfile};
use crate::process;
use crate::project::Project;

const DEFAULT_DATABASE: &str = "sqlite:data/portal.db";

/// Build everything and start the portal with demo content.
///
/// Builds the server (optimized) and what the browser loads, fills an empty database with two demo enterprises, prints
/// the demo sign-ins and serves until Ctrl-C. The first build takes minutes, the next start seconds. What building for
/// the browser needs is installed where that is possible without asking, otherwise a sentence says what is missing.
#[derive(Args)]
pub(crate) struct Run {
    /// Where to listen; port 0 takes a free one.
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "PORTAL_LISTEN",
        default_value = "127.0.0.1:3000"
    )]
    listen: String,
    /// The database: `sqlite:FILE` or `postgres://…`.
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true, default_value = DEFAULT_DATABASE)]
    database_url: String,
    /// Leave an empty database empty.
    #[arg(long)]
    no_demo_data: bool,
}

impl Run {
    pub(crate) fn start(self, project: &Project) -> anyhow::Result<ExitCode> {
        build::site(project, WebProfile::Release)?;
        let portal = build::server(project, Profile::Release)?;
        if self.database_url == DEFAULT_DATABASE {
            std::fs::create_dir_all(project.root().join("data")).context("the folder data cannot be made")?;
        }
        if !self.no_demo_data {
            let filled = process::run(self.portal(project, &portal).args(["demo-data", "--if-empty"]))?;
            if !filled.success() {
                return Ok(exit_code(filled.code()));
            }
        }
        let served = process::run(self.portal(project, &portal).args(["serve", "--listen", &self.listen]))?;
        Ok(exit_code(served.code()))
    }

    fn portal(&self, project: &Project, program: &Path) -> Command {
        let mut command = process::program(project, program);
        command
            .args(["--database-url", &self.database_url])
            .arg("--site-dir")
            .arg(project.site());
        command
    }
}

/// The portal's own exit status as ours; it has said already what was wrong.
fn exit_code(code: Option<i32>) -> ExitCode {
    code.and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from)
}
