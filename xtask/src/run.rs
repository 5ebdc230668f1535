//! `cargo xtask run`: builds everything and starts the portal with demo content.

use std::net::SocketAddr;
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
/// Builds the server and what the browser loads, fills an empty database with two demo enterprises, prints
/// the demo sign-ins and serves until Ctrl-C. A stand-in for NetSapiens runs beside it, so that the domains of the demo
/// content live; its control page lets them expire. The first build takes minutes, the next start seconds. What building for
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
    /// Leave an empty database empty, and start no stand-in.
    #[arg(long)]
    no_demo_data: bool,
    /// Optimize the server for speed, as for production. Many rows need it; building it takes minutes longer.
    #[arg(long)]
    release: bool,
    /// Where the stand-in for NetSapiens listens.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4010")]
    stand_in: SocketAddr,
}

/// The subscriptions that the stand-in has at first: those of the demo content, as it was made (host, domain, days left,
/// id). The fourth domain's carrier refuses its credentials.
const SUBSCRIPTIONS: [(&str, &str, i64, &str); 3] = [
    ("api.netsapiens.example", "clinic.alder.example", 212, "5a3c91d0"),
    ("api.netsapiens.example", "urgent-care.alder.example", 5, "b47923a0"),
    ("api.netsapiens.example", "records.alder.example", -2, "0eb5b570"),
];

/// The numbers that the stand-in lists: for each domain the first one and how many. The demo content has other ones.
const NUMBERS: [(&str, &str, u64, u64); 3] = [
    ("api.netsapiens.example", "clinic.alder.example", 15_095_550_100, 40),
    (
        "api.netsapiens.example",
        "urgent-care.alder.example",
        15_095_550_200,
        25,
    ),
    ("api.netsapiens.example", "records.alder.example", 15_095_550_300, 10),
];

impl Run {
    pub(crate) fn start(self, project: &Project) -> anyhow::Result<ExitCode> {
        let profile = if self.release { Profile::Release } else { Profile::Dev };
        let portal = build::all(project, WebProfile::Release, profile)?;
        if self.database_url == DEFAULT_DATABASE {
            std::fs::create_dir_all(project.root().join("data")).context("the folder data cannot be made")?;
        }
        let mut stand_in = None;
        if !self.no_demo_data {
            let program = build::stand_in(project, profile)?;
            stand_in = Some(process::Beside::start(&mut self.stand_in(project, &program))?);
            let filled = process::run(self.portal(project, &portal).args(["demo-data", "--if-empty"]))?;
            if !filled.success() {
                return Ok(exit_code(filled.code()));
            }
        }
        let served = process::run(self.portal(project, &portal).args(["serve", "--listen", &self.listen]))?;
        drop(stand_in);
        Ok(exit_code(served.code()))
    }

    fn stand_in(&self, project: &Project, program: &Path) -> Command {
        let mut command = process::program(project, program);
        command.args(["--listen", &self.stand_in.to_string(), "--pump-ms", "3000"]);
        for (host, domain, days_left, id) in SUBSCRIPTIONS {
            let post_url = format!("{}/netsapiens", self.inbound());
            command.args([
                "--subscription",
                &format!("{host},{domain},{days_left},{id},{post_url}"),
            ]);
        }
        for (host, domain, first, count) in NUMBERS {
            command.args(["--numbers", &format!("{host},{domain},{first},{count}")]);
        }
        command
    }

    /// Where the stand-in takes what it sends itself.
    fn inbound(&self) -> String {
        format!("http://{}/inbound", self.stand_in)
    }

    fn portal(&self, project: &Project, program: &Path) -> Command {
        let mut command = process::program(project, program);
        command
            .args(["--database-url", &self.database_url])
            .arg("--site-dir")
            .arg(project.site());
        if !self.no_demo_data {
            command.args(["--carrier-stand-in", &self.stand_in.to_string()]);
            command.args(["--inbound-url", &self.inbound(), "--renewal-check-seconds", "15"]);
        }
        command
    }
}

/// The portal's own exit status as ours; it has said already what was wrong.
fn exit_code(code: Option<i32>) -> ExitCode {
    code.and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from)
}
