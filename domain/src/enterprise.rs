//! Enterprises: the tenants, their switches, and which pages those switches open.

mod list;
mod settings;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::{
    list::{EnterpriseRecord, EnterpriseRow, TABLE},
    settings::{
        COOLING_OFF_MAX_DAYS, ContactInput, EnterpriseSettings, EnterpriseSettingsInput, NewEnterpriseInput,
        ProviderDetails, SwitchConsequence, consequences,
    },
};
use crate::{
    access::Role,
    ids::{EnterpriseId, ProviderId},
    table::fold,
    text::{TextError, one_line},
};

/// The most characters of a slug.
pub const SLUG_MAX: usize = 40;

/// The name of an enterprise in addresses: 1 to 40 of `a-z`, `0-9` and inner hyphens; unique in the installation and
/// unchanged by a rename, so that links stay good.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnterpriseSlug(String);

/// A text cannot be the name of an enterprise in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be 1 to 40 lower-case letters, digits and hyphens, and not start or end with a hyphen")]
pub struct NotASlug;

impl EnterpriseSlug {
    /// Reads a slug.
    ///
    /// # Errors
    /// [`NotASlug`] when a rule is broken.
    pub fn parse(text: &str) -> Result<Self, NotASlug> {
        let well_formed = (1..=SLUG_MAX).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        well_formed.then(|| Self(text.to_owned())).ok_or(NotASlug)
    }

    /// What an enterprise of that name could be called in addresses; none when the name holds no letter or digit of
    /// them.
    #[must_use]
    pub fn proposed_for(name: &str) -> Option<Self> {
        let mut slug = String::new();
        for letter in fold(name).chars() {
            if letter.is_ascii_lowercase() || letter.is_ascii_digit() {
                slug.push(letter);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(SLUG_MAX);
        Self::parse(slug.trim_end_matches('-')).ok()
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EnterpriseSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EnterpriseSlug {
    type Err = NotASlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for EnterpriseSlug {
    type Error = NotASlug;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<EnterpriseSlug> for String {
    fn from(slug: EnterpriseSlug) -> Self {
        slug.0
    }
}

/// The name of an enterprise or a provider: one visible line of 1 to 100 characters.
///
/// # Errors
/// [`TextError`] names the first rule that is broken.
pub fn organization_name(text: &str) -> Result<String, TextError> {
    one_line(text, 100)
}

/// Which of the two apps shows messages inside Teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectorApp {
    /// Shows messages in teams and channels; changes are live only after a manual sync.
    Legacy,
    /// Every member gets copies of all messages; changes are live at once.
    Unified,
}

impl ConnectorApp {
    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            Self::Unified => "unified",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Legacy, Self::Unified]
            .into_iter()
            .find(|app| app.as_str() == text)
    }
}

/// What only the provider switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseSwitches {
    /// Whether the enterprise uses SMS at all; off for a new one.
    pub sms: bool,
    /// Group Texting, a carrier feature: replies go to every recipient.
    pub group_texting: bool,
    /// Messages are encrypted.
    pub secure_sms: bool,
    /// The enterprise keeps its own numbers and sees its carrier profiles; else its provider alone does both.
    pub manages_own_numbers: bool,
    /// The app in use.
    pub connector_app: ConnectorApp,
}

impl EnterpriseSwitches {
    /// Whether somebody in this role keeps the enterprise's numbers: adds, imports, changes and deletes them. Its provider
    /// always does, its own people only where that is switched on. What the role may do at all is settled by
    /// [`crate::access::allowed`].
    #[must_use]
    pub fn keeps_numbers(&self, role: Role) -> bool {
        role == Role::ProviderAdmin || (self.sms && self.manages_own_numbers)
    }

    /// Whether somebody in this role has to do with the carriers of the enterprise's numbers: its provider, to whom they
    /// belong, and its own people where they manage their numbers. For others a number has no carrier.
    #[must_use]
    pub fn shows_carriers(&self, role: Role) -> bool {
        role == Role::ProviderAdmin || self.manages_own_numbers
    }
}

/// Who runs the enterprise's portal and how to reach them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderContact {
    /// The provider's id.
    pub id: ProviderId,
    /// The provider's name.
    pub name: String,
    /// Where to write, if the provider has set it.
    pub email: Option<String>,
    /// Where to call, as the provider typed it.
    pub phone: Option<String>,
}

/// One enterprise in a list: for the switcher and the provider's pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseSummary {
    /// Its name in addresses.
    pub slug: EnterpriseSlug,
    /// Its name for people.
    pub name: String,
    /// What the asking person is there.
    pub role: Role,
}

/// Everything the pages of one enterprise need to know about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseContext {
    /// Its id.
    pub id: EnterpriseId,
    /// Its name in addresses.
    pub slug: EnterpriseSlug,
    /// Its name for people.
    pub name: String,
    /// What the asking person is there.
    pub role: Role,
    /// What the provider has switched.
    pub switches: EnterpriseSwitches,
    /// Whether its own people are locked out for now; only its provider still reaches it then.
    pub suspended: bool,
    /// Whether any number or carrier profile is on a NetSapiens-type carrier.
    pub uses_netsapiens: bool,
    /// Who to ask.
    pub provider: ProviderContact,
}

