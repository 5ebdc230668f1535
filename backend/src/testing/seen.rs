//! What services answer, kept for a test.

use std::fmt::{self, Write as _};

use serde::Serialize;

/// Everything that was answered, as text.
#[derive(Default)]
pub struct Seen(pub String);

impl Seen {
    /// Adds an answer as it travels, or what is said and logged of an error.
    pub fn add<T: Serialize, E: fmt::Display + fmt::Debug>(&mut self, answer: Result<T, E>) {
        match answer {
            Ok(answer) => writeln!(self.0, "{}", serde_json::to_string(&answer).unwrap()).unwrap(),
            Err(error) => writeln!(self.0, "{error} {error:?}").unwrap(),
        }
    }
}
