//! What the machine has, and installing with apt-get what is missing where we may.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::process;

/// The first file of this name in the folders of `PATH`.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// Whether this program runs as the superuser.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether packages can be installed without asking anybody.
pub(crate) fn can_install() -> bool {
    is_root() && find_program("apt-get").is_some()
}

/// Installs Debian packages. `purpose` completes the sentence "Installing … for …".
pub(crate) fn install(packages: &[&str], purpose: &str) -> anyhow::Result<()> {
    let names = packages.join(" ");
    if !can_install() {
        bail!("{purpose} needs the packages {names}; install them and try again");
    }
    println!("Installing {names}: {purpose} needs them.");
    process::quiet("`apt-get update`", apt_get().arg("update"))?;
    process::quiet(
        &format!("`apt-get install {names}`"),
        apt_get()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )?;
    Ok(())
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
    command
}

/// The names of packages that start with `prefix`, as the package lists know them.
pub(crate) fn known_packages(prefix: &str) -> anyhow::Result<Vec<String>> {
    process::quiet("`apt-get update`", apt_get().arg("update"))?;
    let names = process::quiet(
        "`apt-cache pkgnames`",
        Command::new("apt-cache").args(["pkgnames", prefix]),
    )?;
    Ok(names.lines().map(str::to_owned).collect())
}

/// A line of the user database: what is needed to run a program as somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) id: u32,
    pub(crate) group: u32,
}

/// A user who is not the superuser, for programs that refuse to run as one.
pub(crate) fn ordinary_user() -> anyhow::Result<User> {
    let users = std::fs::read_to_string("/etc/passwd").context("the user database cannot be read")?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| user_named(&users, name))
        .context("PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody`")
}

fn user_named(users: &str, name: &str) -> Option<User> {
    let mut fields = users.lines().map(|line| line.split(':')).find_map(|mut fields| {
        let found = fields.next() == Some(name);
        found.then_some(fields)
    })?;
    let id = fields.nth(1)?.parse().ok()?;
    let group = fields.next()?.parse().ok()?;
    Some(User { id, group })
}

/// The highest number at the end of names like `wasm-ld-19`.
pub(crate) fn highest_version<'a>(names: impl IntoIterator<Item = &'a str>, prefix: &str) -> Option<u32> {
    names
        .into_iter()
        .filter_map(|name| name.strip_prefix(prefix)?.parse().ok())
        .max()
}

/// The names of the files in the folders of `PATH` and in no others.
pub(crate) fn program_names() -> Vec<String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| file_names(&folder))
        .collect()
}

/// The names of what lies in a folder; none if it cannot be read.
pub(crate) fn file_names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_user_by_the_whole_name() {
        let users = "root:x:0:0:root:/root:/bin/bash\npostgres2:x:9:9::/:/bin/sh\npostgres:x:117:125::/:/bin/sh\n";
        assert_eq!(user_named(users, "postgres"), Some(User { id: 117, group: 125 }));
        assert_eq!(user_named(users, "nobody"), None);
    }

    #[test]
    fn compares_versions_as_numbers() {
        let names = ["wasm-ld-9", "wasm-ld-19", "wasm-ld", "wasm-ld-x", "ld-30"];
        assert_eq!(highest_version(names, "wasm-ld-"), Some(19));
        assert_eq!(highest_version(["wasm-ld"], "wasm-ld-"), None);
    }
}