/// A tab under Services → SMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SmsTab {
    /// The read-only settings.
    General,
    /// SMS groups.
    Groups,
    /// Carrier profiles.
    Carriers,
    /// Domain subscriptions.
    Domains,
}

impl EnterpriseContext {
    /// The tabs this enterprise has for the person, in their order; none while SMS is off. Its provider keeps the carrier
    /// profiles, so it has their tab also where the enterprise does not manage its own numbers.
    #[must_use]
    pub fn sms_tabs(&self) -> Vec<SmsTab> {
        if !self.switches.sms {
            return Vec::new();
        }
        let mut tabs = vec![SmsTab::General, SmsTab::Groups];
        if self.shows_carriers() {
            tabs.push(SmsTab::Carriers);
        }
        if self.uses_netsapiens {
            tabs.push(SmsTab::Domains);
        }
        tabs
    }

    /// [`EnterpriseSwitches::keeps_numbers`] of the asking person.
    #[must_use]
    pub fn keeps_numbers(&self) -> bool {
        self.switches.keeps_numbers(self.role)
    }

    /// [`EnterpriseSwitches::shows_carriers`] of the asking person.
    #[must_use]
    pub fn shows_carriers(&self) -> bool {
        self.switches.shows_carriers(self.role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::their_own(Role::EnterpriseAdmin, true, true, true, true)]
    #[case::the_provider_keeps_them(Role::EnterpriseAdmin, true, false, false, false)]
    #[case::a_viewer_sees_what_an_admin_sees(Role::EnterpriseViewer, true, false, false, false)]
    #[case::the_provider_asks(Role::ProviderAdmin, true, false, true, true)]
    #[case::the_provider_begins_before_sms(Role::ProviderAdmin, false, false, true, true)]
    #[case::their_own_without_sms(Role::EnterpriseAdmin, false, true, false, true)]
    fn numbers_are_kept_by_the_provider_and_by_those_it_lets(
        #[case] role: Role,
        #[case] sms: bool,
        #[case] manages_own_numbers: bool,
        #[case] keeps: bool,
        #[case] sees_carriers: bool,
    ) {
        let mut enterprise = context(role, manages_own_numbers, false);
        enterprise.switches.sms = sms;
        assert_eq!(enterprise.keeps_numbers(), keeps);
        assert_eq!(enterprise.shows_carriers(), sees_carriers);
    }

    fn context(role: Role, manages_own_numbers: bool, uses_netsapiens: bool) -> EnterpriseContext {
        let id = uuid::Uuid::from_u128(1);
        EnterpriseContext {
            id: EnterpriseId(id),
            slug: EnterpriseSlug::parse("alder-clinics").unwrap(),
            name: "Alder Clinics".to_owned(),
            role,
            switches: EnterpriseSwitches {
                sms: true,
                group_texting: false,
                secure_sms: false,
                manages_own_numbers,
                connector_app: ConnectorApp::Unified,
            },
            suspended: false,
            uses_netsapiens,
            provider: ProviderContact {
                id: ProviderId(id),
                name: "Northwind Voice".to_owned(),
                email: None,
                phone: None,
            },
        }
    }

    #[rstest]
    #[case::own_numbers(Role::EnterpriseAdmin, true, true, &[SmsTab::Carriers, SmsTab::Domains])]
    #[case::no_domains(Role::EnterpriseViewer, true, false, &[SmsTab::Carriers])]
    #[case::numbers_of_the_provider(Role::EnterpriseAdmin, false, true, &[SmsTab::Domains])]
    #[case::the_provider_itself(Role::ProviderAdmin, false, true, &[SmsTab::Carriers, SmsTab::Domains])]
    #[case::the_provider_at_the_beginning(Role::ProviderAdmin, false, false, &[SmsTab::Carriers])]
    fn carriers_and_domains_have_tabs_where_they_are_kept_or_used(
        #[case] role: Role,
        #[case] manages_own_numbers: bool,
        #[case] uses_netsapiens: bool,
        #[case] expected: &[SmsTab],
    ) {
        let mut enterprise = context(role, manages_own_numbers, uses_netsapiens);
        let tabs = enterprise.sms_tabs();
        assert_eq!(tabs[..2], [SmsTab::General, SmsTab::Groups]);
        assert_eq!(&tabs[2..], expected);
        enterprise.switches.sms = false;
        assert!(enterprise.sms_tabs().is_empty());
    }

    #[rstest]
    #[case("Alder Clinics", Some("alder-clinics"))]
    #[case("  Borealis & Söhne, Inc. ", Some("borealis-sohne-inc"))]
    #[case("24/7 Care", Some("24-7-care"))]
    #[case("売上", None)]
    #[case("", None)]
    #[case(
        "A name that is a good deal longer than an address",
        Some("a-name-that-is-a-good-deal-longer-than-a")
    )]
    fn an_address_is_proposed_from_the_name(#[case] name: &str, #[case] expected: Option<&str>) {
        let proposed = EnterpriseSlug::proposed_for(name);
        assert_eq!(proposed.as_ref().map(EnterpriseSlug::as_str), expected);
    }
}
