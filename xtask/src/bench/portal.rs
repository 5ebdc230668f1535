//! The portal that is measured: the optimized server on a database of its own, filled with as many groups as asked for.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context as _, bail};
use rustix::process::Signal;
use tempfile::TempDir;

use crate::process;
use crate::project::Project;

/// How many groups share one Teams user: in a company of 2,500 people there are 10,000 groups, more than any has.
const GROUPS_PER_USER: u32 = 4;
/// The least number of users, as in the demo content of everyday.
const FEWEST_USERS: u32 = 124;
/// Groups take the first half of the numbers, four thirds of a number each.
const NUMBERS_PER_GROUP: u32 = 3;

/// A running portal. It stops when this value goes away.
pub(super) struct Portal {
    server: Child,
    address: String,
    /// Kept, so that the server can go on writing.
    _output: Option<BufReader<ChildStdout>>,
    /// Removed when this value goes away, after the server.
    _folder: TempDir,
}

impl Portal {
    /// Fills a new database and starts the server on a free port.
    pub(super) fn start(project: &Project, program: &Path, groups: u32) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("portal-bench-")
            .tempdir()
            .context("no temporary folder")?;
        let database = format!("sqlite:{}", folder.path().join("portal.db").display());
        let mut fill = command(project, program, &database);
        fill.arg("demo-data")
            .args(["--groups", &groups.to_string()])
            .args(["--users", &FEWEST_USERS.max(groups / GROUPS_PER_USER).to_string()])
            .args(["--numbers", &groups.saturating_mul(NUMBERS_PER_GROUP).to_string()]);
        process::quiet("filling the database", &mut fill)?;
        let mut serve = command(project, program, &database);
        serve
            .arg("--site-dir")
            .arg(project.site())
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped());
        let mut portal = Self {
            server: process::spawn(&mut serve)?,
            address: String::new(),
            _output: None,
            _folder: folder,
        };
        portal.wait_until_it_listens()?;
        Ok(portal)
    }

    /// Where it answers, without a slash at the end.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    fn wait_until_it_listens(&mut self) -> anyhow::Result<()> {
        let mut output = BufReader::new(self.server.stdout.take().context("the server has no output")?);
        let mut line = String::new();
        while output
            .read_line(&mut line)
            .context("the server's output cannot be read")?
            > 0
        {
            if let Some(address) = line.trim_end().strip_prefix("Listening on ") {
                self.address = address.to_owned();
                self._output = Some(output);
                return Ok(());
            }
            line.clear();
        }
        bail!("the server ended before it listened; what it said stands above")
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        if let Some(group) = process::group_of(&self.server) {
            // At once and without tidying up: its folder goes away next.
            process::signal_group(group, Signal::KILL);
        }
        if let Err(error) = self.server.wait() {
            println!("The server cannot be waited for: {error}.");
        }
    }
}

fn command(project: &Project, program: &Path, database: &str) -> Command {
    let mut command = process::program(project, program);
    command.args(["--database-url", database, "--log", "warn"]);
    command
}
