//! `cargo xtask bench numbers`: an import of many numbers in Chromium, then pages, search and palette with them.

mod figures;
mod report;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use tempfile::TempDir;

use self::figures::Figures;
use super::browser::Browser;
use super::lines::grouped;
use crate::portal::{Portal, Setup};
use crate::project::Project;

/// How many numbers are imported by default: as many as the goals are for.
const SIZE: u32 = 100_000;
/// How many a file can have at most (`domain::import::MAX_ROWS`).
const MOST: i64 = 500_000;
/// The first of the new numbers; the demo content has none of the half million from here on.
const FIRST: u64 = 12_062_000_000;

/// Measure an import of many new numbers, and the Numbers page, its search and the palette with them.
///
/// Builds the server and the site for release unless they are fresh, fills a database of its own with demo content, starts
/// the server and drives Chromium. Figures for people: it fails only where it could not measure. `docs/PERFORMANCE.md`
/// says what each figure means. Leave the machine alone while it runs.
#[derive(Args)]
pub(super) struct Numbers {
    /// How many numbers to import: more than the 20,000 that a browser takes over as a whole.
    #[arg(
        long,
        value_name = "ROWS",
        default_value_t = SIZE,
        value_parser = clap::value_parser!(u32).range(20_001..=MOST)
    )]
    size: u32,
    /// How many keys to press in the search, and in the palette, at least.
    #[arg(long, value_name = "COUNT", default_value_t = 150, value_parser = clap::value_parser!(u32).range(1..))]
    keys: u32,
}

impl Numbers {
    pub(super) fn start(self, project: &Project) -> anyhow::Result<ExitCode> {
        let browser = Browser::prepare(project)?;
        let file = NumberFile::write(self.size)?;
        println!("Filling a database with demo content.");
        let portal = Portal::start(project, browser.program(), &demo_content(project))?;
        println!("Measuring with {} more numbers.", grouped(u64::from(self.size)));
        let figures = self.measure(&browser, &portal, &file)?;
        report::print(self.size, &figures);
        Ok(ExitCode::SUCCESS)
    }

    fn measure(&self, browser: &Browser<'_>, portal: &Portal, file: &NumberFile) -> anyhow::Result<Figures> {
        let (rows, keys) = (self.size.to_string(), self.keys.to_string());
        let path = file.path.to_str().context("the temporary folder has an unusual name")?;
        let server = portal.server().to_string();
        browser.measure(
            "numbers.mjs",
            portal,
            &["--file", path, "--rows", &rows, "--keys", &keys, "--server", &server],
        )
    }
}

/// A portal with the demo content of everyday.
fn demo_content(project: &Project) -> Setup {
    Setup {
        demo: Vec::new(),
        site: Some(project.site()),
        serve: Vec::new(),
    }
}

/// The file that is imported.
struct NumberFile {
    path: PathBuf,
    /// Removed when this value goes away.
    _folder: TempDir,
}

impl NumberFile {
    fn write(size: u32) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("portal-tool-")
            .tempdir()
            .context("no temporary folder")?;
        let path = folder.path().join("numbers.csv");
        std::fs::write(&path, content(size)).context("the temporary folder cannot be written to")?;
        Ok(Self { path, _folder: folder })
    }
}

/// That many new numbers, all of them SMS-capable.
fn content(size: u32) -> String {
    let mut text = "Number,SMS\n".to_owned();
    for number in (FIRST..).take(size as usize) {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "+{number},TRUE");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_a_header_and_a_row_for_each_number() {
        assert_eq!(content(2), "Number,SMS\n+12062000000,TRUE\n+12062000001,TRUE\n");
        assert_eq!(content(1_000).lines().count(), 1_001);
    }

    /// What is larger is not taken in.
    #[test]
    fn the_largest_file_has_less_than_50_mb() {
        let largest = content(u32::try_from(MOST).unwrap());
        assert!(largest.len() < 50 * 1024 * 1024);
        assert!(largest.ends_with("\n+12062499999,TRUE\n"));
    }
}
