//! The npm packages of `end2end/`: Playwright and axe for the browser tests, openapi-typescript for the API's client,
//! binaryen for `wasm-opt`, esbuild.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::build::digest;
use crate::project::Project;
use crate::{process, system};

/// Installs what `package-lock.json` lists, unless that has been done. `None` if there is no npm here.
///
/// # Errors
/// If npm fails, for instance without a network.
pub(crate) fn packages(project: &Project) -> anyhow::Result<Option<PathBuf>> {
    let folder = project.end2end();
    let modules = folder.join("node_modules");
    if system::find_program("npm").is_none() || system::find_program("node").is_none() {
        return Ok(None);
    }
    let lock = std::fs::read(folder.join("package-lock.json")).context("end2end/package-lock.json cannot be read")?;
    let wanted = digest(&lock);
    let stamp = modules.join(".installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(Some(modules));
    }
    println!("Installing the npm packages of end2end.");
    process::quiet(
        "`npm ci` in end2end",
        process::program(project, "npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .current_dir(&folder),
    )?;
    std::fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))?;
    Ok(Some(modules))
}

/// Installs Node where it is missing, then the packages. `purpose` completes the sentence "… needs the packages nodejs
/// npm".
///
/// # Errors
/// If they cannot be had.
pub(crate) fn require(project: &Project, purpose: &str) -> anyhow::Result<()> {
    if packages(project)?.is_none() {
        system::install(&["nodejs", "npm"], purpose)?;
        packages(project)?.context("npm is installed, but cannot be found")?;
    }
    Ok(())
}
