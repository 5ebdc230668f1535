//! Phone numbers as an enterprise's property: what they can do and whom they serve.

use serde::{Deserialize, Serialize};

use crate::{
    domain_subscription::DomainName,
    ids::{CarrierProfileId, PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
};

/// Whom a number serves; a number serves nobody or exactly one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Assignee {
    /// One Teams user.
    TeamsUser {
        /// The person's id.
        id: TeamsUserId,
        /// The person's name.
        name: String,
    },
    /// One SMS group.
    SmsGroup {
        /// The group's id.
        id: SmsGroupId,
        /// The group's name.
        name: String,
    },
}

/// A number in a picker, a group or a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNumberRef {
    /// The number's id.
    pub id: PhoneNumberId,
    /// The number.
    pub e164: PhoneNumber,
    /// Whom it serves now.
    pub assignee: Option<Assignee>,
}

/// What a number can do and where it is at home. The default is a number of which nothing is known: it can do nothing
/// and belongs nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberSettings {
    /// It can send and receive SMS.
    pub sms: bool,
    /// It can send and receive MMS.
    pub mms: bool,
    /// It can take part in group MMS.
    pub group_mms: bool,
    /// It can be called.
    pub voice: bool,
    /// The carrier profile it sends through.
    pub carrier_profile: Option<CarrierProfileId>,
    /// The NetSapiens domain that hosts it.
    pub domain: Option<DomainName>,
}

/// A change of some of a number's settings; what is none stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NumberChange {
    /// Whether it can do SMS.
    pub sms: Option<bool>,
    /// Whether it can do MMS.
    pub mms: Option<bool>,
    /// Whether it can take part in group MMS.
    pub group_mms: Option<bool>,
    /// Whether it can be called.
    pub voice: Option<bool>,
    /// The carrier profile to send through.
    pub carrier_profile: Option<CarrierProfileId>,
    /// The domain that hosts it.
    pub domain: Option<DomainName>,
}

impl NumberChange {
    /// What `settings` become.
    #[must_use]
    pub fn applied_to(&self, settings: &NumberSettings) -> NumberSettings {
        NumberSettings {
            sms: self.sms.unwrap_or(settings.sms),
            mms: self.mms.unwrap_or(settings.mms),
            group_mms: self.group_mms.unwrap_or(settings.group_mms),
            voice: self.voice.unwrap_or(settings.voice),
            carrier_profile: self.carrier_profile.or(settings.carrier_profile),
            domain: self.domain.clone().or_else(|| settings.domain.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_leaves_alone_what_it_does_not_name() {
        let before = NumberSettings {
            voice: true,
            domain: DomainName::parse("old.example").ok(),
            ..NumberSettings::default()
        };
        let change = NumberChange {
            sms: Some(true),
            domain: DomainName::parse("new.example").ok(),
            ..NumberChange::default()
        };
        let after = change.applied_to(&before);
        assert!(after.sms && after.voice && !after.mms);
        assert_eq!(after.domain, DomainName::parse("new.example").ok());
        assert_eq!(NumberChange::default().applied_to(&after), after);
    }
}
