//! From the frontend's source to small wasm modules and their scripts: one module that every page loads, and parts that
//! are loaded when they are needed. Functions with the attribute `wasm_split` are where the parts begin.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context as _, anyhow};
use serde::Deserialize;
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::Options;

use super::assets::{digest, write_whole};
use super::script;
use super::toolchain::{WebProfile, WebToolchain};
use crate::project::Project;
use crate::{npm, process, system};

/// What the steps after the compiler depend on besides its output. Part of the key under which their result is kept, so
/// it changes with them.
const STEPS: &str = "split 0.2.4; bindgen 0.2.130 web; short names; wasm-opt -Oz, twice for the main module; esbuild";

/// The script that starts the module.
pub(crate) const SCRIPT: &str = "frontend.js";
/// The module that every page loads.
pub(crate) const MODULE: &str = "frontend_bg.wasm";
/// The script that loads parts.
pub(super) const PARTS_SCRIPT: &str = "parts.js";
/// Which files each part consists of. Not for the browser; the manifest has it.
const PARTS_LIST: &str = "parts.json";

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
    /// Every file by its path in the folder they share, in which they name each other: [`SCRIPT`], [`MODULE`], the parts,
    /// and the scripts that crates bring along.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The modules of each part, by the part's name.
    pub(crate) parts: BTreeMap<String, Vec<String>>,
}

/// Compiles the frontend and processes it, or takes the result of the last time.
pub(crate) fn build(project: &Project, profile: WebProfile) -> anyhow::Result<Scripts> {
    let toolchain = WebToolchain::find(project)?;
    let mut cargo = match profile {
        WebProfile::Dev => toolchain.cargo(project, "rustc"),
        WebProfile::Release => toolchain.small_cargo(project, "rustc"),
    };
    process::run_ok(
        "building for the browser",
        cargo
            .args(["--package", "frontend", "--lib", "--profile", profile.name()])
            // Splitting needs to know what refers to what.
            .args(["--", "-C", "link-arg=--emit-relocs"]),
    )?;
    let path = WebToolchain::output(project, profile);
    let raw = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let optimizer = match profile {
        WebProfile::Dev => Optimizer::Missing("this build is for development".to_owned()),
        WebProfile::Release => Optimizer::find(project),
    };
    let key = digest(format!("{} {STEPS} {}", digest(&raw), optimizer.versions()).as_bytes());
    let kept = project.web_target().join("scripts").join(&key);
    if !kept.join(SCRIPT).is_file() {
        let folder = project.web_target().join("scripts");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be emptied", folder.display()))?;
        }
        process_module(project, &path, &optimizer, &kept)?;
    }
    read(&kept)
}

/// Splits the module, runs wasm-bindgen and wasm-opt and writes all of it into `kept`. The script is written last: where
/// it exists, all is complete.
fn process_module(project: &Project, raw: &Path, optimizer: &Optimizer, kept: &Path) -> anyhow::Result<()> {
    let work = tempfile::tempdir_in(project.web_target()).context("a temporary folder cannot be made")?;
    let (whole, fresh) = (work.path().join("whole.wasm"), work.path().join("fresh"));
    let parts = split(raw, &whole, &fresh)?;
    bind(&whole, &fresh)?;
    script::shorten_names(&fresh)?;
    optimizer.announce();
    optimizer.shrink_all(project, &fresh)?;
    optimizer.minify(project, &fresh)?;
    write_whole(&fresh.join(PARTS_LIST), serde_json::to_string(&parts)?.as_bytes())?;
    let mut files = BTreeMap::new();
    collect(&fresh, "", &mut files)?;
    let script = files.remove(SCRIPT).context("wasm-bindgen made no script")?;
    for (name, bytes) in &files {
        write_whole(&kept.join(name), bytes)?;
    }
    write_whole(&kept.join(SCRIPT), &script)
}

/// Splits `raw` into `main`, which wasm-bindgen has still to work on, and the parts, which are done and go into `folder`.
/// Returns the modules of each part.
fn split(raw: &Path, main: &Path, folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let module = std::fs::read(raw).with_context(|| format!("{} cannot be read", raw.display()))?;
    let (starter, loader) = (format!("./{SCRIPT}"), format!("./{PARTS_SCRIPT}"));
    let mut options = Options::new(&module);
    options.output_dir = folder;
    options.main_out_path = main;
    options.main_module = &starter;
    options.link_name = &loader;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("splitting the module failed: {error:#}"))?;
    let file = |stem: String| format!("{stem}.wasm");
    Ok(split
        .prefetch_map
        .into_iter()
        .map(|(part, stems)| (part, stems.into_iter().map(file).collect()))
        .collect())
}

