//! rustfmt, clippy and rustdoc, each with warnings as errors.
//!
//! The server's side is one call and the browser's another: together they would unify `ssr` and `hydrate`, which no
//! build ever does.

use std::process::Command;

use crate::build::WebToolchain;
use crate::process;
use crate::project::Project;
use crate::steps::Ended;

/// The crates of the server's side and the features that make them so.
pub(crate) const SERVER_SIDE: [&str; 14] = [
    "--package",
    "domain",
    "--package",
    "migrations",
    "--package",
    "backend",
    "--package",
    "app",
    "--package",
    "server",
    "--package",
    "simulator",
    "--features",
    "app/ssr",
];

fn passed(what: &str, command: &mut Command) -> anyhow::Result<Ended> {
    process::run_ok(what, command).map(|()| Ended::Passed)
}

pub(super) fn format(project: &Project) -> anyhow::Result<Ended> {
    passed(
        "rustfmt (run `cargo fmt --all`)",
        process::cargo(project).args(["fmt", "--all", "--check"]),
    )
}

pub(super) fn server_side(project: &Project) -> anyhow::Result<Ended> {
    let mut clippy = process::cargo(project);
    clippy
        .arg("clippy")
        .args(SERVER_SIDE)
        .args(["--all-targets", "--", "-D", "warnings"]);
    passed("clippy for the server's side", &mut clippy)
}

/// Lints what runs in the browser. Debian's compiler for the browser brings no clippy; then the same code is linted as
/// if it were to run here, which leaves out only what is written for wasm alone.
pub(super) fn browser_side(project: &Project) -> anyhow::Result<Ended> {
    let mut clippy = match WebToolchain::present(project) {
        Some(ready @ WebToolchain::Ready) => ready.cargo(project, "clippy"),
        _ => {
            let mut cargo = process::cargo(project);
            cargo.arg("clippy");
            cargo
        }
    };
    clippy.args([
        "--package",
        "views",
        "--package",
        "app",
        "--package",
        "frontend",
        "--lib",
        "--features",
        "app/hydrate",
    ]);
    clippy.args(["--", "-D", "warnings"]);
    passed("clippy for the browser's side", &mut clippy)
}

pub(super) fn tools(project: &Project) -> anyhow::Result<Ended> {
    let mut clippy = process::cargo(project);
    clippy.args(["clippy", "--package", "xtask", "--all-targets", "--", "-D", "warnings"]);
    passed("clippy for xtask", &mut clippy)
}

pub(super) fn docs(project: &Project) -> anyhow::Result<Ended> {
    let mut doc = process::cargo(project);
    doc.args(["doc", "--no-deps"])
        .args(SERVER_SIDE)
        .env("RUSTDOCFLAGS", "-D warnings");
    passed("rustdoc", &mut doc)
}
