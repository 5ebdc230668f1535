//! `cargo xtask bench table`: the Groups table in Chromium, with few rows and with many.

mod figures;
mod report;

use std::process::ExitCode;

use clap::Args;

use self::figures::Figures;
use super::browser::Browser;
use super::lines::grouped;
use crate::portal::{Portal, Setup};
use crate::project::Project;

/// How many groups share one Teams user: in a company of 2,500 people there are 10,000 groups, more than any has.
const GROUPS_PER_USER: u32 = 4;
/// The least number of users, as in the demo content of everyday.
const FEWEST_USERS: u32 = 124;
/// Groups take the first half of the numbers, four thirds of a number each.
const NUMBERS_PER_GROUP: u32 = 3;
/// Up to 20,000 rows the browser answers by itself, above that the server does.
const SIZES: [u32; 4] = [1_000, 10_000, 20_000, 100_000];

/// Measure the Groups table: keys in the search, the number filter, sorting, and the first visit.
///
/// Builds the server and the site for release unless they are fresh, and for each size fills a database of its own, starts
/// the server and drives Chromium. Figures for people: it fails only where it could not measure. `docs/PERFORMANCE.md`
/// says what each figure means. Leave the machine alone while it runs.
#[derive(Args)]
pub(super) struct Table {
    /// How many groups there are, one run for each number.
    #[arg(
        long,
        value_name = "ROWS",
        value_delimiter = ',',
        default_values_t = SIZES,
        value_parser = clap::value_parser!(u32).range(100..=1_000_000)
    )]
    sizes: Vec<u32>,
    /// How many keys to press in the search, at least.
    #[arg(long, value_name = "COUNT", default_value_t = 150, value_parser = clap::value_parser!(u32).range(1..))]
    keys: u32,
}

impl Table {
    pub(super) fn start(self, project: &Project) -> anyhow::Result<ExitCode> {
        let browser = Browser::prepare(project)?;
        let mut measured = Vec::with_capacity(self.sizes.len());
        for &rows in &self.sizes {
            println!("Filling a database with {} groups.", grouped(u64::from(rows)));
            let portal = Portal::start(project, browser.program(), &filled_with(project, rows))?;
            println!("Measuring.");
            measured.push(self.measure(&browser, &portal, rows)?);
        }
        report::print(&measured);
        Ok(ExitCode::SUCCESS)
    }

    fn measure(&self, browser: &Browser<'_>, portal: &Portal, rows: u32) -> anyhow::Result<Figures> {
        let (rows, keys) = (rows.to_string(), self.keys.to_string());
        browser.measure("table.mjs", portal, &["--rows", &rows, "--keys", &keys])
    }
}

/// A portal with that many groups.
fn filled_with(project: &Project, groups: u32) -> Setup {
    let counts = [
        ("--groups", groups),
        ("--users", FEWEST_USERS.max(groups / GROUPS_PER_USER)),
        ("--numbers", groups.saturating_mul(NUMBERS_PER_GROUP)),
    ];
    Setup {
        demo: counts
            .into_iter()
            .flat_map(|(option, count)| [option.to_owned(), count.to_string()])
            .collect(),
        site: Some(project.site()),
        serve: Vec::new(),
    }
}
