//! Which compiler can build for the browser here.
//!
//! Two ways: the toolchain in use has the target's standard library (rustup, or a distribution that ships it), or
//! Debian's `rustc-web` compiles the standard library itself from `rust-web-src`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::project::Project;
use crate::{process, system};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// How the module is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WebProfile {
    /// Quick to build, large, with the framework's own checks: it says where hydration went wrong.
    Dev,
    /// Small.
    Release,
}

impl WebProfile {
    /// Its name in `Cargo.toml`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "wasm-release",
        }
    }

    /// The folder cargo puts its output in.
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => self.name(),
        }
    }
}

/// A way to compile for the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WebToolchain {
    /// The toolchain in use has the target.
    Ready,
    /// Debian's compiler, which builds the standard library too.
    Debian {
        /// The linker's name, for example `wasm-ld-19`.
        linker: String,
    },
}

impl WebToolchain {
    /// Finds a way, or installs the second one where that is allowed.
    pub(crate) fn find(project: &Project) -> anyhow::Result<Self> {
        if let Some(found) = Self::present(project) {
            return Ok(found);
        }
        if !system::can_install() {
            bail!(
                "this Rust toolchain cannot build for the browser; run `rustup target add {TARGET}`, or install the \
                 Debian packages {} and lld",
                DEBIAN_PACKAGES.join(", ")
            );
        }
        let linkers = system::known_packages("lld-")?;
        let version = system::highest_version(linkers.iter().map(String::as_str), "lld-")
            .context("building for the browser needs the linker lld, and the package lists do not have it")?;
        let linker = format!("lld-{version}");
        let mut packages = DEBIAN_PACKAGES.to_vec();
        packages.push(&linker);
        system::install(&packages, "building for the browser")?;
        Self::present(project).context("the Debian packages are installed, but still cannot build for the browser")
    }

    /// The way that works without installing anything.
    pub(crate) fn present(project: &Project) -> Option<Self> {
        if has_target(project) {
            return Some(Self::Ready);
        }
        let linker = wasm_linker()?;
        let complete = Path::new(DEBIAN_CARGO).is_file() && has_library_source(project);
        complete.then_some(Self::Debian { linker })
    }

    /// A cargo with this verb that builds for the browser into the folder for that, as small as it can.
    ///
    /// Panics do not say in which file they happen: the module would carry thousands of places, with the folders of the
    /// machine that built it. Where the standard library is compiled too, they say nothing at all and only stop the module;
    /// a tenth of it is what they would say. [`WebProfile::Dev`] says all of it. These are unstable features of a stable
    /// compiler, like building the standard library.
    pub(crate) fn small_cargo(&self, project: &Project, verb: &str) -> Command {
        let mut command = self.cargo(project, verb);
        let mut flags = "-Zlocation-detail=none".to_owned();
        if matches!(self, Self::Debian { .. }) {
            flags.push_str(" -Zunstable-options -Cpanic=immediate-abort");
            command.args(["-Z", "build-std-features=optimize_for_size"]);
        }
        command
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
            .env("RUSTC_BOOTSTRAP", "1");
        command
    }

    /// A cargo with this verb that builds for the browser into the folder for that.
    pub(crate) fn cargo(&self, project: &Project, verb: &str) -> Command {
        let mut command = match self {
            Self::Ready => process::cargo(project),
            Self::Debian { .. } => process::program(project, DEBIAN_CARGO),
        };
        command
            .arg(verb)
            .args(["--target", TARGET])
            .env("CARGO_TARGET_DIR", project.web_target());
        if let Self::Debian { linker } = self {
            command
                .args(["-Z", "build-std=std,panic_abort"])
                .env("RUSTC", DEBIAN_RUSTC)
                // Building the standard library is an unstable feature of a stable compiler.
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                // `cargo run` points both at the toolchain in use, which is another one.
                .env_remove("RUSTUP_TOOLCHAIN")
                .env_remove("LD_LIBRARY_PATH");
        }
        command
    }

    /// The compiled module of the frontend.
    pub(crate) fn output(project: &Project, profile: WebProfile) -> PathBuf {
        project
            .web_target()
            .join(TARGET)
            .join(profile.folder())
            .join("frontend.wasm")
    }
}

/// Whether the compiler in use has a standard library for the browser.
fn has_target(project: &Project) -> bool {
    let mut rustc = process::program(project, "rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    let Ok(folder) = process::quiet("`rustc --print target-libdir`", &mut rustc) else {
        return false;
    };
    system::file_names(Path::new(folder.trim()))
        .iter()
        .any(|name| name.starts_with("libstd-"))
}

/// Whether Debian's compiler is there with the source of its own standard library.
fn has_library_source(project: &Project) -> bool {
    if !Path::new(DEBIAN_RUSTC).is_file() {
        return false;
    }
    let mut rustc = process::program(project, DEBIAN_RUSTC);
    rustc.args(["--print", "sysroot"]).env_remove("LD_LIBRARY_PATH");
    let Ok(folder) = process::quiet("`rustc --print sysroot`", &mut rustc) else {
        return false;
    };
    Path::new(folder.trim())
        .join("lib/rustlib/src/rust/library/std/Cargo.toml")
        .is_file()
}

/// The linker for wasm: the one without a version, else the newest.
fn wasm_linker() -> Option<String> {
    if system::find_program("wasm-ld").is_some() {
        return Some("wasm-ld".to_owned());
    }
    let names = system::program_names();
    let version = system::highest_version(names.iter().map(String::as_str), "wasm-ld-")?;
    Some(format!("wasm-ld-{version}"))
}
