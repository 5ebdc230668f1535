//! The wire form of numbers.

use chrono::{DateTime, Utc};
use domain::{
    ids::{CarrierProfileId, SmsGroupId, TeamsUserId},
    number::{self, AssignTo, NumberPatch, PhoneNumberRow, ProfileChoice},
};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::common::{Assignee, AssigneeKind, words};

words! {
    /// What released a number.
    ReleaseCause from number::ReleaseCause {
        /// Somebody took it away and gave it to nobody.
        Unassigned,
        /// Somebody gave it to another person or group.
        Reassigned,
        /// Somebody took it out of a group.
        GroupUpdated,
        /// The group was deleted.
        GroupDeleted,
        /// The person left.
        Offboarded,
    }
}

/// A number in the table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NumberRow {
    /// The number's id.
    pub id: Uuid,
    /// Counts up with each change and each assignment.
    pub version: i64,
    /// The number in E.164 form.
    #[schema(example = "+12065550100")]
    pub number: String,
    /// Whether it can do SMS.
    pub sms: bool,
    /// Whom it serves.
    pub assignee: Option<Assignee>,
    /// What it sends through; none for the people of an enterprise that does not manage its own numbers.
    pub carrier: Option<NumberCarrier>,
    /// When somebody last lost it.
    pub released: Option<Release>,
}

/// The carrier of a number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NumberCarrier {
    /// The name of the carrier profile.
    pub profile: String,
    /// The carrier, such as `netsapiens`.
    pub carrier: String,
}

/// The last time somebody lost a number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Release {
    /// When.
    pub at: DateTime<Utc>,
    /// By what.
    pub cause: ReleaseCause,
    /// The name of the person or group that had it.
    pub from: String,
}

impl From<PhoneNumberRow> for NumberRow {
    fn from(row: PhoneNumberRow) -> Self {
        Self {
            id: row.id.0,
            version: row.version,
            number: row.e164.to_string(),
            sms: row.sms,
            assignee: row.assignee.map(Assignee::from),
            carrier: row.carrier.map(|carrier| NumberCarrier {
                profile: carrier.profile,
                carrier: carrier.kind.as_str().to_owned(),
            }),
            released: row.released.map(|release| Release {
                at: release.at,
                cause: release.cause.into(),
                from: release.from,
            }),
        }
    }
}

/// A number with everything about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NumberDetail {
    /// The number as the table has it.
    pub number: NumberRow,
    /// What it can do and where it is at home.
    pub settings: NumberSettings,
    /// Until when its cooling-off time runs, if it does now.
    pub cooling_off_until: Option<DateTime<Utc>>,
}

/// What a number can do and where it is at home.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NumberSettings {
    /// It can send and receive SMS.
    pub sms: bool,
    /// It can send and receive MMS.
    pub mms: bool,
    /// It can take part in group MMS.
    pub group_mms: bool,
    /// It can be called.
    pub voice: bool,
    /// The carrier profile it sends through; none for the people of an enterprise that does not manage its own numbers.
    pub carrier_profile_id: Option<Uuid>,
    /// The NetSapiens domain that hosts it.
    pub domain: Option<String>,
}

impl From<number::NumberDetail> for NumberDetail {
    fn from(detail: number::NumberDetail) -> Self {
        let settings = detail.settings;
        Self {
            number: detail.row.into(),
            settings: NumberSettings {
                sms: settings.sms,
                mms: settings.mms,
                group_mms: settings.group_mms,
                voice: settings.voice,
                carrier_profile_id: settings.carrier_profile.map(|profile| profile.0),
                domain: settings.domain.map(|domain| domain.as_str().to_owned()),
            },
            cooling_off_until: detail.cooling_off_until,
        }
    }
}

/// What is changed about a number; what is left out stays as it is.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberChanges {
    /// Whether it can do SMS.
    pub sms: Option<bool>,
    /// Whether it can do MMS.
    pub mms: Option<bool>,
    /// Whether it can take part in group MMS.
    pub group_mms: Option<bool>,
    /// Whether it can be called.
    pub voice: Option<bool>,
    /// The carrier profile to send through; null for none.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<Uuid>)]
    pub carrier_profile_id: Option<Option<Uuid>>,
}

/// Tells null, which says something, from what is left out.
fn named<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<Uuid>>, D::Error> {
    Option::deserialize(value).map(Some)
}

impl From<NumberChanges> for NumberPatch {
    fn from(changes: NumberChanges) -> Self {
        let choice = |profile: Option<Uuid>| match profile {
            Some(profile) => ProfileChoice::Profile(CarrierProfileId(profile)),
            None => ProfileChoice::None,
        };
        Self {
            sms: changes.sms,
            mms: changes.mms,
            group_mms: changes.group_mms,
            voice: changes.voice,
            carrier_profile: changes.carrier_profile_id.map(choice),
        }
    }
}

/// A number to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNumber {
    /// The number with its country code, in E.164 form or as people write it.
    #[schema(example = "+12065550100")]
    pub number: String,
    /// What it can do, and its carrier profile. What is left out it cannot do.
    #[serde(default)]
    pub settings: NumberChanges,
}

/// Whom a number is to serve.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Whether it is a person or a group.
    pub kind: AssigneeKind,
    /// The id of the person or group.
    pub id: Uuid,
}

/// Whom a number is to serve from now on.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Whom; null for nobody.
    pub to: Option<Target>,
    /// Whether to give it away although its cooling-off time runs.
    #[serde(default)]
    pub in_cooling_off: bool,
}

impl From<Target> for AssignTo {
    fn from(target: Target) -> Self {
        match target.kind {
            AssigneeKind::TeamsUser => Self::TeamsUser(TeamsUserId(target.id)),
            AssigneeKind::SmsGroup => Self::SmsGroup(SmsGroupId(target.id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_takes_the_profile_away_and_silence_leaves_it() {
        let read = |text: &str| NumberPatch::from(serde_json::from_str::<NumberChanges>(text).unwrap());
        assert_eq!(read("{}"), NumberPatch::default());
        assert_eq!(
            read(r#"{"carrier_profile_id":null}"#).carrier_profile,
            Some(ProfileChoice::None)
        );
        assert!(serde_json::from_str::<NumberChanges>(r#"{"smms":true}"#).is_err());
    }
}
