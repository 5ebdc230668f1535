//! The figures as plain tables, one row per size, and the goals.

use super::figures::{AllRows, Figures};
use crate::bench::lines::{Lines, NONE, grouped, judged, triple};
use crate::bench::samples::{Sample, Spread};

/// What a figure should be at most.
struct Goal {
    /// With how many rows; with any number that the browser answers by itself, if none.
    rows: Option<u32>,
    what: &'static str,
    at_most: f64,
    unit: &'static str,
    figure: fn(&Figures) -> Option<f64>,
}

const GOALS: [Goal; 12] = [
    Goal {
        rows: Some(10_000),
        what: "key to changed page, median",
        at_most: 2.0,
        unit: "ms",
        figure: |figures| changed(figures).map(|spread| spread.median),
    },
    Goal {
        rows: Some(10_000),
        what: "key to changed page, 95 %",
        at_most: 5.0,
        unit: "ms",
        figure: |figures| changed(figures).map(|spread| spread.p95),
    },
    Goal {
        rows: Some(10_000),
        what: "key to frame, median",
        at_most: 10.0,
        unit: "ms",
        figure: |figures| painted(&figures.search).map(|spread| spread.median),
    },
    Goal {
        rows: Some(10_000),
        what: "key to frame, 95 %",
        at_most: 16.0,
        unit: "ms",
        figure: |figures| painted(&figures.search).map(|spread| spread.p95),
    },
    Goal {
        rows: Some(10_000),
        what: "number filter to frame, 95 %",
        at_most: 16.0,
        unit: "ms",
        figure: |figures| painted(&figures.filter).map(|spread| spread.p95),
    },
    Goal {
        rows: Some(10_000),
        what: "sort to frame, 95 %",
        at_most: 16.0,
        unit: "ms",
        figure: |figures| painted(&figures.sort).map(|spread| spread.p95),
    },
    Goal {
        rows: Some(20_000),
        what: "key to frame, longest",
        at_most: 33.0,
        unit: "ms",
        figure: |figures| painted(&figures.search).map(|spread| spread.max),
    },
    Goal {
        rows: Some(20_000),
        what: "number filter to frame, longest",
        at_most: 33.0,
        unit: "ms",
        figure: |figures| painted(&figures.filter).map(|spread| spread.max),
    },
    Goal {
        rows: None,
        what: "longest task while typing",
        at_most: 50.0,
        unit: "ms",
        figure: |figures| Some(figures.longest_task()),
    },
    Goal {
        rows: None,
        what: "layout shift while typing",
        at_most: 0.0,
        unit: "",
        figure: |figures| Some(figures.shift),
    },
    Goal {
        rows: None,
        what: "longest task while loading",
        at_most: 50.0,
        unit: "ms",
        figure: |figures| Some(longest_task_of_visits(figures)),
    },
    Goal {
        rows: None,
        what: "first visit",
        at_most: 300.0,
        unit: "KB",
        figure: |figures| Some(kilobytes(figures.bytes().first_visit())),
    },
];

/// Prints everything.
pub(super) fn print(measured: &[Figures]) {
    println!("\nTimes are in ms: median / 95 % / longest. Sizes are in KB as they came over the network.\n");
    for part in [answers(measured), all_rows(measured), visits(measured), sizes(measured)] {
        println!("{}", part.text());
    }
    println!("{}", goals(measured).text());
}

/// How quickly presses are answered.
fn answers(measured: &[Figures]) -> Lines {
    let mut lines = Lines::new(&[
        "groups",
        "answers",
        "keys",
        "key waits",
        "key to change",
        "key to frame",
        "key to server's rows",
        "number filter to frame",
        "sort to frame",
        "long tasks",
        "shift (after keys)",
    ]);
    for figures in measured {
        let search = &figures.search;
        lines.add([
            grouped(u64::from(figures.rows)),
            if figures.whole { "browser" } else { "server" }.to_owned(),
            search.len().to_string(),
            triple(Figures::spread(search, |sample| Some(sample.waited))),
            triple(changed(figures)),
            triple(painted(search)),
            triple(Figures::spread(search, |sample| sample.answered)),
            triple(answered_or_painted(&figures.filter)),
            triple(answered_or_painted(&figures.sort)),
            match figures.long_tasks.len() {
                0 => "none".to_owned(),
                count => format!("{count}, longest {:.0}", figures.longest_task()),
            },
            format!("{:.4} ({:.4})", figures.shift, figures.shift_after_keys),
        ]);
    }
    lines
}

/// What keys cost that change all rows, beside what the same rows cost the browser.
fn all_rows(measured: &[Figures]) -> Lines {
    let mut lines = Lines::new(&[
        "groups",
        "all rows: key to change",
        "key to frame",
        "bare rows: key to change",
        "key to frame",
    ]);
    for figures in measured {
        let AllRows { portal, bare } = &figures.all_rows;
        let changed = |samples: &[Sample]| triple(Figures::spread(samples, |sample| Some(sample.changed)));
        lines.add([
            grouped(u64::from(figures.rows)),
            changed(portal),
            triple(painted(portal)),
            changed(bare),
            triple(painted(bare)),
        ]);
    }
    lines
}

