//! One row of the Numbers table.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Assignee;
use crate::{
    carrier_profile::CarrierKind,
    ids::PhoneNumberId,
    phone::PhoneNumber,
    table::{ChoiceOption, ColumnSpec, TableSchema},
};

/// One row of the Numbers table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNumberRow {
    /// The number's id.
    pub id: PhoneNumberId,
    /// Counts up with each change and each assignment.
    pub version: i64,
    /// The number.
    pub e164: PhoneNumber,
    /// Whether it can do SMS.
    pub sms: bool,
    /// Whom it serves.
    pub assignee: Option<Assignee>,
    /// What it sends through, if it has a carrier profile.
    pub carrier: Option<NumberCarrier>,
    /// When it last became free, or changed hands, and by what.
    pub released: Option<Release>,
}

impl PhoneNumberRow {
    /// What the Services chip says.
    #[must_use]
    pub fn service(&self) -> NumberService {
        NumberService::of(self.sms, self.assignee.is_some())
    }
}

/// The carrier of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberCarrier {
    /// The name of the carrier profile.
    pub profile: String,
    /// The carrier.
    pub kind: CarrierKind,
}

/// The last time somebody lost a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// When.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// By what.
    pub cause: ReleaseCause,
    /// The name of the person or group that had it, as it was then.
    pub from: String,
}

macro_rules! release_causes {
    ($($(#[$meta:meta])* $variant:ident = $stored:literal;)+) => {
        /// What released a number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ReleaseCause {
            $($(#[$meta])* #[serde(rename = $stored)] $variant,)+
        }

        impl ReleaseCause {
            /// Every cause.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stored and transmitted form.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $stored,)+ }
            }
        }
    };
}

release_causes! {
    /// Somebody took it away and gave it to nobody.
    Unassigned = "unassigned";
    /// Somebody gave it to another person or group.
    Reassigned = "reassigned";
    /// Somebody took it out of a group.
    GroupUpdated = "group_updated";
    /// The group was deleted.
    GroupDeleted = "group_deleted";
    /// The person left.
    Offboarded = "offboarded";
}

impl ReleaseCause {
    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.as_str() == text)
    }
}

/// What a number does for SMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberService {
    /// It cannot do SMS.
    NotCapable,
    /// It can, and serves nobody.
    Free,
    /// It can, and serves a person or a group.
    Assigned,
}

impl NumberService {
    /// Of a number that can do SMS or not and serves somebody or not.
    #[must_use]
    pub fn of(sms: bool, assigned: bool) -> Self {
        match (sms, assigned) {
            (false, _) => Self::NotCapable,
            (true, false) => Self::Free,
            (true, true) => Self::Assigned,
        }
    }

    /// The stored and transmitted form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotCapable => "not_capable",
            Self::Free => "free",
            Self::Assigned => "assigned",
        }
    }

    /// The words for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotCapable => "Not SMS-capable",
            Self::Free => "Free",
            Self::Assigned => "Assigned",
        }
    }

    const fn option(self) -> ChoiceOption {
        ChoiceOption {
            value: self.as_str(),
            label: self.label(),
        }
    }
}

const SERVICES: &[ChoiceOption] = &[
    NumberService::NotCapable.option(),
    NumberService::Free.option(),
    NumberService::Assigned.option(),
];

/// The Numbers table. Quick search also looks at the carriers of carrier profiles.
pub static TABLE: TableSchema<[ColumnSpec; 5]> = TableSchema::new([
    ColumnSpec::phone("number"),
    ColumnSpec::text("assigned_to"),
    ColumnSpec::text("carrier"),
    ColumnSpec::choice("services", SERVICES),
    ColumnSpec::date("released"),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_read_as_it_was_stored() {
        for cause in ReleaseCause::ALL {
            assert_eq!(ReleaseCause::parse(cause.as_str()), Some(*cause));
            let json = serde_json::to_string(cause).unwrap();
            assert_eq!(json, format!("\"{}\"", cause.as_str()));
        }
    }

    #[test]
    fn a_number_without_sms_serves_nobody_by_it() {
        assert_eq!(NumberService::of(false, true), NumberService::NotCapable);
        assert_eq!(NumberService::of(true, true), NumberService::Assigned);
        assert_eq!(NumberService::of(true, false), NumberService::Free);
    }
}
