//! The help pages, a file for each or for those that belong together.

mod api;
mod audit_log;
mod configuration;
mod dashboard;
mod importing;
mod numbers;
mod provider_console;
mod signing_in;
mod sms;
mod users;

use self::{
    api::API,
    audit_log::AUDIT_LOG,
    configuration::CONFIGURATION,
    dashboard::DASHBOARD,
    importing::IMPORTING,
    numbers::NUMBERS,
    provider_console::PROVIDER_CONSOLE,
    signing_in::SIGNING_IN,
    sms::{SMS_CARRIERS, SMS_DOMAINS, SMS_GENERAL, SMS_GROUPS},
    users::USERS,
};
use crate::paths::HelpTopic;

/// Name of the list of topics.
pub const TOPICS: &str = "Help topics";

/// A help page.
#[derive(Clone, Copy, Debug)]
pub struct HelpText {
    /// Its heading.
    pub title: &'static str,
    /// Its parts.
    pub sections: &'static [HelpSection],
}

/// A part of a help page.
#[derive(Clone, Copy, Debug)]
pub struct HelpSection {
    /// Its heading.
    pub heading: &'static str,
    /// Its paragraphs.
    pub paragraphs: &'static [&'static str],
}

/// The page's title for the browser.
#[must_use]
pub fn title(page: HelpTopic) -> String {
    format!("{} · Help", topic(page).title)
}

/// The text of a help page.
#[must_use]
pub fn topic(topic: HelpTopic) -> HelpText {
    match topic {
        HelpTopic::SigningIn => SIGNING_IN,
        HelpTopic::Dashboard => DASHBOARD,
        HelpTopic::Users => USERS,
        HelpTopic::Numbers => NUMBERS,
        HelpTopic::Importing => IMPORTING,
        HelpTopic::SmsGeneral => SMS_GENERAL,
        HelpTopic::SmsGroups => SMS_GROUPS,
        HelpTopic::SmsCarriers => SMS_CARRIERS,
        HelpTopic::SmsDomains => SMS_DOMAINS,
        HelpTopic::Configuration => CONFIGURATION,
        HelpTopic::AuditLog => AUDIT_LOG,
        HelpTopic::Api => API,
        HelpTopic::ProviderConsole => PROVIDER_CONSOLE,
    }
}
