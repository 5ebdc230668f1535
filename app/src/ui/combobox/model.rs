//! The options of a picker and how typed text finds them. Pure.

use crate::ui::Tone;

/// Fewest digits for which a text is taken as part of a phone number.
const FEWEST_DIGITS: usize = 3;
/// Most options drawn at once; the rest is reached by typing.
const MOST: usize = 100;

/// A word beside an option, such as "Unlicensed".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComboBadge {
    /// The word.
    pub label: String,
    /// What it means.
    pub tone: Tone,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ComboOption {
    /// What the form sends.
    pub id: String,
    /// Its name.
    pub label: String,
    /// A second line, such as an address or the current assignment; may be empty.
    pub detail: String,
    /// States worth seeing before choosing.
    pub badges: Vec<ComboBadge>,
    /// Why it cannot be chosen now.
    pub disabled_reason: Option<String>,
}

impl ComboOption {
    /// An option that can be chosen and has nothing more to say.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// Adds the second line.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Adds a badge.
    #[must_use]
    pub fn badge(mut self, label: impl Into<String>, tone: Tone) -> Self {
        self.badges.push(ComboBadge {
            label: label.into(),
            tone,
        });
        self
    }

    /// Says why it cannot be chosen.
    #[must_use]
    pub fn disabled(mut self, reason: impl Into<String>) -> Self {
        self.disabled_reason = Some(reason.into());
        self
    }
}

/// The options to draw, and how many there are beyond them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Found {
    pub(super) shown: Vec<ComboOption>,
    pub(super) total: usize,
}

/// The options that a typed text finds.
pub(super) fn find(options: &[ComboOption], text: &str) -> Found {
    let needle = Needle::new(text);
    let mut found = Found::default();
    for option in options.iter().filter(|option| needle.finds(option)) {
        found.total += 1;
        if found.shown.len() < MOST {
            found.shown.push(option.clone());
        }
    }
    found
}

/// A typed text, taken apart once for many options.
struct Needle {
    words: Vec<String>,
    digits: Option<String>,
}

impl Needle {
    fn new(text: &str) -> Self {
        let words = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let like_number = text
            .chars()
            .all(|letter| letter.is_ascii_digit() || " +-().".contains(letter));
        let digits = digits(text);
        Self {
            words,
            digits: (like_number && digits.len() >= FEWEST_DIGITS).then_some(digits),
        }
    }

    /// Whether every word is somewhere in the option, or its digits hold those of a phone number however written.
    fn finds(&self, option: &ComboOption) -> bool {
        let text = format!("{} {}", option.label, option.detail).to_lowercase();
        let all_words = self.words.iter().all(|word| text.contains(word.as_str()));
        all_words
            || self
                .digits
                .as_ref()
                .is_some_and(|wanted| digits(&text).contains(wanted.as_str()))
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, option: &ComboOption) -> bool {
        Needle::new(text).finds(option)
    }

    #[test]
    fn every_word_must_be_found_in_any_order_and_case() {
        let ada = ComboOption::new("1", "Ada Lovelace").detail("ada@contoso.example");
        assert!(found("", &ada));
        assert!(found("LACE ad", &ada));
        assert!(found("contoso", &ada));
        assert!(!found("ada byron", &ada));
    }

    #[test]
    fn letters_beyond_ascii_match_without_regard_to_case() {
        assert!(found("ÅSA", &ComboOption::new("1", "Åsa Öberg")));
        assert!(found("öb", &ComboOption::new("1", "ÅSA ÖBERG")));
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        let number = ComboOption::new("1", "+1 (425) 555-0100");
        for text in ["4255550100", "+14255550100", "425 555", "555-0100", "(425)"] {
            assert!(found(text, &number), "{text}");
        }
        assert!(!found("426", &number));
        assert!(!found("425 sales", &number));
    }

    #[test]
    fn two_digits_are_a_text_like_any_other() {
        assert!(!found("51", &ComboOption::new("1", "+1 (425) 555-1")));
        assert!(found("42", &ComboOption::new("1", "Room 42")));
    }

    #[test]
    fn a_long_list_is_cut_off_but_counted() {
        let options: Vec<_> = (0..250)
            .map(|at| ComboOption::new(at.to_string(), format!("User {at}")))
            .collect();
        let found = find(&options, "user");
        assert_eq!((found.shown.len(), found.total), (MOST, 250));
        assert_eq!(find(&options, "user 249").shown.len(), 1);
        assert_eq!(find(&options, "nobody"), Found::default());
    }
}
