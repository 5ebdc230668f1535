//! Where carriers send messages, and how domains are renewed.

use std::time::Duration;

use backend::jobs::RenewalSettings;

use super::SettingsError;

pub(super) fn inbound_url(given: String) -> Result<String, SettingsError> {
    let address = given.trim().trim_end_matches('/');
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let well_formed = rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains(|c: char| c.is_whitespace() || "?#@".contains(c))
    });
    well_formed.then(|| address.to_owned()).ok_or(SettingsError::InboundUrl)
}

pub(super) fn renewal(check_seconds: Option<u64>) -> Result<RenewalSettings, SettingsError> {
    let defaults = RenewalSettings::default();
    let check = check_seconds.map_or(defaults.check, Duration::from_secs);
    if check < Duration::from_secs(5) {
        return Err(SettingsError::RenewalCheck);
    }
    Ok(RenewalSettings { check, ..defaults })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{GivenSettings, Settings};

    #[test]
    fn the_address_for_inbound_messages_loses_its_slash_and_must_be_one() {
        let resolve = |address: &str| {
            let given = GivenSettings {
                inbound_url: Some(address.to_owned()),
                ..GivenSettings::default()
            };
            Settings::resolve(given, None).map(|settings| settings.inbound_url)
        };
        let address = resolve("https://inbound.company.example/sms/").unwrap();
        assert_eq!(address.as_deref(), Some("https://inbound.company.example/sms"));
        for wrong in [
            "inbound.company.example",
            "https://",
            "https://a.example/?x=1",
            "https://u@a.example",
        ] {
            assert!(matches!(resolve(wrong), Err(SettingsError::InboundUrl)), "{wrong}");
        }
    }
}
