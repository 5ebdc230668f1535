//! The error of server functions: the domain's own, or the call did not come through.

use domain::error::{Error, FieldError};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use thiserror::Error as ThisError;

use crate::server_fns::wire::BinaryEncoding;

/// Why a server function has no answer.
#[derive(Clone, Debug, PartialEq, Eq, ThisError, Serialize, Deserialize)]
pub enum AppError {
    /// The server answered, and this is why it did not do it.
    #[error("{0}")]
    Domain(Error),
    /// The request did not reach the server or the answer did not reach us; whether it was carried out is unknown.
    #[error("The portal could not be reached. Check your connection, then try again.")]
    Interrupted,
    /// The request was not understood: the page is older than the server, or the address was made by hand.
    #[error("The portal did not understand this request. Reload the page and try again.")]
    NotUnderstood,
}

impl AppError {
    /// The errors that belong beside a field.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        match self {
            Self::Domain(error) => error.field_errors(),
            Self::Interrupted | Self::NotUnderstood => &[],
        }
    }

    /// The text, unless the error brings words of its own along. For errors that may have come in an address, as they do
    /// to plain forms without the browser's part: anybody can write a link.
    #[must_use]
    pub fn fixed_text(&self) -> Option<String> {
        match self {
            Self::Domain(
                Error::Conflict(_) | Error::Invalid { .. } | Error::Gone { .. } | Error::NotSupported { .. },
            ) => None,
            other => Some(other.to_string()),
        }
    }

    /// Whether somebody else saved a newer version.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        matches!(self, Self::Domain(Error::Outdated { .. }))
    }

    /// Whether signing in again is what helps.
    #[must_use]
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Self::Domain(Error::SignedOut))
    }
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        Self::Domain(error)
    }
}

impl FromServerFnError for AppError {
    type Encoder = BinaryEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let error = Self::of(&error);
        #[cfg(feature = "ssr")]
        if error == Self::NotUnderstood {
            crate::server_context::set_status(400);
        }
        error
    }
}

impl AppError {
    fn of(error: &ServerFnErrorErr) -> Self {
        match error {
            // An answer that is none of ours comes from something between, such as a proxy whose server does not answer.
            ServerFnErrorErr::Deserialization(_) if !cfg!(feature = "ssr") => Self::Interrupted,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::Registration(_) => Self::NotUnderstood,
            ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::Response(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_) => Self::Interrupted,
        }
    }
}
