//! What the browser's script has measured of the Groups table, as it prints it.

use serde::Deserialize;

use crate::bench::samples::{Sample, Spread};

/// Everything about a table of one size. Times are in milliseconds.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Figures {
    /// How many groups there are.
    pub(super) rows: u32,
    /// Whether the browser had the whole list; else the server answers.
    pub(super) whole: bool,
    /// The presses of keys in the search field.
    pub(super) search: Vec<Sample>,
    /// The presses of keys in the number filter.
    pub(super) filter: Vec<Sample>,
    /// The presses on a heading.
    pub(super) sort: Vec<Sample>,
    /// The presses of keys each of which changes all rows of the page.
    pub(super) all_rows: AllRows,
    /// How long the tasks over 50 ms took while somebody typed.
    pub(super) long_tasks: Vec<f64>,
    /// What moved on the page while somebody typed, without what moved right after a key.
    pub(super) shift: f64,
    /// The same with it.
    pub(super) shift_after_keys: f64,
    /// First visits, each with an empty cache.
    pub(super) visits: Vec<Visit>,
}

/// The presses of keys each of which changes all rows of the page.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct AllRows {
    /// In the search of the portal.
    pub(super) portal: Vec<Sample>,
    /// In a copy of the page, where rows that are there as HTML are put into the table by the browser itself.
    pub(super) bare: Vec<Sample>,
}

/// One first visit to the Groups tab.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Visit {
    /// From the beginning of the navigation to the first text on the screen.
    pub(super) first_paint: f64,
    /// Until everything could be used.
    pub(super) hydrated: f64,
    /// Until the browser had the whole list.
    pub(super) whole: Option<f64>,
    /// The longest task in all that time; none over 50 ms.
    pub(super) longest_task: Option<f64>,
    /// What came over the network.
    pub(super) bytes: Bytes,
}

/// Bytes as they came, compressed, with the headers of the answers.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) struct Bytes {
    pub(super) html: u64,
    pub(super) wasm: u64,
    pub(super) js: u64,
    pub(super) css: u64,
    /// The whole list.
    pub(super) list: u64,
    /// The page's icon.
    pub(super) other: u64,
}

impl Bytes {
    /// What a first visit must load before the page works.
    pub(super) fn first_visit(self) -> u64 {
        self.html + self.wasm + self.js + self.css
    }
}

impl Figures {
    /// What is measured in milliseconds of every sample.
    pub(super) fn spread(samples: &[Sample], of: impl Fn(&Sample) -> Option<f64>) -> Option<Spread> {
        Spread::of(samples.iter().filter_map(of).collect())
    }

    /// The median of something about the first visits.
    pub(super) fn of_visits(&self, of: impl Fn(&Visit) -> Option<f64>) -> Option<f64> {
        Spread::of(self.visits.iter().filter_map(of).collect()).map(|spread| spread.median)
    }

    /// The bytes of a first visit; all of them load the same.
    pub(super) fn bytes(&self) -> Bytes {
        self.visits.last().map(|visit| visit.bytes).unwrap_or_default()
    }

    /// The longest task over 50 ms while somebody typed, or 0.
    pub(super) fn longest_task(&self) -> f64 {
        self.long_tasks.iter().copied().fold(0.0, f64::max)
    }
}
