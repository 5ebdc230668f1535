//! Figures as plain tables: cells in lines under headings.

use super::samples::Spread;

/// Stands where there is no figure.
pub(super) const NONE: &str = "-";

/// Median, 95th percentile and maximum in one cell.
pub(super) fn triple(spread: Option<Spread>) -> String {
    spread.map_or_else(
        || NONE.to_owned(),
        |Spread { median, p95, max }| format!("{median:.1} / {p95:.1} / {max:.1}"),
    )
}

/// A goal in cells: what, at most, measured, and whether that meets it.
pub(super) fn judged(what: &str, at_most: f64, unit: &str, figure: f64) -> [String; 4] {
    let measured = if unit.is_empty() {
        format!("{figure:.4}")
    } else {
        format!("{figure:.1} {unit}")
    };
    [
        what.to_owned(),
        format!("{at_most} {unit}").trim_end().to_owned(),
        measured,
        if figure <= at_most { "met" } else { "missed" }.to_owned(),
    ]
}

/// A number with commas between its thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Lines of cells under headings.
pub(super) struct Lines {
    lines: Vec<Vec<String>>,
}

impl Lines {
    pub(super) fn new(headings: &[&str]) -> Self {
        let headings = headings.iter().map(|heading| (*heading).to_owned()).collect();
        Self { lines: vec![headings] }
    }

    pub(super) fn add<const N: usize>(&mut self, cells: [String; N]) {
        self.lines.push(cells.into());
    }

    /// Each column is as wide as its widest cell.
    pub(super) fn text(&self) -> String {
        let width = |column: usize| {
            let cells = self.lines.iter().filter_map(|line| line.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        let mut text = String::new();
        for line in &self.lines {
            let cells = line
                .iter()
                .enumerate()
                .map(|(column, cell)| format!("{cell:<width$}", width = width(column)));
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(100_000), "100,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn columns_stand_below_each_other() {
        let mut lines = Lines::new(&["groups", "time"]);
        lines.add(["1,000".to_owned(), "1.0".to_owned()]);
        assert_eq!(lines.text(), "groups  time\n1,000   1.0\n");
    }

    #[test]
    fn a_goal_is_met_or_missed() {
        assert_eq!(judged("import", 6.0, "s", 6.0), ["import", "6 s", "6.0 s", "met"]);
        assert_eq!(judged("shift", 0.0, "", 0.01), ["shift", "0", "0.0100", "missed"]);
    }
}
