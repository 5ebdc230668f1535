//! The figures as plain tables, and the goals.

use super::figures::{Figures, Import, Memory};
use crate::bench::lines::{Lines, grouped, judged, triple};
use crate::bench::samples::Spread;

/// What a figure should be at most.
struct Goal {
    what: &'static str,
    at_most: f64,
    unit: &'static str,
    figure: fn(&Figures) -> Option<f64>,
}

const GOALS: [Goal; 8] = [
    Goal {
        what: "import, together",
        at_most: 6.0,
        unit: "s",
        figure: |figures| Some(seconds(figures.imported.together())),
    },
    // Whatever the number of rows: some 20 bytes grow with each of them. Half a million rows that were kept with what
    // becomes of them would be more than 100 MB.
    Goal {
        what: "import memory, flat: what it adds to the server's most",
        at_most: 64.0,
        unit: "MB",
        figure: |figures| figures.imported.memory.growth(),
    },
    Goal {
        what: "first page, many against few numbers, medians",
        at_most: 2.0,
        unit: "times",
        figure: Figures::growth,
    },
    Goal {
        what: "search: question to the server, 95 %",
        at_most: 100.0,
        unit: "ms",
        figure: |figures| p95(&figures.search.requests),
    },
    Goal {
        what: "search: key to server's rows without the pause, 95 %",
        at_most: 100.0,
        unit: "ms",
        figure: |figures| p95(&figures.search.without_pause()),
    },
    Goal {
        what: "search: page with a search, 95 %",
        at_most: 100.0,
        unit: "ms",
        figure: |figures| p95(&figures.searched),
    },
    Goal {
        what: "palette: Ctrl + K to first entry, 95 %",
        at_most: 50.0,
        unit: "ms",
        figure: |figures| p95(&figures.opened),
    },
    Goal {
        what: "palette: key to server's results without the pause, 95 %",
        at_most: 50.0,
        unit: "ms",
        figure: |figures| p95(&figures.palette.without_pause()),
    },
];

/// Prints everything.
pub(super) fn print(size: u32, figures: &Figures) {
    println!("\nImporting, in s:\n\n{}", import(size, &figures.imported).text());
    println!("{}\n", memory(figures.imported.memory));
    println!("Times are in ms: median / 95 % / longest.\n");
    for part in [times(size, figures), goals(figures)] {
        println!("{}", part.text());
    }
}

/// The parts of the import, and whether its progress was seen.
fn import(size: u32, import: &Import) -> Lines {
    let mut lines = Lines::new(&["numbers", "upload", "check", "import", "together", "progress bar"]);
    let time = |milliseconds| format!("{:.2}", seconds(milliseconds));
    lines.add([
        grouped(u64::from(size)),
        time(import.upload),
        time(import.check),
        time(import.apply),
        time(import.together()),
        progress(import),
    ]);
    lines
}

fn progress(import: &Import) -> String {
    let moved = if import.has_moved() { "moved" } else { "did not move" };
    let places: Vec<String> = import.progress.iter().map(|percent| format!("{percent:.0}")).collect();
    match places.as_slice() {
        [] => "was not seen".to_owned(),
        places => format!("{moved}: {} %", places.join(", ")),
    }
}

/// What the import took of the server's memory.
fn memory(memory: Memory) -> String {
    match (memory.before, memory.after) {
        (Some(before), Some(after)) => {
            format!("The server's most memory so far: {before:.0} MB before the import, {after:.0} MB after it.")
        }
        _ => "The system does not tell how much memory the server takes.".to_owned(),
    }
}

/// Everything that was measured more than once.
fn times(size: u32, figures: &Figures) -> Lines {
    let mut lines = Lines::new(&["measured", "count", "time"]);
    let many = format!("first page with {} more", grouped(u64::from(size)));
    let Figures { search, palette, .. } = figures;
    let rows = [
        ("first page with the demo's numbers", figures.few.clone()),
        (many.as_str(), figures.many.clone()),
        ("page with a search", figures.searched.clone()),
        ("search: question to the server", search.requests.clone()),
        ("search: key to server's rows", search.answered()),
        ("search: the same without the pause", search.without_pause()),
        ("palette: first Ctrl + K to first entry", vec![figures.loaded]),
        ("palette: later Ctrl + K to first entry", figures.opened.clone()),
        ("palette: key to frame", palette.painted()),
        ("palette: question to the server", palette.requests.clone()),
        ("palette: key to server's results", palette.answered()),
        ("palette: the same without the pause", palette.without_pause()),
    ];
    for (what, samples) in rows {
        lines.add([what.to_owned(), samples.len().to_string(), triple(Spread::of(samples))]);
    }
    lines
}

fn goals(figures: &Figures) -> Lines {
    let mut lines = Lines::new(&["goal", "at most", "measured", ""]);
    for goal in &GOALS {
        if let Some(figure) = (goal.figure)(figures) {
            lines.add(judged(goal.what, goal.at_most, goal.unit, figure));
        }
    }
    lines
}

fn p95(samples: &[f64]) -> Option<f64> {
    Spread::of(samples.to_vec()).map(|spread| spread.p95)
}

fn seconds(milliseconds: f64) -> f64 {
    milliseconds / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the script prints it.
    const PRINTED: &str = r#"{"imported":{"upload":400,"check":2100.5,"apply":3000,"progress":[12,60],
            "memory":{"before":41.5,"after":60.25}},
        "few":[10,12,11],"many":[20,30,25],"searched":[40],
        "search":{"keys":[{"waited":1,"changed":2,"painted":3,"answered":160},
            {"waited":1,"changed":2,"painted":3,"answered":null}],"requests":[22]},
        "loaded":90,"opened":[30,35],
        "palette":{"keys":[{"waited":1,"changed":2,"painted":16,"answered":190.5}],"requests":[]}}"#;

    fn figures() -> Figures {
        serde_json::from_str(PRINTED).unwrap()
    }

    /// The line with these words, with one space between its cells.
    fn line(lines: &Lines, words: &str) -> String {
        let text = lines.text();
        let line = text.lines().find(|line| line.contains(words));
        let cells = line.unwrap_or_default().split_whitespace();
        cells.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn goals_are_met_or_missed() {
        let goals = goals(&figures());
        assert!(line(&goals, "import, together").ends_with("6 s 5.5 s met"));
        assert!(line(&goals, "import memory").ends_with("64 MB 18.8 MB met"));
        assert!(line(&goals, "many against few").ends_with("2 times 2.3 times missed"));
        assert!(line(&goals, "rows without the pause").ends_with("met"));
        assert!(line(&goals, "results without the pause").ends_with("missed"));
    }

    #[test]
    fn times_say_how_often_they_were_measured() {
        let times = times(100_000, &figures());
        assert!(line(&times, "100,000 more").ends_with("3 25.0 / 30.0 / 30.0"));
        assert!(line(&times, "key to server's rows").ends_with("1 160.0 / 160.0 / 160.0"));
        assert!(line(&times, "palette: question").ends_with("0 -"));
    }

    #[test]
    fn memory_is_told_where_the_system_tells_it() {
        let mut known = figures().imported.memory;
        assert!(memory(known).ends_with("42 MB before the import, 60 MB after it."));
        known.before = None;
        assert!(memory(known).starts_with("The system does not tell"));
    }

    #[test]
    fn the_progress_bar_moves_or_not() {
        let mut import = figures().imported;
        assert_eq!(progress(&import), "moved: 12, 60 %");
        import.progress.truncate(1);
        assert_eq!(progress(&import), "did not move: 12 %");
        import.progress.clear();
        assert_eq!(progress(&import), "was not seen");
    }
}
