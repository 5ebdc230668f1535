//! Services → SMS: what its tabs share.

use domain::enterprise::{ProviderContact, SmsTab};

/// Heading.
pub const TITLE: &str = "SMS";
/// Sentence under it.
pub const LEAD: &str = "Text messaging for the Teams users of your enterprise.";
/// Name of the row of tabs.
pub const TABS: &str = "SMS settings";
/// SMS is switched off.
pub const OFF_TITLE: &str = "SMS is off";
/// The enterprise does not have this tab.
pub const TAB_NOT_AVAILABLE: &str = "This tab is not in use here";

/// The tab's name.
#[must_use]
pub fn tab(tab: SmsTab) -> &'static str {
    match tab {
        SmsTab::General => "General",
        SmsTab::Groups => "Groups",
        SmsTab::Carriers => "Carriers",
        SmsTab::Domains => "Domains",
    }
}

/// The tab's page in the browser's title.
#[must_use]
pub fn page_title(tab: SmsTab) -> &'static str {
    match tab {
        SmsTab::General => "SMS settings",
        SmsTab::Groups => "SMS groups",
        SmsTab::Carriers => "Carrier profiles",
        SmsTab::Domains => "Domains",
    }
}

/// What the tab is for.
#[must_use]
pub fn lead(tab: SmsTab) -> &'static str {
    match tab {
        SmsTab::General => "What your provider has switched on for your enterprise.",
        SmsTab::Groups => "Teams users who share phone numbers. Every member gets a copy of every message.",
        SmsTab::Carriers => "The accounts at your SMS carriers that your numbers send through.",
        SmsTab::Domains => "While a domain is subscribed, messages to its numbers reach your users.",
    }
}

/// The link to the tab's help.
#[must_use]
pub fn help_link(tab: SmsTab) -> &'static str {
    match tab {
        SmsTab::General => "Help with these settings",
        SmsTab::Groups => "Help with groups",
        SmsTab::Carriers => "Help with carrier profiles",
        SmsTab::Domains => "Help with domains",
    }
}

/// Why the enterprise does not have the tab.
#[must_use]
pub fn why_not_available(tab: SmsTab) -> &'static str {
    match tab {
        SmsTab::General | SmsTab::Groups => "SMS is off for your enterprise.",
        SmsTab::Carriers => "Your provider manages the phone numbers of your enterprise and the carriers behind them.",
        SmsTab::Domains => "None of your numbers is with a carrier that needs domain subscriptions.",
    }
}

/// Why there is nothing to see while SMS is off, and whom to ask.
#[must_use]
pub fn off_text(provider: &ProviderContact) -> String {
    let reach = match (&provider.email, &provider.phone) {
        (Some(email), Some(phone)) => format!(" ({email}, {phone})"),
        (Some(one), None) | (None, Some(one)) => format!(" ({one})"),
        (None, None) => String::new(),
    };
    format!(
        "Your enterprise does not use text messaging yet. Ask {}{reach} to turn it on.",
        provider.name
    )
}
