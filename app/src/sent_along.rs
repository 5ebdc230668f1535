//! How values travel inside of the document, from the server's rendering to the browser.

use leptos::server::codee::{Decoder, Encoder};
use serde::{Serialize, de::DeserializeOwned};

/// JSON that is read as bytes. Leptos' own codec reads it as text, which the answers of server functions are not: the
/// module would contain every type's reading twice.
pub(crate) struct SentAlong;

impl<T: Serialize> Encoder<T> for SentAlong {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for SentAlong {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}
