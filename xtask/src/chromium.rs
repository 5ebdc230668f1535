//! The browser that tests and measurements run in.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::project::Project;
use crate::{process, system};

/// The browser to use: the one that was asked for, the machine's, or Playwright's own (`None`). Installs one where there
/// is none and that is allowed; `purpose` completes the sentence "… needs the package chromium".
pub(crate) fn find(project: &Project, purpose: &str) -> anyhow::Result<Option<PathBuf>> {
    if let Some(path) = std::env::var_os("CHROMIUM_PATH").filter(|path| !path.is_empty()) {
        return Ok(Some(PathBuf::from(path)));
    }
    let installed = || {
        ["chromium", "chromium-browser"]
            .iter()
            .find_map(|name| system::find_program(name))
    };
    if let Some(path) = installed() {
        return Ok(Some(path));
    }
    if has_own_browser(project) {
        return Ok(None);
    }
    if !system::can_install() {
        bail!(
            "no browser is here for {purpose}; install Chromium, name one in CHROMIUM_PATH, or run `npx playwright \
             install chromium` in end2end"
        );
    }
    system::install(&["chromium"], purpose)?;
    Ok(Some(installed().context("Chromium is installed, but cannot be found")?))
}

/// Whether Playwright's own Chromium has been downloaded.
fn has_own_browser(project: &Project) -> bool {
    let mut node = process::program(project, "node");
    node.current_dir(project.end2end())
        .args(["--print", "require('@playwright/test').chromium.executablePath()"]);
    process::quiet("Playwright", &mut node).is_ok_and(|path| Path::new(path.trim()).is_file())
}
