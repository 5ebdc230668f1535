//! An enterprise: its start page, what is live for it, and its stream of live updates.

use domain::enterprise::{EnterpriseContext, EnterpriseSlug, SmsTab};

use super::sms_tab;

/// The start page of an enterprise.
#[must_use]
pub fn enterprise(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}")
}

/// The page that the start page of an enterprise leads to: the groups, where an admin works; while SMS is off, the page
/// that says so.
#[must_use]
pub fn enterprise_start(enterprise: &EnterpriseContext) -> String {
    let tab = if enterprise.switches.sms {
        SmsTab::Groups
    } else {
        SmsTab::General
    };
    sms_tab(&enterprise.slug, tab)
}

/// What is live for the connector app, and what is not yet.
#[must_use]
pub fn configuration(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}/configuration")
}

/// The stream of live updates of an enterprise; no page.
#[must_use]
pub fn live(enterprise: &EnterpriseSlug) -> String {
    format!("/rpc/live/{enterprise}")
}
