//! The queue of requests.

use domain::resubscription_request::{RequestRow, RequestState};

/// Column.
pub const ENTERPRISE: &str = "Enterprise";
/// One of them.
pub const REQUEST_ONE: &str = "request";
/// Many.
pub const REQUEST_MANY: &str = "requests";
/// Nothing yet.
pub const NO_REQUESTS: &str = "No requests yet";
/// When there will be one.
pub const NO_REQUESTS_TEXT: &str = "An enterprise whose domain has expired can ask you here to subscribe it again.";
/// Column.
pub const REQUESTED: &str = "Requested";
/// Column.
pub const REQUESTED_BY: &str = "Requested By";
/// Column.
pub const ANSWERED: &str = "Answered";
/// Column, field and row button.
pub const ANSWER: &str = "Answer";
/// Dialog.
pub const ANSWER_TITLE: &str = "Answer request";
/// Field.
pub const FIELD_TEXT: &str = "What you say about it";
/// When it has to be filled.
pub const HINT_TEXT: &str = "The enterprise reads it. If you decline, say why.";
/// Button.
pub const SEND_ANSWER: &str = "Send answer";
/// Somebody else was first.
pub const ANSWERED_ALREADY: &str = "This request has been answered already.";

/// What became of a request.
#[must_use]
pub fn request_state(state: RequestState) -> &'static str {
    match state {
        RequestState::Open => "Open",
        RequestState::Done => "Done",
        RequestState::Declined => "Declined",
    }
}

/// Which request a row button is about, for those who hear it by itself.
#[must_use]
pub fn request_of(domain: &str) -> String {
    format!("request for {domain}")
}

/// What a request asks for.
#[must_use]
pub fn what_was_asked(request: &RequestRow) -> String {
    format!(
        "{} asks to subscribe {} again, which receives no messages until then.",
        request.enterprise_name, request.domain
    )
}

/// Notice.
#[must_use]
pub fn answered(domain: &str) -> String {
    format!("Request for {domain} answered.")
}
