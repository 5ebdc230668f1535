//! All texts of all rows in one piece, for quick search.

use std::collections::VecDeque;

use super::finder::Finder;

/// Parts the texts of a row and of its neighbours; never part of a folded text, so no needle reaches across.
const SEPARATOR: char = '\n';

/// How many searches are remembered: as many as somebody takes back key by key.
const REMEMBERED: usize = 16;

/// The folded texts of each row. It remembers the last searches, so that one more character only looks through what is
/// left, and taking one back looks through nothing.
#[derive(Debug, Default)]
pub(super) struct Haystack {
    text: String,
    /// Where each row ends.
    ends: Vec<usize>,
    /// What was searched for and the rows that contain it, the last one at the end.
    found: VecDeque<(String, Vec<u32>)>,
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
    pub(super) fn find(&mut self, needle: &str) -> &[u32] {
        let known = self.found.iter().position(|(before, _)| before == needle);
        let found = match known.and_then(|place| self.found.remove(place)) {
            Some(found) => found,
            None => (needle.to_owned(), self.search(needle)),
        };
        if self.found.len() == REMEMBERED {
            self.found.pop_front();
        }
        self.found.push_back(found);
        self.found.back().map_or(&[], |(_, rows)| rows)
    }

    /// Looks through the fewest rows of those that were found for a part of the needle, or through all.
    fn search(&self, needle: &str) -> Vec<u32> {
        let parts = self.found.iter().filter(|(part, _)| needle.contains(part.as_str()));
        match parts.min_by_key(|(_, rows)| rows.len()) {
            Some((_, rows)) => self.search_among(needle, rows),
            None => self.search_all(needle),
        }
    }

    fn search_all(&self, needle: &str) -> Vec<u32> {
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
    fn search_among(&self, needle: &str, rows: &[u32]) -> Vec<u32> {
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
    }

    #[test]
    fn searches_are_remembered() {
        let mut haystack = Haystack::default();
        for row in ["sales", "salt", "wages"] {
            haystack.push(row);
            haystack.end_row();
        }
        for needle in ["s", "sa", "sal", "sale", "sal", "sa", "s", "wa", "", "sal"] {
            let rows = haystack.search_all(needle);
            assert_eq!(haystack.find(needle), rows, "{needle}");
        }
        let remembered: Vec<&str> = haystack.found.iter().map(|(needle, _)| needle.as_str()).collect();
        assert_eq!(remembered, ["sale", "sa", "s", "wa", "", "sal"]);

        for n in 0..100 {
            haystack.find(&n.to_string());
        }
        assert_eq!(haystack.found.len(), REMEMBERED);
        assert_eq!(haystack.find("sal"), [0, 1]);
    }
}
