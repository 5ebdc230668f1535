//! Takes a list of objects apart as it comes, so that what is in memory does not grow with the list.

use serde_json::Value;

use crate::carriers::CarrierError;

/// The longest object, in bytes; longer than any row of a list.
const LONGEST: usize = 64 * 1024;

/// What has come of a JSON array of objects. A single object counts as an array of one.
#[derive(Default)]
pub(super) struct Objects {
    place: Place,
    /// The object that is coming.
    object: Vec<u8>,
    /// How many brackets of it are open.
    open: usize,
    in_text: bool,
    /// Whether the next byte of a text is escaped.
    escaped: bool,
}

/// Where in the list the next byte is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Before,
    /// In the array.
    Within,
    /// In the object that stands there without an array.
    Alone,
    After,
}

impl Objects {
    /// Takes more of the list; tells the objects that are whole by now.
    ///
    /// # Errors
    /// [`CarrierError::Protocol`] when it is no list of objects.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<Vec<Value>, CarrierError> {
        let mut whole = Vec::new();
        for byte in bytes {
            if self.open == 0 {
                self.between(*byte)?;
                continue;
            }
            if self.object.len() == LONGEST {
                return Err(CarrierError::Protocol);
            }
            self.object.push(*byte);
            self.within(*byte);
            if self.open == 0 {
                whole.push(serde_json::from_slice(&self.object).map_err(|_| CarrierError::Protocol)?);
                self.object.clear();
                if self.place == Place::Alone {
                    self.place = Place::After;
                }
            }
        }
        Ok(whole)
    }

    /// A byte that belongs to no object.
    fn between(&mut self, byte: u8) -> Result<(), CarrierError> {
        self.place = match (byte, self.place) {
            (b' ' | b'\t' | b'\r' | b'\n', place) => place,
            (b'[', Place::Before) | (b',', Place::Within) => Place::Within,
            (b']', Place::Within) => Place::After,
            (b'{', Place::Before | Place::Within) => {
                self.object.push(byte);
                self.open = 1;
                if self.place == Place::Before {
                    Place::Alone
                } else {
                    Place::Within
                }
            }
            _ => return Err(CarrierError::Protocol),
        };
        Ok(())
    }

    /// A byte of an object.
    fn within(&mut self, byte: u8) {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.open += 1,
            b'}' | b']' => self.open -= 1,
            _ => {}
        }
    }

    /// Whether the list has come to its end.
    ///
    /// # Errors
    /// [`CarrierError::Protocol`] when it has not: half a list is none.
    pub(super) fn finish(&self) -> Result<(), CarrierError> {
        if self.place == Place::After {
            Ok(())
        } else {
            Err(CarrierError::Protocol)
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// The objects of a text that comes in pieces of that size.
    fn taken(text: &str, size: usize) -> Result<Vec<Value>, CarrierError> {
        let mut objects = Objects::default();
        let mut found = Vec::new();
        for piece in text.as_bytes().chunks(size) {
            found.extend(objects.take(piece)?);
        }
        objects.finish()?;
        Ok(found)
    }

    #[rstest]
    #[case("[]", 0)]
    #[case(" [ {} , {\"a\": 1} ]\n", 2)]
    #[case("{\"number\": \"1\"}", 1)]
    #[case(r#"[{"a": "}]{[\\", "b": ["\"", {"c": [{}]}]}, {"a": "é"}]"#, 2)]
    fn a_list_is_taken_apart_wherever_it_breaks(#[case] text: &str, #[case] count: usize) {
        let whole: Value = serde_json::from_str(text).unwrap();
        let expected = match whole {
            Value::Array(rows) => rows,
            one => vec![one],
        };
        for size in [1, 2, 3, 7, 1000] {
            assert_eq!(taken(text, size).unwrap(), expected, "{size}");
        }
        assert_eq!(expected.len(), count);
    }

    #[rstest]
    #[case("")]
    #[case("null")]
    #[case("[1]")]
    #[case("[{\"a\": 1}, {\"a\"")]
    #[case("[{}] [")]
    #[case("{} {}")]
    #[case("[{\"a\"}]")]
    #[case("<html>")]
    fn anything_else_is_none(#[case] text: &str) {
        assert_eq!(taken(text, 3), Err(CarrierError::Protocol));
    }

    #[test]
    fn an_object_without_an_end_is_given_up() {
        let text = format!("[{{\"a\": \"{}\"}}]", "x".repeat(LONGEST));
        assert_eq!(taken(&text, 1000), Err(CarrierError::Protocol));
    }
}
