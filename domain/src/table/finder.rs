//! Looking for one text in many.

/// Looks for a text by its rarest byte. In wasm the standard library compares byte by byte and prepares anew for each
/// text it looks through; this prepares once and takes eight bytes at a time.
#[derive(Debug)]
pub(super) struct Finder<'n> {
    needle: &'n [u8],
    /// Where the byte that is rarest in names stands in the needle.
    rare: usize,
}

/// The commonest bytes of names, addresses and numbers as [`super::fold`] leaves them, the commonest first. Lead bytes of
/// Cyrillic, Greek, Hebrew, Arabic and CJK texts come before all, since every second or third byte is one of them.
const COMMON: &[u8] =
    b"\xD0\xD1\xCE\xCF\xD7\xD8\xD9\xE3\xE4\xE5\xE6\xE7\xE8\xE9 eaionrtsl.mcudhgpbk@fvywz0123456789jxq-";

impl<'n> Finder<'n> {
    pub(super) fn new(needle: &'n str) -> Self {
        let needle = needle.as_bytes();
        let commonness = |byte: u8| {
            let rank = COMMON.iter().position(|common| *common == byte).unwrap_or(COMMON.len());
            COMMON.len() - rank
        };
        let rare = (0..needle.len())
            .min_by_key(|place| commonness(needle[*place]))
            .unwrap_or(0);
        Self { needle, rare }
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text.as_bytes()).is_some()
    }

    /// Where the needle begins for the first time.
    pub(super) fn find(&self, text: &[u8]) -> Option<usize> {
        let Some(rarest) = self.needle.get(self.rare) else {
            return Some(0);
        };
        // The last place where the rare byte of a whole needle can stand, plus one.
        let end = (text.len() + self.rare + 1).checked_sub(self.needle.len())?;
        let mut place = self.rare;
        while let Some(found) = text.get(place..end).and_then(|rest| position(*rarest, rest)) {
            let start = place + found - self.rare;
            if text[start..].starts_with(self.needle) {
                return Some(start);
            }
            place += found + 1;
        }
        None
    }
}

/// Where `byte` stands for the first time: in each eight bytes at once, those equal to it are turned into zero and the
/// lowest zero byte is found by the borrow it causes.
fn position(byte: u8, text: &[u8]) -> Option<usize> {
    const LOW: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let pattern = u64::from_le_bytes([byte; 8]);
    let (words, rest) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let differences = u64::from_le_bytes(*word) ^ pattern;
        let zeros = differences.wrapping_sub(LOW) & !differences & HIGH;
        if zeros != 0 {
            return Some(index * 8 + (zeros.trailing_zeros() / 8) as usize);
        }
    }
    rest.iter()
        .position(|found| *found == byte)
        .map(|found| words.len() * 8 + found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_the_standard_library_finds(text in "[aAbł ]{0,60}", needle in "[aAbł ]{0,4}") {
            prop_assert_eq!(Finder::new(&needle).find(text.as_bytes()), text.find(&needle));
        }

        #[test]
        fn finds_bytes_wherever_they_stand(text in prop::collection::vec(0_u8..4, 0..40), byte in 0_u8..4) {
            prop_assert_eq!(position(byte, &text), text.iter().position(|other| *other == byte));
        }
    }
}
