//! The Domains tab.

use domain::{
    domain_subscription::{
        DomainSubscriptionDetails, DomainSubscriptionRow, ForeignSubscription, RenewalStatus, SubscriptionState,
        under_way, what_failed,
    },
    number::{Assignee, PhoneNumberRef},
};

use super::numbers::within_text;

/// Caption.
pub const CAPTION: &str = "Domain subscriptions";
/// One of them.
pub const ONE: &str = "domain";
/// Many.
pub const MANY: &str = "domains";
/// Nothing yet.
pub const EMPTY_TITLE: &str = "No domains yet";
/// What to do about it.
pub const EMPTY_TEXT: &str = "Your provider subscribes them. Until then, messages to their numbers do not reach you.";
/// What to do about it, for the provider.
pub const EMPTY_TEXT_FOR_PROVIDER: &str = "Until one is added, messages to its numbers do not reach this enterprise.";
/// Column, and a field.
pub const DOMAIN: &str = "Domain";
/// Column, and a field.
pub const CARRIER_PROFILE: &str = "Carrier Profile";
/// Column.
pub const SUBSCRIPTION_ID: &str = "Subscription ID";
/// Column.
pub const SUBSCRIPTION_DATE: &str = "Subscription Date";
/// Column.
pub const EXPIRY_DATE: &str = "Expiry Date";
/// Column.
pub const STATE: &str = "State";
/// Column.
pub const NUMBERS: &str = "Numbers";
/// Stands where there is no value.
pub const NONE: &str = "None";
/// State.
pub const ACTIVE: &str = "Active";
/// State.
pub const EXPIRING: &str = "Expiring soon";
/// State.
pub const EXPIRED: &str = "Expired";
/// State.
pub const MISSING: &str = "Not subscribed";
/// What the audit log says of a renewal or deletion that is over, or has not begun.
pub const NOTHING_UNDER_WAY: &str = "Nothing under way";

/// The button above the table and the dialog it opens.
pub const ADD: &str = "Add Domain";
/// About the field.
pub const HINT_DOMAIN: &str = "As the carrier calls it, such as sms.company.example.";
/// In the field, before one is chosen.
pub const CHOOSE_PROFILE: &str = "Choose a profile";
/// About the field.
pub const HINT_PROFILE: &str = "The profile of the carrier that hosts the domain.";
/// Row button, dialog, and the button in it.
pub const RENEW: &str = "Renew now";
/// Why it cannot be pressed.
pub const IS_BEING_RENEWED: &str = "This domain is being renewed.";
/// Why it cannot be pressed.
pub const DELETION_HAS_BEGUN: &str = "The deletion of this domain has begun. Delete it first, then add it again.";
/// Row button and dialog.
pub const REQUEST: &str = "Request re-subscription";
/// Why it cannot be pressed.
pub const REQUEST_IS_OPEN: &str = "A request is open. Your provider has not answered it yet.";
/// Button that files the request.
pub const REQUEST_CONFIRM: &str = "Send request";
/// Row button.
pub const DELETE: &str = "Delete";
/// Why it cannot be pressed.
pub const IS_BEING_DELETED: &str = "This domain is being deleted.";
/// Dialog, until the domain is loaded.
pub const DELETE_TITLE: &str = "Delete domain";
/// Button that deletes.
pub const DELETE_CONFIRM: &str = "Delete domain";
/// Dialog, until the domain is loaded.
pub const DETAILS_TITLE: &str = "Domain";
/// While a dialog loads.
pub const LOADING_ONE: &str = "Loading the domain";
/// In a question about a domain, when what it is asked of is not what it was at first.
pub const CHANGED_BEFORE_ANSWERING: &str =
    "Somebody else has just changed this domain. This is what your answer does now:";
/// In the details.
pub const LAST_RENEWAL: &str = "Last renewal";
/// In the details.
pub const NEXT_ATTEMPT: &str = "Next attempt";
/// In the details.
pub const NO_NEXT_ATTEMPT: &str = "Not scheduled";
/// In the details.
pub const LAST_REQUEST: &str = "Last request";

/// In the details.
pub const FOREIGN: &str = "Subscriptions of others";

/// How a subscription stands: what is under way with it, else whether messages arrive.
#[must_use]
pub fn state(renewal: RenewalStatus, state: SubscriptionState) -> &'static str {
    under_way(renewal, state).unwrap_or_else(|| subscription_state(state))
}

/// What the last dealings with the carrier came to, by itself: as the audit log tells it.
#[must_use]
pub fn renewal(renewal: RenewalStatus) -> &'static str {
    under_way(renewal, SubscriptionState::Active)
        .or_else(|| what_failed(renewal))
        .unwrap_or(NOTHING_UNDER_WAY)
}

/// Whether messages arrive.
#[must_use]
pub fn subscription_state(state: SubscriptionState) -> &'static str {
    match state {
        SubscriptionState::Expired => EXPIRED,
        SubscriptionState::Missing => MISSING,
        SubscriptionState::Expiring => EXPIRING,
        SubscriptionState::Active => ACTIVE,
    }
}

