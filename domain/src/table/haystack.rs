//! All texts of all rows in one piece, for quick search.

use super::finder::Finder;

/// Parts the texts of a row and of its neighbours; never part of a folded text, so no needle reaches across.
const SEPARATOR: char = '\n';

/// The folded texts of each row.
#[derive(Debug, Default)]
pub(super) struct Haystack {
    text: String,
    /// Where each row ends.
    ends: Vec<usize>,
}

impl Haystack {
    /// Adds a text to the row that is being filled.
    pub(super) fn push(&mut self, folded: &str) {
        self.text.push_str(folded);
        self.text.push(SEPARATOR);
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        self.ends.push(self.text.len());
    }

    /// The rows that contain the needle, ascending.
    pub(super) fn find(&self, needle: &str) -> Vec<u32> {
        let finder = Finder::new(needle);
        let text = self.text.as_bytes();
        let mut rows = Vec::new();
        let mut start = 0;
        let mut row = 0;
        while let Some(found) = finder.find(&text[start..]) {
            while self.ends.get(row).is_some_and(|end| *end <= start + found) {
                row += 1;
            }
            let Some(end) = self.ends.get(row) else { break };
            rows.push(row as u32);
            start = *end;
        }
        rows
    }

    /// Those of `rows` that contain the needle.
    pub(super) fn find_among(&self, needle: &str, rows: &[u32]) -> Vec<u32> {
        let finder = Finder::new(needle);
        let holds = |row: &u32| {
            let row = *row as usize;
            let start = if row == 0 { 0 } else { self.ends[row - 1] };
            finder.find(&self.text.as_bytes()[start..self.ends[row]]).is_some()
        };
        rows.iter().copied().filter(holds).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_needle_is_found_in_each_text_by_itself() {
        let mut haystack = Haystack::default();
        for row in [&["sales", "north"][..], &[], &["support", "sal"], &["es"]] {
            row.iter().for_each(|text| haystack.push(text));
            haystack.end_row();
        }
        assert_eq!(haystack.find("sal"), [0, 2]);
        assert_eq!(haystack.find("es"), [0, 3]);
        assert_eq!(haystack.find("sales"), [0]);
        assert_eq!(haystack.find("x"), [0_u32; 0]);
        assert_eq!(haystack.find_among("sales", &[0, 2, 3]), [0]);
    }
}