fn bind(module: &Path, folder: &Path) -> anyhow::Result<()> {
    Bindgen::new()
        .input_path(module)
        .web(true)
        .map_err(|error| anyhow!("wasm-bindgen refused its settings: {error:#}"))?
        .typescript(false)
        // The page names the module's address itself, since that has a hash in it.
        .omit_default_module_path(true)
        // The parts find what they share with the main module by these.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("frontend")
        .generate(folder)
        .map_err(|error| anyhow!("wasm-bindgen failed: {error:#}"))
}

fn read(folder: &Path) -> anyhow::Result<Scripts> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files)?;
    let parts = files.remove(PARTS_LIST).context("the list of parts is missing")?;
    Ok(Scripts {
        parts: serde_json::from_slice(&parts).context("the list of parts cannot be read")?,
        files,
    })
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    for name in system::file_names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found)?;
        } else {
            let bytes = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            found.insert(format!("{prefix}{name}"), bytes);
        }
    }
    Ok(())
}

/// `wasm-opt`, which makes the module about a fifth smaller, and esbuild for its scripts; the portal works without them.
enum Optimizer {
    /// The folder of the npm packages, and the versions of these two.
    Found { modules: PathBuf, versions: String },
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
        match (version(&modules, "binaryen"), version(&modules, "esbuild")) {
            (Ok(binaryen), Ok(esbuild)) => Self::Found {
                modules,
                versions: format!("binaryen {binaryen}, esbuild {esbuild}"),
            },
            (Err(error), _) | (_, Err(error)) => Self::Missing(format!("{error:#}")),
        }
    }

    fn versions(&self) -> &str {
        match self {
            Self::Found { versions, .. } => versions,
            Self::Missing(_) => "none",
        }
    }

    fn announce(&self) {
        match self {
            Self::Found { .. } => println!("Optimizing the modules for size."),
            Self::Missing(reason) => {
                println!("Going on without wasm-opt, so pages load larger files: {reason}.");
            }
        }
    }

    /// Makes the scripts of a folder small, where it does so with modules.
    fn minify(&self, project: &Project, folder: &Path) -> anyhow::Result<()> {
        match self {
            Self::Found { modules, .. } => script::minify(project, modules, folder),
            Self::Missing(_) => Ok(()),
        }
    }

    /// Shrinks the modules of a folder, as many at once as there are cores, since each keeps one busy.
    fn shrink_all(&self, project: &Project, folder: &Path) -> anyhow::Result<()> {
        let names = system::file_names(folder);
        let mut modules: Vec<PathBuf> = names
            .iter()
            .filter(|name| name.ends_with(".wasm"))
            .map(|name| folder.join(name))
            .collect();
        // The largest one is taken first, from the end.
        modules.sort_by_cached_key(|path| std::fs::metadata(path).map_or(0, |about| about.len()));
        let waiting = Mutex::new(modules);
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        thread::scope(|scope| {
            let workers: Vec<_> = (0..cores)
                .map(|_| scope.spawn(|| self.shrink_waiting(project, &waiting)))
                .collect();
            workers
                .into_iter()
                .try_for_each(|worker| worker.join().map_err(|_| anyhow!("shrinking the modules broke down"))?)
        })
    }

    fn shrink_waiting(&self, project: &Project, waiting: &Mutex<Vec<PathBuf>>) -> anyhow::Result<()> {
        while let Some(module) = next(waiting) {
            self.shrink(project, &module)?;
        }
        Ok(())
    }

    fn shrink(&self, project: &Project, module: &Path) -> anyhow::Result<()> {
        let Self::Found { modules, .. } = self else {
            return Ok(());
        };
        let mut wasm_opt = process::program(project, "node");
        wasm_opt.arg(modules.join("binaryen/bin/wasm-opt")).arg("-Oz");
        if module.ends_with(MODULE) {
            // Every page loads this one: what the first pass has left over is worth another.
            wasm_opt.arg("-Oz");
        }
        wasm_opt.args(FEATURES).arg(module).arg("-o").arg(module);
        process::quiet("wasm-opt", &mut wasm_opt).map(|_| ())
    }
}

/// The version of an npm package.
fn version(modules: &Path, package: &str) -> anyhow::Result<String> {
    let path = modules.join(package).join("package.json");
    let described = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let Package { version } =
        serde_json::from_slice(&described).with_context(|| format!("{} cannot be understood", path.display()))?;
    Ok(version)
}

fn next(waiting: &Mutex<Vec<PathBuf>>) -> Option<PathBuf> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

#[derive(Deserialize)]
struct Package {
    version: String,
}
