//! What all measurements in a browser need: Node with its packages, Chromium, a site and a server built for release.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::de::DeserializeOwned;

use crate::build::{self, Profile, WebProfile};
use crate::portal::Portal;
use crate::project::Project;
use crate::{chromium, npm, process};

/// What Node, its packages and Chromium are for.
const PURPOSE: &str = "measuring in a browser";

/// Everything that is needed to measure a portal in a browser.
pub(super) struct Browser<'a> {
    project: &'a Project,
    chromium: Option<PathBuf>,
    program: PathBuf,
}

impl<'a> Browser<'a> {
    /// Installs and builds what is missing or outdated.
    pub(super) fn prepare(project: &'a Project) -> anyhow::Result<Self> {
        npm::require(project, PURPOSE)?;
        let chromium = chromium::find(project, PURPOSE)?;
        build::site(project, WebProfile::Release)?;
        let program = build::server(project, Profile::Release)?;
        Ok(Self {
            project,
            chromium,
            program,
        })
    }

    /// The server's program.
    pub(super) fn program(&self) -> &Path {
        &self.program
    }

    /// Runs a script of `end2end/bench` against the portal and reads what it prints.
    pub(super) fn measure<T: DeserializeOwned>(
        &self,
        script: &str,
        portal: &Portal,
        arguments: &[&str],
    ) -> anyhow::Result<T> {
        let mut node = process::program(self.project, "node");
        node.current_dir(self.project.end2end())
            .arg(format!("bench/{script}"))
            .args(["--address", portal.address()])
            .args(arguments);
        if let Some(path) = &self.chromium {
            node.env("CHROMIUM_PATH", path);
        }
        let text = process::quiet("measuring in the browser", &mut node)?;
        serde_json::from_str(&text).context("what was measured cannot be understood")
    }
}
