//! The tabs under Services → SMS.

use domain::enterprise::{EnterpriseSlug, SmsTab};

/// A tab under Services → SMS.
#[must_use]
pub fn sms_tab(enterprise: &EnterpriseSlug, tab: SmsTab) -> String {
    let tab = match tab {
        SmsTab::General => "",
        SmsTab::Groups => "/groups",
        SmsTab::Carriers => "/carriers",
        SmsTab::Domains => "/domains",
    };
    format!("/e/{enterprise}/services/sms{tab}")
}

/// Whether `path` is that of a page below an enterprise's services.
#[must_use]
pub fn is_service(path: &str) -> bool {
    path.strip_prefix("/e/")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(_, page)| page.starts_with("services/"))
}
