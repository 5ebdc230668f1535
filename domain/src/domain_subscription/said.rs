//! What the state column says of a row besides its state: what is under way, what failed, and what became of a request.

use std::borrow::Cow;

use super::{DomainSubscriptionRow, RenewalStatus, SubscriptionState};
use crate::resubscription_request::{RequestState, ResubscriptionRequest};

/// What is under way with a subscription in `state`; nothing when nothing is.
#[must_use]
pub fn under_way(renewal: RenewalStatus, state: SubscriptionState) -> Option<&'static str> {
    match (renewal, state) {
        (RenewalStatus::Deleting, _) => Some("Being deleted"),
        (RenewalStatus::Renewing, SubscriptionState::Missing) => Some("Being subscribed"),
        (RenewalStatus::Renewing, _) => Some("Renewing"),
        (RenewalStatus::Idle | RenewalStatus::Failed | RenewalStatus::DeletionFailed, _) => None,
    }
}

/// What failed, before the reason; nothing when nothing did.
#[must_use]
pub fn what_failed(renewal: RenewalStatus) -> Option<&'static str> {
    match renewal {
        RenewalStatus::Failed => Some("Renewal failed"),
        RenewalStatus::DeletionFailed => Some("Deletion failed"),
        RenewalStatus::Idle | RenewalStatus::Renewing | RenewalStatus::Deleting => None,
    }
}

/// What became of a request to subscribe the domain again, before what was answered.
#[must_use]
pub fn what_became_of(request: RequestState) -> &'static str {
    match request {
        RequestState::Open => "Re-subscription requested",
        RequestState::Done => "Request answered",
        RequestState::Declined => "Request declined",
    }
}

/// What became of a request to subscribe the domain again, and what was answered. One that is done is told as such where
/// the provider said nothing about it.
#[must_use]
pub fn told_of_request(request: RequestState, answer: Option<&str>) -> String {
    let became = what_became_of(request);
    match (request, answer) {
        (RequestState::Open, _) | (RequestState::Declined, None) => became.to_owned(),
        (RequestState::Done, None) => format!("{became}: done"),
        (RequestState::Done | RequestState::Declined, Some(answer)) => format!("{became}: {answer}"),
    }
}

impl DomainSubscriptionRow {
    /// What failed and why.
    #[must_use]
    pub fn what_failed(&self) -> Option<String> {
        let what = what_failed(self.renewal)?;
        self.failure.as_ref().map(|reason| format!("{what}: {reason}"))
    }

    /// The last request, while it is open and while what it asked for has not come.
    #[must_use]
    pub fn shown_request(&self) -> Option<&ResubscriptionRequest> {
        self.request
            .as_ref()
            .filter(|request| request.state == RequestState::Open || !self.state.receives())
    }

    /// What quick search finds the row by because the state column says it.
    pub(super) fn said(&self) -> Vec<Cow<'_, str>> {
        let request = self.shown_request();
        let request = request.map(|request| told_of_request(request.state, request.answer.as_deref()));
        let words = under_way(self.renewal, self.state).map(Cow::Borrowed);
        let told = [self.what_failed(), request]
            .into_iter()
            .flatten()
            .map(Cow::<str>::Owned);
        words.into_iter().chain(told).collect()
    }
}
