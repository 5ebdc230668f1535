//! Where things are: the checkout and the folders that builds write to.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// The checkout and its target folder.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Finds the checkout that this program was started for. The target folder is `CARGO_TARGET_DIR`, else `target`.
    pub(crate) fn find() -> anyhow::Result<Self> {
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        // Cargo says where this package lies; the path at compile time could be that of another checkout which shares
        // the target folder.
        let root = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(package) => PathBuf::from(package).parent().map(Path::to_path_buf),
            None => here
                .ancestors()
                .find(|folder| folder.join("xtask/Cargo.toml").is_file())
                .map(Path::to_path_buf),
        };
        let Some(root) = root.filter(|root| root.join("xtask/Cargo.toml").is_file()) else {
            bail!("this is not a checkout of the Messaging Portal; run it as `cargo xtask` inside of one");
        };
        let target = match std::env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty()) {
            Some(folder) => here.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The top folder of the checkout.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of native builds.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The folder of builds for the browser. Its own, because another compiler may be at work there, and so that both
    /// kinds never wait for each other's lock.
    pub(crate) fn web_target(&self) -> PathBuf {
        self.target.join("web")
    }

    /// The folder that the server serves files from.
    pub(crate) fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// The folder of the npm packages: browser tests and `wasm-opt`.
    pub(crate) fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }
}
