//! `cargo xtask build`: the server, and the site folder with everything a browser loads.
//!
//! Wasm is compiled for size, processed and compressed only when its bytes have changed, so that a second build is a
//! matter of seconds.

mod assets;
mod script;
mod style;
mod toolchain;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Args;

pub(crate) use assets::{Manifest, digest, sizes};
pub(crate) use toolchain::{WebProfile, WebToolchain};

use crate::process;
use crate::project::Project;

/// Builds the site (wasm, scripts, style) and the server.
#[derive(Args)]
pub(crate) struct Build {
    /// Optimize the server for speed; this takes minutes.
    #[arg(long)]
    release: bool,
    /// Build only what the browser loads.
    #[arg(long, conflicts_with = "release")]
    site_only: bool,
    /// Build what the browser loads quickly, large, and with the framework's own checks.
    #[arg(long, conflicts_with = "release")]
    dev_site: bool,
}

impl Build {
    pub(crate) fn start(self, project: &Project) -> anyhow::Result<ExitCode> {
        let profile = if self.dev_site {
            WebProfile::Dev
        } else {
            WebProfile::Release
        };
        if self.site_only {
            site(project, profile)?;
        } else {
            let server_profile = if self.release { Profile::Release } else { Profile::Dev };
            println!("Server: {}", all(project, profile, server_profile)?.display());
        }
        println!("Site: {}", project.site().display());
        Ok(ExitCode::SUCCESS)
    }
}

/// How the server is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build, for tests.
    Dev,
    /// Quick to run.
    Release,
}

/// Builds the site and the server side by side, since each keeps only one core busy for minutes, and returns the path of
/// the server.
pub(crate) fn all(project: &Project, web: WebProfile, profile: Profile) -> anyhow::Result<PathBuf> {
    let (site, server) = std::thread::scope(|scope| {
        let site = scope.spawn(|| site(project, web));
        let server = server(project, profile);
        (site.join(), server)
    });
    site.map_err(|_| anyhow!("building the site broke down"))??;
    server
}

/// Builds the server and returns the path of the program.
pub(crate) fn server(project: &Project, profile: Profile) -> anyhow::Result<PathBuf> {
    program(project, profile, "server", "messaging-portal")
}

/// Builds the stand-in for NetSapiens and returns the path of the program.
pub(crate) fn stand_in(project: &Project, profile: Profile) -> anyhow::Result<PathBuf> {
    program(project, profile, "simulator", "netsapiens-stand-in")
}

fn program(project: &Project, profile: Profile, package: &str, name: &str) -> anyhow::Result<PathBuf> {
    let mut cargo = process::cargo(project);
    cargo.args(["build", "--package", package, "--bin", name]);
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => {
            cargo.arg("--release");
            "release"
        }
    };
    process::run_ok(&format!("building {name}"), &mut cargo)?;
    Ok(project.target().join(folder).join(name))
}

/// Builds what the browser loads and writes the site folder with its `manifest.json`.
pub(crate) fn site(project: &Project, profile: WebProfile) -> anyhow::Result<()> {
    let scripts = wasm::build(project, profile)?;
    let css = style::bundle(&project.root().join("style/main.css"))?;
    let mut site = assets::Site::open(project.site())?;
    let folder = site.add_folder("frontend", &scripts.files)?;
    let address = |name: &str| format!("{folder}/{name}");
    let manifest = Manifest {
        css: site.add("main", "css", css.as_bytes())?,
        js: address(wasm::SCRIPT),
        wasm: address(wasm::MODULE),
        parts: scripts
            .parts
            .iter()
            .map(|(part, modules)| (part.clone(), modules.iter().map(|name| address(name)).collect()))
            .collect(),
    };
    site.add_icons(&project.root().join("style/icons"))?;
    site.finish(&manifest)
}