/// How a first visit goes.
fn visits(measured: &[Figures]) -> Lines {
    let mut lines = Lines::new(&["groups", "first paint", "usable", "whole list", "longest task"]);
    for figures in measured {
        let one = |figure: Option<f64>| figure.map_or_else(|| NONE.to_owned(), |figure| format!("{figure:.0}"));
        lines.add([
            grouped(u64::from(figures.rows)),
            one(figures.of_visits(|visit| Some(visit.first_paint))),
            one(figures.of_visits(|visit| Some(visit.hydrated))),
            one(figures.of_visits(|visit| visit.whole)),
            match longest_task_of_visits(figures) {
                0.0 => "none over 50".to_owned(),
                longest => format!("{longest:.0}"),
            },
        ]);
    }
    lines
}

/// What a first visit loads.
fn sizes(measured: &[Figures]) -> Lines {
    let mut lines = Lines::new(&["groups", "HTML", "wasm", "js", "css", "together", "list", "other"]);
    for figures in measured {
        let bytes = figures.bytes();
        let size = |bytes| format!("{:.1}", kilobytes(bytes));
        lines.add([
            grouped(u64::from(figures.rows)),
            size(bytes.html),
            size(bytes.wasm),
            size(bytes.js),
            size(bytes.css),
            size(bytes.first_visit()),
            size(bytes.list),
            size(bytes.other),
        ]);
    }
    lines
}

/// Each goal that something measured has to do with.
fn goals(measured: &[Figures]) -> Lines {
    let mut lines = Lines::new(&["groups", "goal", "at most", "measured", ""]);
    for goal in &GOALS {
        for figures in measured.iter().filter(|figures| goal.is_for(figures)) {
            let Some(figure) = (goal.figure)(figures) else { continue };
            let [what, at_most, reached, met] = judged(goal.what, goal.at_most, goal.unit, figure);
            lines.add([grouped(u64::from(figures.rows)), what, at_most, reached, met]);
        }
    }
    lines
}

impl Goal {
    fn is_for(&self, figures: &Figures) -> bool {
        figures.whole && self.rows.is_none_or(|rows| rows == figures.rows)
    }
}

fn changed(figures: &Figures) -> Option<Spread> {
    Figures::spread(&figures.search, |sample| Some(sample.changed))
}

fn painted(samples: &[Sample]) -> Option<Spread> {
    Figures::spread(samples, |sample| Some(sample.painted))
}

fn answered_or_painted(samples: &[Sample]) -> Option<Spread> {
    Figures::spread(samples, |sample| sample.answered.or(Some(sample.painted)))
}

fn longest_task_of_visits(figures: &Figures) -> f64 {
    let longest = figures.visits.iter().filter_map(|visit| visit.longest_task);
    longest.fold(0.0, f64::max)
}

#[expect(clippy::cast_precision_loss, reason = "sizes of pages are exact in f64")]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

#[cfg(test)]
mod tests {
    use super::super::figures::{Bytes, Visit};
    use super::*;

    fn figures(rows: u32, changed: f64) -> Figures {
        let sample = Sample {
            waited: 0.5,
            changed,
            painted: 9.0,
            answered: None,
        };
        Figures {
            rows,
            whole: true,
            search: vec![sample.clone(); 3],
            filter: vec![sample.clone()],
            sort: vec![sample.clone()],
            all_rows: AllRows {
                portal: vec![sample.clone()],
                bare: vec![sample],
            },
            long_tasks: Vec::new(),
            shift: 0.0,
            shift_after_keys: 0.1,
            visits: vec![Visit {
                first_paint: 80.0,
                hydrated: 300.0,
                whole: Some(500.0),
                longest_task: None,
                bytes: Bytes {
                    wasm: 400 * 1024,
                    ..Bytes::default()
                },
            }],
        }
    }

    #[test]
    fn goals_are_for_their_size() {
        let text = goals(&[figures(1_000, 9.0), figures(10_000, 1.5)]).text();
        let line = |words: &str| {
            text.lines()
                .find(|line| line.contains(words))
                .unwrap_or_default()
                .to_owned()
        };
        assert!(line("changed page, median").starts_with("10,000") && line("changed page, median").ends_with("met"));
        assert!(line("first visit").contains("400.0 KB") && line("first visit").ends_with("missed"));
        assert!(!text.contains("33"), "{text}");
        assert_eq!(text.lines().filter(|line| line.contains("layout shift")).count(), 2);
    }

    #[test]
    fn what_the_server_answers_has_no_goals() {
        let server = Figures {
            whole: false,
            ..figures(10_000, 1.0)
        };
        assert_eq!(goals(&[server]).text().lines().count(), 1);
    }

    #[test]
    fn the_script_speaks_the_same_language() {
        let text = r#"{"rows":1000,"whole":false,"search":[{"waited":1,"changed":2,"painted":3,"answered":140.5}],
            "filter":[],"sort":[],"all_rows":{"portal":[],"bare":[]},"long_tasks":[61],"shift":0,"shift_after_keys":0.2,
            "visits":[{"first_paint":1,"hydrated":2,"whole":null,"longest_task":null,
            "bytes":{"html":1,"wasm":2,"js":3,"css":4,"list":0,"other":5}}]}"#;
        let figures: Figures = serde_json::from_str(text).unwrap();
        assert_eq!(figures.bytes().first_visit(), 10);
        assert_eq!(figures.longest_task(), 61.0);
        let text = answers(&[figures]).text();
        assert!(
            text.contains("140.5 / 140.5 / 140.5") && text.contains("1, longest 61"),
            "{text}"
        );
    }
}
