//! Who may depend on whom, held against what cargo says. `docs/ARCHITECTURE.md` explains why.

use std::collections::BTreeSet;

use anyhow::Context as _;
use serde::Deserialize;

use crate::process;
use crate::project::Project;

/// What a crate of ours may depend on.
struct Border {
    name: &'static str,
    /// Crates of ours.
    ours: &'static [&'static str],
    /// Crates of others; `None` for any that `never` does not name.
    others: Option<&'static [&'static str]>,
    /// Crates of others that it must do without, by the beginning of their names.
    never: &'static [&'static str],
}

const BORDERS: [Border; 9] = [
    Border {
        name: "domain",
        ours: &[],
        others: Some(&["chrono", "serde", "serde_json", "sha2", "thiserror", "uuid"]),
        never: &[],
    },
    Border {
        name: "migrations",
        ours: &["domain"],
        others: Some(&["async-trait", "sea-orm-migration"]),
        never: &[],
    },
    Border {
        name: "backend",
        ours: &["domain", "migrations"],
        others: None,
        never: &["leptos", "axum", "tower-http"],
    },
    Border {
        name: "views",
        ours: &[],
        others: Some(&["leptos", "send_wrapper", "wasm-bindgen", "web-sys"]),
        never: &[],
    },
    Border {
        name: "app",
        ours: &["backend", "domain", "views"],
        others: None,
        never: &["axum", "sea-orm", "sqlx"],
    },
    Border {
        name: "server",
        ours: &["app", "backend", "domain", "migrations"],
        others: None,
        never: &["sea-orm", "sqlx"],
    },
    Border {
        name: "frontend",
        ours: &["app"],
        others: None,
        never: &["axum", "sea-orm", "sqlx", "tokio"],
    },
    Border {
        name: "simulator",
        ours: &[],
        others: None,
        never: &["leptos", "sea-orm", "sqlx"],
    },
    Border {
        name: "xtask",
        ours: &[],
        others: None,
        never: &["leptos", "axum", "sea-orm"],
    },
];

/// What must never be compiled for the browser: the server's machinery, and what is too large to be loaded.
const NOT_IN_THE_BROWSER: [&str; 15] = [
    "argon2",
    "axum",
    "backend",
    "chrono-tz",
    "csv",
    "leptos_axum",
    "libsqlite3-sys",
    "migrations",
    "phonenumber",
    "reqwest",
    "sea-orm",
    "server",
    "sqlx",
    "tokio",
    "tower-http",
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `null` for an ordinary dependency, else `dev` or `build`.
    kind: Option<String>,
    /// Where it lies, for crates of ours.
    path: Option<String>,
    optional: bool,
}

/// One sentence for each border that is crossed.
pub(super) fn violations(project: &Project) -> anyhow::Result<Vec<String>> {
    let mut metadata = process::cargo(project);
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    let text = process::quiet("`cargo metadata`", &mut metadata)?;
    let metadata: Metadata = serde_json::from_str(&text).context("`cargo metadata` cannot be understood")?;
    let mut found = declared(&metadata);
    let mut tree = process::cargo(project);
    tree.args(["tree", "--package", "frontend", "--target", "wasm32-unknown-unknown"]);
    tree.args(["--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    found.extend(reaching_the_browser(&process::quiet("`cargo tree`", &mut tree)?));
    Ok(found)
}

/// Dependencies that a `Cargo.toml` names and should not. What only tests use is left alone.
fn declared(metadata: &Metadata) -> Vec<String> {
    let mut found = Vec::new();
    for package in &metadata.packages {
        let Some(border) = BORDERS.iter().find(|border| border.name == package.name) else {
            found.push(format!(
                "{}: this crate has no borders yet; write them into the list of `check`.",
                package.name
            ));
            continue;
        };
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind.is_none())
        {
            if let Some(reason) = refused(border, dependency) {
                found.push(format!("{}: {reason}.", package.name));
            }
        }
    }
    found
}

fn refused(border: &Border, dependency: &Dependency) -> Option<String> {
    let name = dependency.name.as_str();
    if dependency.path.is_some() {
        if !border.ours.contains(&name) {
            return Some(format!("it must not depend on {name}"));
        }
        let for_the_server = border.name == "app" && name == "backend";
        return (for_the_server && !dependency.optional)
            .then(|| "it may depend on backend only with the feature `ssr`".to_owned());
    }
    let listed = border.others.is_none_or(|others| others.contains(&name));
    let never = border.never.iter().any(|never| name.starts_with(never));
    (!listed || never).then(|| format!("it must not depend on {name}"))
}

/// Packages in the frontend's tree that must not be there.
fn reaching_the_browser(tree: &str) -> BTreeSet<String> {
    tree.lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| NOT_IN_THE_BROWSER.contains(name) || name.starts_with("sqlx-") || name.starts_with("sea-orm"))
        .map(|name| {
            format!(
                "frontend: {name} reaches the browser; `cargo tree -p frontend --target wasm32-unknown-unknown -i {name}` \
                 shows how."
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[(&str, Option<&str>, bool, bool)]) -> Metadata {
        let dependencies = dependencies
            .iter()
            .map(|(name, kind, ours, optional)| Dependency {
                name: (*name).to_owned(),
                kind: kind.map(str::to_owned),
                path: ours.then(|| format!("/{name}")),
                optional: *optional,
            })
            .collect();
        Metadata {
            packages: vec![Package {
                name: name.to_owned(),
                dependencies,
            }],
        }
    }

    #[test]
    fn what_the_table_allows_passes() {
        assert!(
            declared(&package(
                "server",
                &[("backend", None, true, false), ("axum", None, false, false)]
            ))
            .is_empty()
        );
        assert!(
            declared(&package(
                "domain",
                &[("serde", None, false, false), ("rstest", Some("dev"), false, false)]
            ))
            .is_empty()
        );
        assert!(declared(&package("app", &[("backend", None, true, true)])).is_empty());
    }

    #[test]
    fn what_the_table_forbids_is_named() {
        let found = declared(&package("domain", &[("sea-orm", None, false, false)]));
        assert_eq!(found, ["domain: it must not depend on sea-orm."]);
        let found = declared(&package(
            "backend",
            &[("leptos_axum", None, false, false), ("app", None, true, false)],
        ));
        assert_eq!(
            found,
            [
                "backend: it must not depend on leptos_axum.",
                "backend: it must not depend on app."
            ]
        );
        let found = declared(&package("app", &[("backend", None, true, false)]));
        assert_eq!(found, ["app: it may depend on backend only with the feature `ssr`."]);
    }

    #[test]
    fn a_crate_without_borders_is_a_violation() {
        assert_eq!(declared(&package("extra", &[])).len(), 1);
    }

    #[test]
    fn the_browser_gets_nothing_of_the_server() {
        let tree =
            "frontend v0.1.0 (/x)\napp v0.1.0 (/x)\nserde v1.0.0\n\ntokio v1.0.0\nsqlx-core v0.9.0\nserver_fn v0.8.1\n";
        let found: Vec<_> = reaching_the_browser(tree).into_iter().collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].contains("sqlx-core") && found[1].contains("tokio"),
            "{found:?}"
        );
    }
}
