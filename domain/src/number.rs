//! Phone numbers as an enterprise's property: what they can do and whom they serve. The table is in `row`, its way to the
//! browser in `list`, changes of many at once in `selection`.

mod list;
mod row;
mod selection;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    list::{ListedAssignee, ListedNumber, ListedProfile},
    row::{NumberCarrier, NumberService, PhoneNumberRow, Release, ReleaseCause, TABLE},
    selection::{BulkAnswer, MAX_SELECTED, Selection, SkippedNumber, WhySkipped},
};
use crate::{
    domain_subscription::DomainName,
    forms::tagged,
    ids::{CarrierProfileId, PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
};

/// The field of the conflict that meets whoever gives a number away while its cooling-off time runs. Giving it with
/// [`CoolingOff::Confirmed`] is the answer to it.
pub const COOLING_OFF: &str = "cooling_off";

/// Whether a running cooling-off time stands in the way of giving a number away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoolingOff {
    /// It does.
    #[default]
    Heeded,
    /// Whoever gives it away was told of it and wants to go on.
    Confirmed,
}

tagged! {
    "kind",
    /// Whom a number serves; a number serves nobody or exactly one of these.
    #[derive(Clone, Debug, PartialEq, Eq)]
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
}

impl Assignee {
    /// The name of the person or group.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::TeamsUser { name, .. } | Self::SmsGroup { name, .. } => name,
        }
    }

    /// The same without the name.
    #[must_use]
    pub fn target(&self) -> AssignTo {
        match self {
            Self::TeamsUser { id, .. } => AssignTo::TeamsUser(*id),
            Self::SmsGroup { id, .. } => AssignTo::SmsGroup(*id),
        }
    }
}

/// Whom a number is to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignTo {
    /// One Teams user.
    TeamsUser(TeamsUserId),
    /// One SMS group.
    SmsGroup(SmsGroupId),
}

/// One number with everything about it, for its dialogs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberDetail {
    /// The number as the table shows it.
    pub row: PhoneNumberRow,
    /// What it can do and where it is at home.
    pub settings: NumberSettings,
    /// Until when its cooling-off time runs, if it does now.
    #[serde(default, with = "crate::moment")]
    pub cooling_off_until: Option<DateTime<Utc>>,
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

/// A number that a picker offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberOption {
    /// The number's id.
    pub id: PhoneNumberId,
    /// The number.
    pub e164: PhoneNumber,
    /// Until when its cooling-off time runs, if it does now.
    #[serde(default, with = "crate::moment")]
    pub cooling_off_until: Option<DateTime<Utc>>,
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

/// A number as its dialog sends it, not checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberInput {
    /// The number as typed, with its country code.
    pub number: String,
    /// What it can do, and its carrier profile.
    pub settings: NumberPatch,
}

/// What becomes of a number's carrier profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileChoice {
    /// It has none.
    None,
    /// It sends through this one.
    Profile(CarrierProfileId),
}

/// What a person changes about one number or many; what is none stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NumberPatch {
    /// Whether it can do SMS.
    pub sms: Option<bool>,
    /// Whether it can do MMS.
    pub mms: Option<bool>,
    /// Whether it can take part in group MMS.
    pub group_mms: Option<bool>,
    /// Whether it can be called.
    pub voice: Option<bool>,
    /// The carrier profile to send through.
    pub carrier_profile: Option<ProfileChoice>,
}

impl NumberPatch {
    /// What `settings` become.
    #[must_use]
    pub fn applied_to(&self, settings: &NumberSettings) -> NumberSettings {
        let carrier_profile = match self.carrier_profile {
            None => settings.carrier_profile,
            Some(ProfileChoice::None) => None,
            Some(ProfileChoice::Profile(profile)) => Some(profile),
        };
        NumberSettings {
            sms: self.sms.unwrap_or(settings.sms),
            mms: self.mms.unwrap_or(settings.mms),
            group_mms: self.group_mms.unwrap_or(settings.group_mms),
            voice: self.voice.unwrap_or(settings.voice),
            carrier_profile,
            domain: settings.domain.clone(),
        }
    }

    /// Whether it changes nothing of any number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
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

    #[test]
    fn a_patch_can_take_the_profile_away_and_leaves_the_domain_alone() {
        let before = NumberSettings {
            sms: true,
            carrier_profile: Some(CarrierProfileId(uuid::Uuid::from_u128(1))),
            domain: DomainName::parse("voice.example").ok(),
            ..NumberSettings::default()
        };
        let patch = NumberPatch {
            mms: Some(true),
            carrier_profile: Some(ProfileChoice::None),
            ..NumberPatch::default()
        };
        let after = patch.applied_to(&before);
        assert!(after.sms && after.mms && after.carrier_profile.is_none());
        assert_eq!(after.domain, before.domain);
        assert_eq!(NumberPatch::default().applied_to(&before), before);
    }
}
