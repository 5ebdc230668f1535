//! The page of where alerts are sent.

use domain::alert::{DeliveryState, DestinationKind, LastDelivery};

/// Tab.
pub const ALERTS: &str = "Alerts";
/// Above the list.
pub const ALERTS_LEAD: &str = "When a domain of one of your enterprises expires soon or has expired, or when a carrier \
     profile fails, the portal tells these addresses: once when it begins, once when it gets worse, and once when it is \
     over.";
/// E-mail cannot be sent.
pub const NO_MAIL_SERVER: &str = "This portal sends no e-mail: whoever runs it has set no mail server. Webhooks work.";
/// The list.
pub const DESTINATIONS: &str = "Where alerts are sent";
/// While the list is loaded.
pub const LOADING_DESTINATIONS: &str = "Loading where alerts are sent";
/// In place of the list.
pub const NO_DESTINATIONS: &str = "Alerts are sent nowhere yet";
/// What one can do about it.
pub const NO_DESTINATIONS_TEXT: &str = "Add an e-mail address or a webhook. The Dashboard of an enterprise shows its alerts \
     in any case.";

/// Button and dialog.
pub const ADD_DESTINATION: &str = "Add Destination";
/// Field.
pub const FIELD_KIND: &str = "Kind";
/// Field.
pub const FIELD_ADDRESS: &str = "Address";
/// In place of the dialog's form, once a webhook is added.
pub const SECRET_ONCE: &str = "Copy the secret now. It is not shown again.";
/// Above the secret.
pub const SECRET: &str = "Secret";
/// Button.
pub const COPY_SECRET: &str = "Copy secret";
/// Notice.
pub const SECRET_COPIED: &str = "The secret is in your clipboard.";
/// Button.
pub const SECRET_DONE: &str = "Done";

/// Row button.
pub const SEND_TEST: &str = "Send test message";
/// Row button and question.
pub const REMOVE_DESTINATION: &str = "Remove";
/// What removing does.
pub const REMOVE_DESTINATION_TEXT: &str = "No more alerts are sent there, not even those that are still to be sent.";
/// Before a moment.
pub const DESTINATION_ADDED: &str = "Added";
/// In place of the last message.
pub const NOTHING_SENT: &str = "Nothing was sent yet";
/// Before a moment.
pub const TRIED_AGAIN: &str = "Tried again";

/// What kind of destination it is.
#[must_use]
pub fn destination_kind(kind: DestinationKind) -> &'static str {
    match kind {
        DestinationKind::Email => "E-mail",
        DestinationKind::Webhook => "Webhook",
    }
}

/// What an address of that kind looks like.
#[must_use]
pub fn address_hint(kind: DestinationKind) -> &'static str {
    match kind {
        DestinationKind::Email => "Such as operations@company.example.",
        DestinationKind::Webhook => {
            "It begins with https://. Each alert is a signed POST; the secret to check it with is shown once."
        }
    }
}

/// What has become of the last message.
#[must_use]
pub fn delivery_state(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Waiting => "Waiting",
        DeliveryState::Sent => "Sent",
        DeliveryState::Failed => "Failed",
    }
}

/// Before the moment of the last message.
#[must_use]
pub fn last_message(last: &LastDelivery) -> &'static str {
    if last.test {
        "Last message, a test:"
    } else {
        "Last message:"
    }
}

/// Why the last message was not taken in, and how often it was tried.
#[must_use]
pub fn delivery_failure(reason: &str, attempts: u32) -> String {
    if attempts == 1 {
        reason.to_owned()
    } else {
        format!("{reason} Tried {attempts} times.")
    }
}

/// Notice.
#[must_use]
pub fn test_sent(address: &str) -> String {
    format!("A test message was sent to {address}.")
}

/// Notice.
#[must_use]
pub fn test_failed(address: &str, reason: &str) -> String {
    format!("No test message could be sent to {address}. {reason}")
}

/// Notice.
#[must_use]
pub fn destination_added(address: &str) -> String {
    format!("Alerts are sent to {address} from now on.")
}

/// Notice.
#[must_use]
pub fn destination_removed(address: &str) -> String {
    format!("No more alerts are sent to {address}.")
}

/// Question.
#[must_use]
pub fn remove_destination_title(address: &str) -> String {
    format!("Send no more alerts to {address}?")
}

/// Which destination a button is about, for those who hear it by itself.
#[must_use]
pub fn to_destination(address: &str) -> String {
    format!("to {address}")
}
