//! The one error that every service answers with, whatever the transport.
//!
//! It holds only what a person may read. What the log needs (the cause, the query) never enters it: `backend` logs that
//! once, with the request id, and hands out [`Error::Internal`].

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::{
    access::{Action, Resource},
    forms::tagged,
};

/// The field of a form or request body that an error belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name as in the request: `name`, `owner_id`, `member_ids`, …
    pub field: String,
    /// What to do about it, a sentence for the person who typed it.
    pub message: String,
}

impl FieldError {
    /// An error at `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }
}

tagged! {
    "kind",
    /// Why a request was not carried out.
    #[derive(Clone, Debug, PartialEq, Eq, Error)]
    pub enum Error {
        /// Nobody is signed in, or the session has ended.
        #[error("You are signed out. Sign in and try again.")]
        SignedOut,
        /// The person may see the thing but not do this to it.
        #[error("Your role does not allow this.")]
        Forbidden {
            /// What was tried.
            action: Action,
            /// On what.
            resource: Resource,
        },
        /// It does not exist, or belongs to somebody else; the two are not told apart.
        #[error("This {} does not exist. It may have been deleted.", .resource.noun())]
        NotFound {
            /// What was looked for.
            resource: Resource,
        },
        /// Somebody saved a newer version in the meantime.
        #[error("Somebody else changed this while you were editing it.")]
        Outdated {
            /// What was to be saved.
            resource: Resource,
            /// Its id.
            id: Uuid,
            /// The version that is stored now.
            current_version: i64,
        },
        /// Another row already holds what this one wants: a name, a number.
        #[error("{}", .0.message)]
        Conflict(FieldError),
        /// One or more fields break a rule.
        #[error("Some fields need your attention.")]
        Invalid {
            /// Every broken rule, in the order of the fields.
            fields: Vec<FieldError>,
        },
        /// It could be done for a while, and that time is over.
        #[error("{message}")]
        Gone {
            /// What is over, and what to do instead, for the person.
            message: String,
        },
        /// Too many tries; wait.
        #[error("Too many tries. Wait {seconds} seconds, then try again.")]
        TooManyRequests {
            /// How long to wait, in seconds.
            seconds: u64,
        },
        /// The portal itself cannot do this yet, whoever asks.
        #[error("{message}")]
        NotSupported {
            /// What it cannot do, that nothing was changed, and whom to ask, for the person.
            message: String,
        },
        /// Something outside is not answering at the moment.
        #[error("The portal is busy right now. Nothing was changed. Try again in a moment.")]
        Unavailable,
        /// Our own fault; the log has the cause under the request id.
        #[error(
            "Something went wrong on our side. Nothing was changed. Quote request {request_id} when you ask for help."
        )]
        Internal {
            /// The id that leads to the cause in the log.
            request_id: Uuid,
        },
    }
}

impl Error {
    /// A single broken rule at `field`.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid {
            fields: vec![FieldError::new(field, message)],
        }
    }

    /// Another row already holds the value of `field`.
    pub fn conflict(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Conflict(FieldError::new(field, message))
    }

    /// The errors that belong beside a field.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        match self {
            Self::Invalid { fields } => fields,
            Self::Conflict(field) => std::slice::from_ref(field),
            _ => &[],
        }
    }

    /// The HTTP status that both transports answer with (RFC 9110, RFC 6585).
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden { .. } => 403,
            Self::NotFound { .. } => 404,
            Self::Outdated { .. } | Self::Conflict(_) => 409,
            Self::Gone { .. } => 410,
            Self::Invalid { .. } => 422,
            Self::TooManyRequests { .. } => 429,
            Self::NotSupported { .. } => 501,
            Self::Unavailable => 503,
            Self::Internal { .. } => 500,
        }
    }
}
