//! What a provider sets for an enterprise and for itself, as its forms send it and as it is kept.

use serde::{Deserialize, Serialize};

use super::{ConnectorApp, EnterpriseSlug, EnterpriseSwitches, ProviderContact, organization_name};
use crate::{
    account::EmailAddress,
    error::FieldError,
    text::{TextError, one_line},
};

/// The most days that a released number can be kept back.
pub const COOLING_OFF_MAX_DAYS: u32 = 3_650;
/// The most characters of a provider's phone number, as people write it.
const PHONE_MAX: usize = 40;

/// An enterprise's name and switches as their form sends them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseSettingsInput {
    /// Its name for people.
    pub name: String,
    /// Its switches.
    pub switches: EnterpriseSwitches,
    /// For how many days a released number is kept back, as typed; empty for not at all.
    pub number_cooling_off_days: String,
}

/// A checked [`EnterpriseSettingsInput`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterpriseSettings {
    /// Its name for people.
    pub name: String,
    /// Its switches.
    pub switches: EnterpriseSwitches,
    /// For how many days a released number is kept back; 1 to [`COOLING_OFF_MAX_DAYS`], none for not at all.
    pub number_cooling_off_days: Option<u32>,
}

impl EnterpriseSettingsInput {
    /// The settings, if they follow the rules.
    ///
    /// # Errors
    /// Every broken rule.
    pub fn check(&self) -> Result<EnterpriseSettings, Vec<FieldError>> {
        let name = organization_name(&self.name).map_err(|error| FieldError::new("name", format!("The name {error}.")));
        let days = days(&self.number_cooling_off_days);
        match (name, days) {
            (Ok(name), Ok(number_cooling_off_days)) => Ok(EnterpriseSettings {
                name,
                switches: self.switches,
                number_cooling_off_days,
            }),
            (name, days) => Err(name.err().into_iter().chain(days.err()).collect()),
        }
    }
}

fn days(text: &str) -> Result<Option<u32>, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(days) if (1..=COOLING_OFF_MAX_DAYS).contains(&days) => Ok(Some(days)),
        _ => Err(FieldError::new(
            "number_cooling_off_days",
            format!("Enter a whole number of days from 1 to {COOLING_OFF_MAX_DAYS}, or leave it empty."),
        )),
    }
}

/// A new enterprise as its form sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEnterpriseInput {
    /// Its name in addresses.
    pub slug: String,
    /// Its name and switches.
    pub settings: EnterpriseSettingsInput,
}

impl NewEnterpriseInput {
    /// What to add, if it follows the rules.
    ///
    /// # Errors
    /// Every broken rule.
    pub fn check(&self) -> Result<(EnterpriseSlug, EnterpriseSettings), Vec<FieldError>> {
        let slug = EnterpriseSlug::parse(self.slug.trim())
            .map_err(|error| FieldError::new("slug", format!("The address {error}.")));
        match (self.settings.check(), slug) {
            (Ok(settings), Ok(slug)) => Ok((slug, settings)),
            (settings, slug) => {
                let mut wrong = settings.err().unwrap_or_default();
                wrong.extend(slug.err());
                Err(wrong)
            }
        }
    }
}

/// What a change of switches means for people, beyond the switch itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchConsequence {
    /// SMS goes off: its pages close, and nothing that was set up is lost.
    SmsOff,
    /// The legacy app comes: changes wait for a sync from now on.
    ToLegacy,
    /// The unified app comes: everything that waited for a sync becomes live at once.
    ToUnified,
    /// The provider manages the numbers from now on.
    NumbersToProvider,
}

