//! What the browser's script has measured with many numbers, as it prints it.

use serde::Deserialize;

use crate::bench::samples::{Sample, Spread};

/// How long the table's search and the palette wait for the next key before they ask the server, in milliseconds:
/// `TYPING_PAUSE` of the table's feed, `PAUSE` of the palette's finder.
const PAUSE: f64 = 120.0;

/// Everything that was measured. Times are in milliseconds.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Figures {
    /// The import of the file.
    pub(super) imported: Import,
    /// The server's times for the first page of Numbers before the import.
    pub(super) few: Vec<f64>,
    /// The same after it.
    pub(super) many: Vec<f64>,
    /// The server's times for a page with a search in its address.
    pub(super) searched: Vec<f64>,
    /// Typing in the search of the Numbers page.
    pub(super) search: Typing,
    /// The first opening of the palette, which loads what it shows.
    pub(super) loaded: f64,
    /// From each later press of Ctrl + K until the first entry was painted.
    pub(super) opened: Vec<f64>,
    /// Typing in the palette.
    pub(super) palette: Typing,
}

/// An import as somebody sees it who chooses a file, presses Check and presses Import.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Import {
    pub(super) upload: f64,
    pub(super) check: f64,
    pub(super) apply: f64,
    /// Where the progress bar stood, in percent, each time that it had moved.
    pub(super) progress: Vec<f64>,
    pub(super) memory: Memory,
}

/// The most memory that the server had held by some moment (`VmHWM`), in MB of 1,024 KB; none where the system does not
/// tell.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Memory {
    /// When the file was about to be chosen.
    pub(super) before: Option<f64>,
    /// When the file was imported.
    pub(super) after: Option<f64>,
}

/// Keys, and what the server was asked because of them.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Typing {
    pub(super) keys: Vec<Sample>,
    /// From each question until its whole answer had come, as the browser counts it.
    pub(super) requests: Vec<f64>,
}

impl Import {
    /// All three parts.
    pub(super) fn together(&self) -> f64 {
        self.upload + self.check + self.apply
    }

    /// Whether the progress bar was seen at two places.
    pub(super) fn has_moved(&self) -> bool {
        self.progress.len() > 1
    }
}

impl Memory {
    /// By how much the import has raised it.
    pub(super) fn growth(&self) -> Option<f64> {
        Some(self.after? - self.before?)
    }
}

impl Figures {
    /// How many times as long the first page takes with many numbers as with few, by the medians.
    pub(super) fn growth(&self) -> Option<f64> {
        let (few, many) = (Spread::of(self.few.clone())?, Spread::of(self.many.clone())?);
        Some(many.median / few.median)
    }
}

impl Typing {
    /// From the press until the next frame was painted.
    pub(super) fn painted(&self) -> Vec<f64> {
        self.keys.iter().map(|key| key.painted).collect()
    }

    /// From the press until the server's answer was painted, of the keys that made it being asked.
    pub(super) fn answered(&self) -> Vec<f64> {
        self.keys.iter().filter_map(|key| key.answered).collect()
    }

    /// The same without the pause that waits for the next key.
    pub(super) fn without_pause(&self) -> Vec<f64> {
        self.answered().into_iter().map(|answered| answered - PAUSE).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typing(answered: &[Option<f64>]) -> Typing {
        let key = |answered: &Option<f64>| Sample {
            waited: 0.5,
            changed: 1.0,
            painted: 9.0,
            answered: *answered,
        };
        Typing {
            keys: answered.iter().map(key).collect(),
            requests: Vec::new(),
        }
    }

    #[test]
    fn keys_without_a_question_are_not_answered() {
        let typing = typing(&[Some(150.0), None, Some(170.0)]);
        assert_eq!(typing.answered(), [150.0, 170.0]);
        assert_eq!(typing.without_pause(), [30.0, 50.0]);
        assert_eq!(typing.painted(), [9.0, 9.0, 9.0]);
    }

    #[test]
    fn a_bar_that_is_seen_once_has_not_moved() {
        let mut import = Import {
            upload: 100.0,
            check: 2_000.0,
            apply: 3_000.0,
            progress: vec![40.0],
            memory: Memory {
                before: None,
                after: Some(60.0),
            },
        };
        assert!(!import.has_moved());
        import.progress.push(80.0);
        assert!(import.has_moved());
        assert_eq!(import.together(), 5_100.0);
    }

    #[test]
    fn memory_grows_by_what_is_known_of_both_sides() {
        let growth = |before| {
            let after = Some(62.5);
            Memory { before, after }.growth()
        };
        assert_eq!(growth(Some(40.0)), Some(22.5));
        assert_eq!(growth(None), None);
    }
}
