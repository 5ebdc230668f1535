//! The Dashboard: the health strip and the card for syncing.

use domain::{
    alert::AlertKind,
    health::AffectedDomains,
    task::{TaskRow, TaskState},
};

use super::tasks;

/// Heading and title.
pub const TITLE: &str = "Dashboard";
/// Sentence under it.
pub const LEAD: &str = "What needs your attention, and what is running in the background.";
/// Link to the help page.
pub const HELP: &str = "Help with the Dashboard";
/// Name of the counts.
pub const HEALTH: &str = "What needs attention";
/// Heading of the card.
pub const SYNC_TITLE: &str = "Changes for the SMS app";
/// The button.
pub const SYNC: &str = "Sync SMS App";
/// Nothing to sync.
pub const ALL_LIVE: &str = "Every change is live.";
/// There was no sync yet.
pub const NEVER_SYNCED: &str = "There was no sync yet.";
/// A sync was asked for.
pub const SYNC_STARTED: &str = "The sync has started.";
/// While the counts are on their way.
pub const LOADING: &str = "Loading the counts";

/// Heading of the alerts.
pub const ALERTS: &str = "Alerts";
/// Before a moment.
pub const ALERT_SINCE: &str = "since";

/// Below the alerts, where there are more.
#[must_use]
pub fn newest_alerts(shown: usize, total: u64) -> String {
    format!("These are the newest {shown} of {total} alerts. All of them stand in the tables of domains and carriers.")
}

/// What is wrong.
#[must_use]
pub fn alert(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::DomainExpiring => "Domain expires soon",
        AlertKind::DomainExpired => "Domain has expired",
        AlertKind::ProfileFailing => "Carrier profile is failing",
    }
}

/// What is counted, and how much that concerns.
#[must_use]
pub fn expired(affected: AffectedDomains) -> String {
    let what = if affected.domains == 1 {
        "expired domain"
    } else {
        "expired domains"
    };
    format!("{what}, {}", concerns(affected))
}

/// What is counted, and how much that concerns.
#[must_use]
pub fn expiring(affected: AffectedDomains) -> String {
    let what = if affected.domains == 1 {
        "domain expiring soon"
    } else {
        "domains expiring soon"
    };
    format!("{what}, {}", concerns(affected))
}

fn concerns(affected: AffectedDomains) -> String {
    match affected.numbers {
        0 => "no number affected".to_owned(),
        1 => "1 number affected".to_owned(),
        many => format!("{many} numbers affected"),
    }
}

/// What is counted.
#[must_use]
pub fn unreachable_groups(count: u32) -> &'static str {
    if count == 1 {
        "group in which nobody gets messages"
    } else {
        "groups in which nobody gets messages"
    }
}

/// What is counted.
#[must_use]
pub fn free_numbers(count: u32) -> &'static str {
    if count == 1 { "free number" } else { "free numbers" }
}

/// What is counted.
#[must_use]
pub fn pending_changes(count: u64) -> &'static str {
    if count == 1 {
        "change not live yet"
    } else {
        "changes not live yet"
    }
}

/// How many changes wait for a sync, as a sentence.
#[must_use]
pub fn pending_sentence(count: u64) -> String {
    match count {
        0 => ALL_LIVE.to_owned(),
        1 => "1 change is not live yet.".to_owned(),
        many => format!("{many} changes are not live yet."),
    }
}

/// What became of the last sync.
#[must_use]
pub fn last_sync(sync: &TaskRow) -> String {
    match (sync.state, sync.result) {
        (TaskState::Waiting, _) => match &sync.failure {
            Some(reason) => tasks::failure(sync.state, reason),
            None => "A sync is about to begin.".to_owned(),
        },
        (TaskState::Running, _) => "A sync is under way.".to_owned(),
        (TaskState::Done, Some(result)) => format!("The last sync is done. {}", tasks::result(result)),
        (TaskState::Done, None) => "The last sync is done.".to_owned(),
        (TaskState::Failed, _) => {
            let reason = sync.failure.as_deref().unwrap_or_default();
            format!("The last sync failed: {reason}")
        }
    }
}