/// What changing `before` into `after` means, the weightiest first.
#[must_use]
pub fn consequences(before: &EnterpriseSwitches, after: &EnterpriseSwitches) -> Vec<SwitchConsequence> {
    let app = match (before.connector_app, after.connector_app) {
        (ConnectorApp::Unified, ConnectorApp::Legacy) => Some(SwitchConsequence::ToLegacy),
        (ConnectorApp::Legacy, ConnectorApp::Unified) => Some(SwitchConsequence::ToUnified),
        _ => None,
    };
    let off = |before: bool, after: bool, means| (before && !after).then_some(means);
    [
        off(before.sms, after.sms, SwitchConsequence::SmsOff),
        app,
        off(
            before.manages_own_numbers,
            after.manages_own_numbers,
            SwitchConsequence::NumbersToProvider,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A provider's own details, as its console shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderDetails {
    /// Who it is and how to reach it.
    pub contact: ProviderContact,
    /// Counts up with each change.
    pub version: i64,
}

/// A provider's own details as their form sends them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactInput {
    /// The provider's name.
    pub name: String,
    /// Where to write; empty for nowhere.
    pub email: String,
    /// Where to call; empty for nowhere.
    pub phone: String,
}

impl ContactInput {
    /// Name, e-mail address and phone number, if they follow the rules.
    ///
    /// # Errors
    /// Every broken rule.
    pub fn check(&self) -> Result<(String, Option<String>, Option<String>), Vec<FieldError>> {
        let name = organization_name(&self.name).map_err(|error| FieldError::new("name", format!("The name {error}.")));
        let email = match self.email.trim() {
            "" => Ok(None),
            email => EmailAddress::parse(email)
                .map(|email| Some(email.to_string()))
                .map_err(|error| FieldError::new("email", format!("This {error}."))),
        };
        let phone = match one_line(&self.phone, PHONE_MAX) {
            Ok(phone) => Ok(Some(phone)),
            Err(TextError::Empty) => Ok(None),
            Err(error) => Err(FieldError::new("phone", format!("The phone number {error}."))),
        };
        match (name, email, phone) {
            (Ok(name), Ok(email), Ok(phone)) => Ok((name, email, phone)),
            (name, email, phone) => Err(name.err().into_iter().chain(email.err()).chain(phone.err()).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn switches(sms: bool, manages_own_numbers: bool, connector_app: ConnectorApp) -> EnterpriseSwitches {
        EnterpriseSwitches {
            sms,
            group_texting: false,
            secure_sms: false,
            manages_own_numbers,
            connector_app,
        }
    }

    fn input(name: &str, days: &str) -> EnterpriseSettingsInput {
        EnterpriseSettingsInput {
            name: name.to_owned(),
            switches: switches(true, true, ConnectorApp::Unified),
            number_cooling_off_days: days.to_owned(),
        }
    }

    fn fields<T>(result: Result<T, Vec<FieldError>>) -> Vec<String> {
        let wrong = result.err().unwrap_or_default();
        wrong.into_iter().map(|error| error.field).collect()
    }

    #[rstest]
    #[case("", Some(None))]
    #[case(" 30 ", Some(Some(30)))]
    #[case("3650", Some(Some(3650)))]
    #[case("0", None)]
    #[case("3651", None)]
    #[case("soon", None)]
    fn numbers_cool_off_for_a_number_of_days(#[case] typed: &str, #[case] expected: Option<Option<u32>>) {
        let settings = input("Alder Clinics", typed).check();
        assert_eq!(settings.ok().map(|settings| settings.number_cooling_off_days), expected);
    }

    #[test]
    fn all_that_is_wrong_with_a_new_enterprise_is_told_at_once() {
        let new = NewEnterpriseInput {
            slug: "Not A Slug".to_owned(),
            settings: input("  ", "x"),
        };
        assert_eq!(fields(new.check()), ["name", "number_cooling_off_days", "slug"]);
    }

    #[test]
    fn contact_details_may_be_missing_but_not_wrong() {
        let contact = |email: &str, phone: &str| ContactInput {
            name: "Northwind Voice".to_owned(),
            email: email.to_owned(),
            phone: phone.to_owned(),
        };
        let name = "Northwind Voice".to_owned();
        assert_eq!(contact("", " ").check(), Ok((name, None, None)));
        assert_eq!(fields(contact("nowhere", "1\n2").check()), ["email", "phone"]);
    }

    #[test]
    fn only_what_takes_something_away_or_brings_something_about_is_told() {
        let (legacy, unified) = (ConnectorApp::Legacy, ConnectorApp::Unified);
        let all = switches(true, true, unified);
        assert_eq!(consequences(&all, &all), []);
        assert_eq!(
            consequences(&all, &switches(false, false, legacy)),
            [
                SwitchConsequence::SmsOff,
                SwitchConsequence::ToLegacy,
                SwitchConsequence::NumbersToProvider
            ]
        );
        assert_eq!(
            consequences(&switches(false, false, legacy), &all),
            [SwitchConsequence::ToUnified]
        );
    }
}
