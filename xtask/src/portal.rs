//! A portal on a database of its own, filled with demo content, for measuring and for fuzzing.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context as _, bail};
use rustix::process::Signal;
use tempfile::TempDir;

use crate::process;
use crate::project::Project;

/// What stands in for a built site where nobody looks at pages.
const NO_SITE: &str = r#"{"css":"/assets/a.css","js":"/assets/a.js","wasm":"/assets/a.wasm"}"#;

/// How a portal is to be.
pub(crate) struct Setup {
    /// What the command that fills the database is told beside.
    pub(crate) demo: Vec<String>,
    /// The built site; without one there are no pages.
    pub(crate) site: Option<PathBuf>,
    /// What the server is told beside.
    pub(crate) serve: Vec<String>,
}

/// A running portal. It stops when this value goes away.
pub(crate) struct Portal {
    server: Child,
    address: String,
    program: PathBuf,
    database: String,
    /// Kept, so that the server can go on writing.
    _output: Option<BufReader<ChildStdout>>,
    /// Removed when this value goes away, after the server.
    _folder: TempDir,
}

impl Portal {
    /// Fills a new database and starts the server on a free port.
    pub(crate) fn start(project: &Project, program: &Path, setup: &Setup) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("portal-tool-")
            .tempdir()
            .context("no temporary folder")?;
        let database = format!("sqlite:{}", folder.path().join("portal.db").display());
        let mut fill = command(project, program, &database);
        fill.arg("demo-data").args(&setup.demo);
        process::quiet("filling the database", &mut fill)?;
        let site = match &setup.site {
            Some(site) => site.clone(),
            None => no_site(folder.path())?,
        };
        let mut serve = command(project, program, &database);
        serve
            .arg("--site-dir")
            .arg(site)
            .args(["--listen", "127.0.0.1:0"])
            .args(&setup.serve)
            .stdout(Stdio::piped());
        let mut portal = Self {
            server: process::spawn(&mut serve)?,
            address: String::new(),
            program: program.to_owned(),
            database,
            _output: None,
            _folder: folder,
        };
        portal.wait_until_it_listens()?;
        Ok(portal)
    }

    /// Where it answers, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The server's process.
    pub(crate) fn server(&self) -> u32 {
        self.server.id()
    }

    /// Runs another command of the program on the same database; tells what it wrote.
    pub(crate) fn run(&self, project: &Project, what: &str, arguments: &[&str]) -> anyhow::Result<String> {
        process::quiet(what, command(project, &self.program, &self.database).args(arguments))
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

/// A site folder in which the server finds what it needs to start.
fn no_site(folder: &Path) -> anyhow::Result<PathBuf> {
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("assets"))
        .and_then(|()| std::fs::write(site.join("manifest.json"), NO_SITE))
        .context("the temporary folder cannot be written to")?;
    Ok(site)
}
