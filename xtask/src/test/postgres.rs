//! A private PostgreSQL cluster for one run of tests: in a temporary folder, on a free port of this machine only, gone
//! afterwards.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use rustix::process::Signal;
use tempfile::TempDir;

use crate::process;
use crate::project::Project;
use crate::system::{self, User};

const START_LIMIT: Duration = Duration::from_secs(60);

/// Lost with a power cut, which is nothing to tests, and several times as fast.
const SETTINGS: [&str; 6] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
];

/// A running cluster. It stops when this value goes away.
pub(super) struct Postgres {
    server: Child,
    port: u16,
    /// Removed when this value goes away, after the server.
    _folder: TempDir,
}

impl Postgres {
    /// Makes a cluster and starts it, after installing PostgreSQL where it is missing and that is allowed.
    pub(super) fn start(project: &Project) -> anyhow::Result<Self> {
        let programs = match find_programs() {
            Some(programs) => programs,
            None => {
                system::install(&["postgresql"], "testing on PostgreSQL")?;
                find_programs().context("PostgreSQL is installed, but its programs cannot be found")?
            }
        };
        // PostgreSQL refuses to run as the superuser.
        let user = if system::is_root() {
            Some(system::ordinary_user()?)
        } else {
            None
        };
        let folder = tempfile::Builder::new()
            .prefix("portal-postgres-")
            .tempdir()
            .context("no temporary folder")?;
        if let Some(user) = user {
            std::os::unix::fs::chown(folder.path(), Some(user.id), Some(user.group))
                .context("the folder of the test database cannot be handed over")?;
        }
        let data = folder.path().join("data");
        let mut initdb = command(project, &programs.join("initdb"), folder.path(), user);
        initdb.args([
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--pgdata",
        ]);
        process::quiet("initdb", initdb.arg(&data))?;
        let port = free_port()?;
        let log = File::create(folder.path().join("log")).context("the log of the test database cannot be written")?;
        let mut postgres = command(project, &programs.join("postgres"), folder.path(), user);
        postgres.arg("-D").arg(&data).args(["-p", &port.to_string()]);
        SETTINGS.iter().for_each(|setting| {
            postgres.args(["-c", setting]);
        });
        postgres.stdout(Stdio::null()).stderr(log);
        let mut cluster = Self {
            server: process::spawn(&mut postgres)?,
            port,
            _folder: folder,
        };
        cluster.wait_until_ready(project, &programs)?;
        println!("PostgreSQL listens on 127.0.0.1:{port}.");
        Ok(cluster)
    }

    /// The address for `TEST_POSTGRES_URL`.
    pub(super) fn address(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, project: &Project, programs: &Path) -> anyhow::Result<()> {
        let started = Instant::now();
        while started.elapsed() < START_LIMIT && !process::interrupted() {
            if self
                .server
                .try_wait()
                .context("PostgreSQL cannot be watched")?
                .is_some()
            {
                bail!("PostgreSQL ended at once: {}", self.last_words());
            }
            let mut ask = process::program(project, programs.join("pg_isready"));
            ask.args(["--quiet", "--host=127.0.0.1", "--port", &self.port.to_string()]);
            if process::run(&mut ask)?.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("PostgreSQL did not start: {}", self.last_words())
    }

    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(self._folder.path().join("log")).unwrap_or_default();
        log.lines().last().unwrap_or("it wrote no log").to_owned()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(group) = process::group_of(&self.server) {
            // At once and without tidying up: its folder goes away next.
            process::signal_group(group, Signal::QUIT);
        }
        if let Err(error) = self.server.wait() {
            println!("PostgreSQL cannot be waited for: {error}.");
        }
    }
}

fn command(project: &Project, program: &Path, folder: &Path, user: Option<User>) -> Command {
    let mut command = process::program(project, program);
    // A folder that the other user may enter.
    command.current_dir(folder).env_remove("PGDATA").env_remove("PGPORT");
    if let Some(User { id, group }) = user {
        command.uid(id).gid(group);
    }
    command
}

/// A port that nobody listens on at the moment.
fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("there is no free port")?;
    Ok(listener.local_addr().context("there is no free port")?.port())
}

/// The folder with the programs of the newest PostgreSQL. Debian keeps them out of `PATH`.
fn find_programs() -> Option<PathBuf> {
    let versions = system::file_names(Path::new("/usr/lib/postgresql"));
    let newest = system::highest_version(versions.iter().map(String::as_str), "");
    let debian = newest.map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    let in_path = system::find_program("initdb").and_then(|file| file.parent().map(Path::to_path_buf));
    debian.into_iter().chain(in_path).find(|folder| {
        ["initdb", "postgres", "pg_isready"]
            .iter()
            .all(|name| folder.join(name).is_file())
    })
}
