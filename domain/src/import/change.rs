//! What a row changes of a thing, or what a new thing will be, and the words for it.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    domain_subscription::DomainName,
    teams_user::{LicenseState, sign_in_state},
};

/// One thing that is known about a number or a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// Whether a number can do SMS.
    Sms(bool),
    /// Whether it can do MMS.
    Mms(bool),
    /// Whether it can take part in group MMS.
    GroupMms(bool),
    /// Whether it can be called.
    Voice(bool),
    /// The name of the carrier profile it sends through.
    CarrierProfile(Option<String>),
    /// The domain that hosts it.
    Domain(Option<DomainName>),
    /// The name people know somebody by.
    DisplayName(String),
    /// The Microsoft sign-in name.
    UserPrincipalName(String),
    /// Whether the person has Teams.
    License(LicenseState),
    /// Whether sign-in is allowed in the Microsoft tenant.
    Enabled(bool),
    /// Microsoft's id of the person.
    ObjectId(Option<Uuid>),
}

impl FieldValue {
    /// What it is a value of.
    const fn field(&self) -> &'static str {
        match self {
            Self::Sms(_) => "SMS",
            Self::Mms(_) => "MMS",
            Self::GroupMms(_) => "Group MMS",
            Self::Voice(_) => "Voice",
            Self::CarrierProfile(_) => "Carrier profile",
            Self::Domain(_) => "Hosting domain",
            Self::DisplayName(_) => "Name",
            Self::UserPrincipalName(_) => "User principal name",
            Self::License(_) => "License",
            Self::Enabled(_) => "Sign-in",
            Self::ObjectId(_) => "Object id",
        }
    }

    fn value(&self) -> Cow<'_, str> {
        const NONE: &str = "none";
        match self {
            Self::Sms(on) | Self::Mms(on) | Self::GroupMms(on) | Self::Voice(on) => {
                Cow::Borrowed(if *on { "on" } else { "off" })
            }
            Self::CarrierProfile(name) => Cow::Borrowed(name.as_deref().unwrap_or(NONE)),
            Self::Domain(name) => Cow::Borrowed(name.as_ref().map_or(NONE, DomainName::as_str)),
            Self::DisplayName(name) | Self::UserPrincipalName(name) => Cow::Borrowed(name.as_str()),
            Self::License(LicenseState::Licensed) => Cow::Borrowed("licensed"),
            Self::License(LicenseState::Unlicensed) => Cow::Borrowed("not licensed"),
            Self::License(LicenseState::Unknown) => Cow::Borrowed("unknown"),
            Self::Enabled(enabled) => Cow::Borrowed(sign_in_state(*enabled)),
            Self::ObjectId(None) => Cow::Borrowed(NONE),
            Self::ObjectId(Some(id)) => Cow::Owned(id.to_string()),
        }
    }
}

impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::License(LicenseState::Licensed) => f.write_str("Licensed"),
            Self::License(LicenseState::Unlicensed) => f.write_str("Not licensed"),
            other => write!(f, "{} {}", other.field(), other.value()),
        }
    }
}

/// One thing that a row changes: two values of the same kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// What is so without the import.
    pub before: FieldValue,
    /// What the row says.
    pub after: FieldValue,
}

impl FieldChange {
    /// What is changed from one value to another; none where both are the same.
    #[must_use]
    pub fn between(before: FieldValue, after: FieldValue) -> Option<Self> {
        (before != after).then_some(Self { before, after })
    }
}

impl fmt::Display for FieldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = (self.before.value(), self.after.value());
        write!(f, "{} {before} → {after}", self.after.field())
    }
}

/// All of them in one line.
pub(super) fn listed(parts: &[impl fmt::Display]) -> String {
    let words: Vec<String> = parts.iter().map(ToString::to_string).collect();
    words.join("; ")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn domain(name: &str) -> FieldValue {
        FieldValue::Domain(DomainName::parse(name).ok())
    }

    fn profile(name: &str) -> FieldValue {
        FieldValue::CarrierProfile(Some(name.to_owned()))
    }

    fn called(name: &str) -> FieldValue {
        FieldValue::DisplayName(name.to_owned())
    }

    fn signs_in_as(name: &str) -> FieldValue {
        FieldValue::UserPrincipalName(name.to_owned())
    }

    const NO_PROFILE: FieldValue = FieldValue::CarrierProfile(None);
    const NO_DOMAIN: FieldValue = FieldValue::Domain(None);
    const UNKNOWN: FieldValue = FieldValue::License(LicenseState::Unknown);
    const LICENSED: FieldValue = FieldValue::License(LicenseState::Licensed);
    const UNLICENSED: FieldValue = FieldValue::License(LicenseState::Unlicensed);
    const OBJECT_ID: FieldValue = FieldValue::ObjectId(Some(Uuid::from_u128(0xAD)));

    #[rstest]
    #[case(FieldValue::Sms(true), FieldValue::Sms(false), "SMS on → off")]
    #[case(FieldValue::Mms(false), FieldValue::Mms(true), "MMS off → on")]
    #[case(FieldValue::GroupMms(false), FieldValue::GroupMms(true), "Group MMS off → on")]
    #[case(FieldValue::Voice(true), FieldValue::Voice(false), "Voice on → off")]
    #[case(profile("Main"), NO_PROFILE, "Carrier profile Main → none")]
    #[case(NO_DOMAIN, domain("a.example"), "Hosting domain none → a.example")]
    #[case(called("Ada Brandt"), called("Ada Brand"), "Name Ada Brandt → Ada Brand")]
    #[case(
        signs_in_as("a@x.example"),
        signs_in_as("A@x.example"),
        "User principal name a@x.example → A@x.example"
    )]
    #[case(UNKNOWN, LICENSED, "License unknown → licensed")]
    #[case(LICENSED, UNLICENSED, "License licensed → not licensed")]
    #[case(FieldValue::Enabled(true), FieldValue::Enabled(false), "Sign-in allowed → blocked")]
    #[case(
        FieldValue::ObjectId(None),
        OBJECT_ID,
        "Object id none → 00000000-0000-0000-0000-0000000000ad"
    )]
    fn a_change_says_what_is_before_and_after(
        #[case] before: FieldValue,
        #[case] after: FieldValue,
        #[case] words: &str,
    ) {
        let change = FieldChange::between(before.clone(), after).unwrap();
        assert_eq!(change.to_string(), words);
        let bytes = postcard::to_allocvec(&change).unwrap();
        assert_eq!(postcard::from_bytes::<FieldChange>(&bytes).unwrap(), change);
        assert_eq!(FieldChange::between(before.clone(), before), None);
    }

    #[test]
    fn values_are_told_one_after_another() {
        let number = [FieldValue::Sms(true), profile("Main"), domain("a.example")];
        assert_eq!(
            listed(&number),
            "SMS on; Carrier profile Main; Hosting domain a.example"
        );
        let person = [called("Ada Brandt"), LICENSED, FieldValue::Enabled(false)];
        assert_eq!(listed(&person), "Name Ada Brandt; Licensed; Sign-in blocked");
        assert_eq!(listed(&[UNLICENSED, UNKNOWN]), "Not licensed; License unknown");
    }
}
