//! Schemathesis, installed below the target folder with everything that it needs.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::folder;
use crate::build::digest;
use crate::project::Project;
use crate::{process, system};

/// What Python is for.
const PURPOSE: &str = "fuzzing the API";

/// Installs what `requirements.txt` lists, unless that has been done, and tells where the program is.
///
/// # Errors
/// If there is no Python with venv and pip and none can be installed, or pip fails, for instance without a network.
pub(super) fn schemathesis(project: &Project) -> anyhow::Result<PathBuf> {
    let listed = project.end2end().join("fuzz/requirements.txt");
    let requirements = std::fs::read(&listed).with_context(|| format!("{} cannot be read", listed.display()))?;
    let wanted = digest(&requirements);
    let environment = folder(project).join("venv");
    let (program, stamp) = (environment.join("bin/schemathesis"), environment.join(".installed"));
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(program);
    }
    println!("Installing schemathesis.");
    make_environment(project, &environment)?;
    let mut pip = process::program(project, environment.join("bin/python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--requirement",
    ])
    .arg(&listed);
    process::quiet("`pip install`", &mut pip)?;
    std::fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))?;
    Ok(program)
}

/// Makes an empty environment in that folder, in place of one that is there.
fn make_environment(project: &Project, environment: &Path) -> anyhow::Result<()> {
    let make = || {
        let mut python = process::program(project, "python3");
        python.args(["-m", "venv", "--clear"]).arg(environment);
        process::quiet("`python3 -m venv`", &mut python).map(drop)
    };
    if system::find_program("python3").is_some() {
        let made = make();
        if made.is_ok() || !system::can_install() {
            return made;
        }
    }
    system::install(&["python3", "python3-venv"], PURPOSE)?;
    make()
}