/// Notice after a domain was added.
#[must_use]
pub fn added(domain: &str) -> String {
    format!("Domain {domain} added. It is being subscribed at the carrier.")
}

/// Why a domain cannot be renewed now; nothing when it can.
#[must_use]
pub fn why_not_renewed(renewal: RenewalStatus) -> Option<&'static str> {
    match renewal {
        RenewalStatus::Idle | RenewalStatus::Failed => None,
        RenewalStatus::Renewing => Some(IS_BEING_RENEWED),
        RenewalStatus::Deleting => Some(IS_BEING_DELETED),
        RenewalStatus::DeletionFailed => Some(DELETION_HAS_BEGUN),
    }
}

/// The question before a renewal.
#[must_use]
pub fn renew_title(domain: &str) -> String {
    format!("Renew {domain} now?")
}

/// What the carrier is asked.
#[must_use]
pub fn what_renewing_does(row: &DomainSubscriptionRow) -> &'static str {
    if row.subscription_id.is_some() {
        "The carrier is asked at once for a year from now, however long the subscription still lasts. The row says what \
         becomes of it."
    } else {
        "The carrier is asked at once for a subscription of a year. The row says what becomes of it."
    }
}

/// Notice after a renewal was asked for.
#[must_use]
pub fn renewal_begun(domain: &str) -> String {
    format!("Domain {domain} is being renewed.")
}

/// What others have subscribed on a domain, before their list.
#[must_use]
pub fn foreign(count: u32) -> String {
    match count {
        1 => "Another subscription sends messages of this domain elsewhere. It is not the portal's, which leaves it alone."
            .to_owned(),
        many => format!(
            "{many} other subscriptions send messages of this domain elsewhere. They are not the portal's, which leaves \
             them alone."
        ),
    }
}

/// One of these.
#[must_use]
pub fn foreign_one(one: &ForeignSubscription) -> String {
    let id = one.id.as_deref().unwrap_or("An id that cannot be shown");
    match &one.host {
        Some(host) => format!("{id}, to {host}"),
        None => format!("{id}, to an address without a host"),
    }
}

/// Who filed a request, before its date.
#[must_use]
pub fn filed_by(name: Option<&str>) -> String {
    name.map_or_else(|| "Sent".to_owned(), |name| format!("Sent by {name}"))
}

/// The question before a request.
#[must_use]
pub fn request_title(domain: &str) -> String {
    format!("Request re-subscription of {domain}?")
}

/// What a request asks, and of whom.
#[must_use]
pub fn what_is_asked(provider: &str, details: &DomainSubscriptionDetails) -> String {
    let waiting = match details.receiving_count {
        0 => "Until then no messages arrive on this domain.".to_owned(),
        1 => "Until then its number receives no messages.".to_owned(),
        many => format!("Until then its {many} numbers receive no messages."),
    };
    format!("This asks {provider} to subscribe the domain again. {waiting} The answer shows in this table.")
}

/// Notice after a request.
#[must_use]
pub fn requested(domain: &str) -> String {
    format!("Re-subscription of {domain} requested.")
}

/// The question before deleting.
#[must_use]
pub fn delete_title(domain: &str) -> String {
    format!("Delete domain {domain}?")
}

/// What deleting does at the carrier.
#[must_use]
pub fn what_goes_first(row: &DomainSubscriptionRow) -> &'static str {
    if row.subscription_id.is_some() {
        "The subscription is removed at the carrier first. The domain leaves this table when the carrier has confirmed."
    } else {
        "There is no subscription at the carrier, so the domain leaves this table at once."
    }
}

/// What deleting does to the numbers on the domain, before their list.
#[must_use]
pub fn what_stops(details: &DomainSubscriptionDetails) -> String {
    match (details.receiving_count, details.row.state.receives()) {
        (0, _) => "No number on it can do SMS, so nobody stops receiving messages.".to_owned(),
        (1, true) => "This number stops receiving messages:".to_owned(),
        (many, true) => format!("These {many} numbers stop receiving messages:"),
        (1, false) => "This number receives no messages now, and renewing will not bring them back:".to_owned(),
        (many, false) => {
            format!("These {many} numbers receive no messages now, and renewing will not bring them back:")
        }
    }
}

/// A number on the domain, and whom it serves.
#[must_use]
pub fn number(number: &PhoneNumberRef) -> String {
    let shown = within_text(number.e164);
    match &number.assignee {
        Some(Assignee::TeamsUser { name, .. }) => format!("{shown}, {name}"),
        Some(Assignee::SmsGroup { name, .. }) => format!("{shown}, group {name}"),
        None => format!("{shown}, unassigned"),
    }
}

/// The list of these numbers, where it is long.
pub const NUMBERS_THAT_STOP: &str = "Numbers that can do SMS on this domain";

/// How many more numbers there are than are named.
#[must_use]
pub fn more_numbers(count: u64) -> String {
    format!("and {count} more")
}

/// Notice after a deletion has begun.
#[must_use]
pub fn deletion_begun(domain: &str) -> String {
    format!("Domain {domain} is being deleted.")
}
