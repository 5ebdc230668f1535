//! Carrier profiles: named credentials for one SMS carrier.

mod form;
mod host;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    form::{
        CarrierForm, CarrierProfileDetails, CarrierProfileDraft, CarrierProfileInput, CredentialField, NewSecret,
        PROFILE_NAME_CHARS, ProfileCheck, ProfileRecord, SecretText, SetCredential,
    },
    host::{CarrierHost, NotAHost},
};
use crate::{
    domain_subscription::{STATES, SubscriptionState},
    ids::CarrierProfileId,
    table::{ChoiceOption, ColumnSpec, IndexRow, Listed, TableIndexBuilder, TableSchema, Value},
};

macro_rules! carrier_kinds {
    ($($(#[$meta:meta])* $variant:ident = $stored:literal, $label:literal;)+) => {
        /// A carrier we know.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum CarrierKind {
            $($(#[$meta])* #[serde(rename = $stored)] $variant,)+
        }

        impl CarrierKind {
            /// Every carrier.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stored and transmitted form.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $stored,)+ }
            }

            /// The carrier's name for people.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
}

carrier_kinds! {
    /// NetSapiens itself.
    NetSapiens = "netsapiens", "NetSapiens";
    /// SkySwitch, on NetSapiens.
    SkySwitch = "skyswitch", "SkySwitch";
    /// United Cloud, on NetSapiens.
    UnitedCloud = "united_cloud", "United Cloud";
    /// RingLogix, on NetSapiens.
    RingLogix = "ringlogix", "RingLogix";
    /// Viirtue, on NetSapiens.
    Viirtue = "viirtue", "Viirtue";
    /// Bandwidth.
    Bandwidth = "bandwidth", "Bandwidth";
    /// Twilio.
    Twilio = "twilio", "Twilio";
    /// Telnyx.
    Telnyx = "telnyx", "Telnyx";
    /// Sinch.
    Sinch = "sinch", "Sinch";
    /// Vonage.
    Vonage = "vonage", "Vonage";
    /// Plivo.
    Plivo = "plivo", "Plivo";
    /// SignalWire.
    SignalWire = "signalwire", "SignalWire";
    /// VoIP.ms.
    VoipMs = "voipms", "VoIP.ms";
    /// Inteliquent.
    Inteliquent = "inteliquent", "Inteliquent";
}

impl CarrierKind {
    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }

    /// Whether inbound messages depend on a domain's event subscription.
    #[must_use]
    pub fn is_netsapiens_type(self) -> bool {
        matches!(
            self,
            Self::NetSapiens | Self::SkySwitch | Self::UnitedCloud | Self::RingLogix | Self::Viirtue
        )
    }
}

/// One row of the Carriers table; never a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierProfileRow {
    /// The profile's id.
    pub id: CarrierProfileId,
    /// The carrier.
    pub carrier: CarrierKind,
    /// The profile's name.
    pub name: String,
    /// How many numbers send through it.
    pub number_count: u32,
    /// How the worst of its domains stood when the row was read; none without domains, as with carriers that need none.
    pub worst_domain: Option<SubscriptionState>,
    /// When the credentials were last tried.
    #[serde(default, with = "crate::moment")]
    pub checked_at: Option<DateTime<Utc>>,
    /// Whether they worked then.
    pub check_passed: Option<bool>,
}

impl CarrierProfileRow {
    /// What came of the last check, as one of [`CHECKS`].
    #[must_use]
    pub fn check_result(&self) -> &'static str {
        match self.check_passed {
            Some(false) => "failed",
            None => "never",
            Some(true) => "passed",
        }
    }
}

/// How many of the numbers that send through a profile are named where they are told; the rest is counted.
pub const NUMBERS_NAMED: u64 = 10;

/// The words for what came of the last check, the worst first.
pub const CHECKS: &[ChoiceOption] = &[
    ChoiceOption {
        value: "failed",
        label: "Failed",
    },
    ChoiceOption {
        value: "never",
        label: "Not checked yet",
    },
    ChoiceOption {
        value: "passed",
        label: "Passed",
    },
];

/// The Carriers table.
pub static TABLE: TableSchema<[ColumnSpec; 6]> = TableSchema::new([
    ColumnSpec::text("carrier"),
    ColumnSpec::text("profile"),
    ColumnSpec::number("numbers"),
    ColumnSpec::choice("domains", STATES),
    ColumnSpec::date("checked_at"),
    ColumnSpec::choice("check_result", CHECKS),
]);

impl Listed for CarrierProfileRow {
    type Row = Self;
    type Shared = ();

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn row(&self, (): &()) -> Self {
        self.clone()
    }

    fn index(&self, (): &(), builder: &mut TableIndexBuilder) {
        builder.push::<{ TABLE.columns().len() }>(IndexRow {
            id: self.id.0,
            values: [
                Value::from(self.carrier.label()),
                Value::from(&self.name),
                Value::from(self.number_count),
                Value::from(self.worst_domain.map(SubscriptionState::as_str)),
                Value::from(self.checked_at),
                Value::from(self.check_result()),
            ],
            search_only: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TableQuery;
    use rstest::rstest;

    fn row(check_passed: Option<bool>) -> CarrierProfileRow {
        CarrierProfileRow {
            id: CarrierProfileId(Uuid::from_u128(1)),
            carrier: CarrierKind::Twilio,
            name: "Main".to_owned(),
            number_count: 0,
            worst_domain: None,
            checked_at: check_passed.map(|_| DateTime::UNIX_EPOCH),
            check_passed,
        }
    }

    #[rstest]
    #[case::passed(Some(true), "passed")]
    #[case::failed(Some(false), "failed")]
    #[case::never(None, "not checked")]
    fn a_profile_is_found_by_what_came_of_its_last_check(#[case] check: Option<bool>, #[case] word: &str) {
        let mut builder = TableIndexBuilder::new(&TABLE);
        for check in [Some(true), Some(false), None] {
            row(check).index(&(), &mut builder);
        }
        let place = [Some(true), Some(false), None].iter().position(|other| *other == check);
        let query = TableQuery::default().with_search(word);
        let found = builder.finish().matching(&query, DateTime::UNIX_EPOCH);
        assert_eq!(found.first().map(|found| *found as usize), place);
        assert_eq!(found.len(), 1);
    }
}
