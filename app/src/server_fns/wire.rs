//! The encoding between our own pages and our own server: values without names, one behind the other
//! (<https://postcard.jamesmunns.com/wire-format>). Scripts have the REST interface, which speaks JSON.

use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use serde::{Serialize, de::DeserializeOwned};
use thiserror::Error;

/// Bytes are not what they should be: the page is older than the server, or something was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is garbled")]
pub struct Garbled;

/// Arguments as the body of a `POST` request, and answers to any.
pub type Binary = Post<BinaryEncoding>;

/// How values become bytes.
pub struct BinaryEncoding;

/// What the kind of these bytes begins with, whatever the values in them are made of.
const KIND: &str = "application/x-postcard";

/// The bytes do not say what they are, so their kind does: the number is another one where the types that travel are
/// (`build.rs`). A page that is older than the server is told so by it, instead of taking one value for another.
impl ContentType for BinaryEncoding {
    const CONTENT_TYPE: &'static str = concat!("application/x-postcard; form=", env!("FORM_OF_ANSWERS"));
}

/// The number of this build.
pub const FORM: &str = env!("FORM_OF_ANSWERS");

/// Whether `kind`, which somebody sends or accepts, is the kind of these bytes as another build writes them.
pub fn is_another_form(kind: &str) -> bool {
    kind.strip_prefix(KIND).is_some_and(|form| form.starts_with("; form=")) && kind != BinaryEncoding::CONTENT_TYPE
}

impl FormatType for BinaryEncoding {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for BinaryEncoding {
    type Error = Garbled;

    fn encode(value: &T) -> Result<Bytes, Garbled> {
        write(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for BinaryEncoding {
    type Error = Garbled;

    fn decode(bytes: Bytes) -> Result<T, Garbled> {
        read(&bytes)
    }
}

/// The bytes of a value.
///
/// # Errors
/// [`Garbled`] when its type has no place in the format: lists of unknown length, fields among those of another struct.
pub fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, Garbled> {
    postcard::to_allocvec(value).map_err(|_| Garbled)
}

/// The value that `bytes` are, all of them.
///
/// # Errors
/// [`Garbled`] when they are something else.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Garbled> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(Garbled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::AppError;

    #[test]
    fn what_is_written_is_read_again() {
        let answer: Result<(String, Vec<u64>), AppError> = Ok(("Ärzte".to_owned(), vec![0, u64::MAX]));
        assert_eq!(read(&write(&answer).unwrap()), Ok(answer));
        assert_eq!(write(&()), Ok(Vec::new()));
    }

    /// Pages of every build read this one: it is what they are told of another.
    #[test]
    fn what_tells_a_page_to_reload_stays_what_it_is() {
        assert_eq!(write(&AppError::NotUnderstood), Ok(vec![2]));
    }

    #[test]
    fn what_is_too_short_or_too_long_is_refused() {
        let mut bytes = write(&("Front Desk", 3_i64)).unwrap();
        bytes.push(0);
        assert_eq!(read::<(String, i64)>(&bytes), Err(Garbled));
        bytes.truncate(bytes.len() - 2);
        assert_eq!(read::<(String, i64)>(&bytes), Err(Garbled));
    }

    #[test]
    fn what_others_answer_is_no_error_of_ours() {
        for page in [
            "",
            "<html><h1>502 Bad Gateway</h1></html>",
            "{\"Domain\":{\"kind\":\"signed_out\"}}",
        ] {
            assert_eq!(read::<AppError>(page.as_bytes()), Err(Garbled), "{page}");
        }
    }
}
