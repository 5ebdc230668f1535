//! From the frontend's source to a small wasm module and its script.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use serde::Deserialize;
use wasm_bindgen_cli_support::Bindgen;

use super::assets::{digest, write_whole};
use super::toolchain::{WebProfile, WebToolchain};
use crate::project::Project;
use crate::{npm, process, system};

/// What the steps after the compiler depend on besides its output. Part of the key under which their result is kept, so
/// it changes with them.
const STEPS: &str = "bindgen 0.2.130 web; wasm-opt -Oz";

/// The features that every browser with WebAssembly exceptions off has had for years and that rustc emits by default.
/// Named because the module no longer says which it uses.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What the browser loads to bring a page to life.
pub(crate) struct Scripts {
    /// The module's script.
    pub(crate) js: String,
    /// The module.
    pub(crate) wasm: Vec<u8>,
    /// Scripts that crates bring along, by their path below the folder `snippets`.
    pub(crate) snippets: BTreeMap<String, String>,
}

/// Compiles the frontend and processes it, or takes the result of the last time.
pub(crate) fn build(project: &Project, profile: WebProfile) -> anyhow::Result<Scripts> {
    let toolchain = WebToolchain::find(project)?;
    process::run_ok(
        "building for the browser",
        toolchain
            .cargo(project, "build")
            .args(["--package", "frontend", "--lib", "--profile", profile.name()]),
    )?;
    let path = WebToolchain::output(project, profile);
    let raw = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let optimizer = match profile {
        WebProfile::Dev => Optimizer::Missing("this build is for development".to_owned()),
        WebProfile::Release => Optimizer::find(project),
    };
    let key = digest(format!("{} {STEPS} {}", digest(&raw), optimizer.version()).as_bytes());
    let kept = project.web_target().join("scripts").join(&key);
    if !kept.join("frontend.js").is_file() {
        let folder = project.web_target().join("scripts");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be emptied", folder.display()))?;
        }
        process_module(project, &path, &optimizer, &kept)?;
    }
    read(&kept)
}

/// Runs wasm-bindgen and wasm-opt into `kept`. The script is written last: where it exists, all is complete.
fn process_module(project: &Project, raw: &Path, optimizer: &Optimizer, kept: &Path) -> anyhow::Result<()> {
    let fresh = tempfile::tempdir_in(project.web_target()).context("a temporary folder cannot be made")?;
    Bindgen::new()
        .input_path(raw)
        .web(true)
        .map_err(|error| anyhow!("wasm-bindgen refused its settings: {error:#}"))?
        .typescript(false)
        // The page names the module's address itself, since that has a hash in it.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("frontend")
        .generate(fresh.path())
        .map_err(|error| anyhow!("wasm-bindgen failed: {error:#}"))?;
    optimizer.shrink(project, &fresh.path().join("frontend_bg.wasm"))?;
    let done = read(fresh.path())?;
    for (name, text) in &done.snippets {
        write_whole(&kept.join("snippets").join(name), text.as_bytes())?;
    }
    write_whole(&kept.join("frontend_bg.wasm"), &done.wasm)?;
    write_whole(&kept.join("frontend.js"), done.js.as_bytes())
}

fn read(folder: &Path) -> anyhow::Result<Scripts> {
    let mut snippets = BTreeMap::new();
    collect(&folder.join("snippets"), "", &mut snippets)?;
    Ok(Scripts {
        js: std::fs::read_to_string(folder.join("frontend.js")).context("the module's script cannot be read")?,
        wasm: std::fs::read(folder.join("frontend_bg.wasm")).context("the module cannot be read")?,
        snippets,
    })
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) -> anyhow::Result<()> {
    for name in system::file_names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found)?;
        } else {
            let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            found.insert(format!("{prefix}{name}"), text);
        }
    }
    Ok(())
}

/// `wasm-opt`, which makes the module about a fifth smaller; the portal works without it.
enum Optimizer {
    /// The script of the npm package and its version.
    Binaryen { script: PathBuf, version: String },
    /// The reason why there is none.
    Missing(String),
}

impl Optimizer {
    fn find(project: &Project) -> Self {
        let modules = match npm::packages(project) {
            Ok(Some(modules)) => modules,
            Ok(None) => return Self::Missing("npm is not installed".to_owned()),
            Err(error) => return Self::Missing(format!("{error:#}")),
        };
        let package = modules.join("binaryen");
        let described = std::fs::read_to_string(package.join("package.json")).unwrap_or_default();
        match serde_json::from_str::<Package>(&described) {
            Ok(Package { version }) => Self::Binaryen {
                script: package.join("bin/wasm-opt"),
                version,
            },
            Err(error) => Self::Missing(format!("the npm package binaryen cannot be read: {error}")),
        }
    }

    fn version(&self) -> &str {
        match self {
            Self::Binaryen { version, .. } => version,
            Self::Missing(_) => "none",
        }
    }

    fn shrink(&self, project: &Project, module: &Path) -> anyhow::Result<()> {
        let script = match self {
            Self::Binaryen { script, .. } => script,
            Self::Missing(reason) => {
                println!("Going on without wasm-opt, so pages load a larger module: {reason}.");
                return Ok(());
            }
        };
        println!("Optimizing the module for size.");
        let mut wasm_opt = process::program(project, "node");
        wasm_opt
            .arg(script)
            .arg("-Oz")
            .args(FEATURES)
            .arg(module)
            .arg("-o")
            .arg(module);
        process::quiet("wasm-opt", &mut wasm_opt).map(|_| ())
    }
}

#[derive(Deserialize)]
struct Package {
    version: String,
}
