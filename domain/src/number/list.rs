//! All numbers on their way to the browser: the carrier profiles once, and each number by the place of its profile.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Assignee, NumberCarrier, PhoneNumberRow, Release, TABLE};
use crate::{
    carrier_profile::CarrierKind,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
    table::{IndexRow, Listed, Shared, TableIndexBuilder, Value},
};

/// A carrier profile that numbers of the list send through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedProfile {
    /// The profile's name.
    pub name: String,
    /// The carrier.
    pub kind: CarrierKind,
}

/// Whom a number serves, in a form without field names, as the binary encoding of lists needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListedAssignee {
    /// A person and their name.
    TeamsUser(TeamsUserId, String),
    /// A group and its name.
    SmsGroup(SmsGroupId, String),
}

/// One number of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedNumber {
    /// The number's id.
    pub id: PhoneNumberId,
    /// Counts up with each change and each assignment.
    pub version: i64,
    /// The number.
    pub e164: PhoneNumber,
    /// Whether it can do SMS.
    pub sms: bool,
    /// Whom it serves.
    pub assignee: Option<ListedAssignee>,
    /// The place of its carrier profile among the profiles.
    pub profile: Option<u32>,
    /// When somebody last lost it.
    pub released: Option<Release>,
}

impl Shared for Vec<ListedProfile> {
    fn append(&mut self, mut other: Self) -> u32 {
        let before = u32::try_from(self.len()).unwrap_or(u32::MAX);
        Self::append(self, &mut other);
        before
    }
}

impl ListedAssignee {
    fn name(&self) -> &str {
        match self {
            Self::TeamsUser(_, name) | Self::SmsGroup(_, name) => name,
        }
    }
}

impl From<Assignee> for ListedAssignee {
    fn from(assignee: Assignee) -> Self {
        match assignee {
            Assignee::TeamsUser { id, name } => Self::TeamsUser(id, name),
            Assignee::SmsGroup { id, name } => Self::SmsGroup(id, name),
        }
    }
}

impl From<ListedAssignee> for Assignee {
    fn from(assignee: ListedAssignee) -> Self {
        match assignee {
            ListedAssignee::TeamsUser(id, name) => Self::TeamsUser { id, name },
            ListedAssignee::SmsGroup(id, name) => Self::SmsGroup { id, name },
        }
    }
}

impl ListedNumber {
    fn profile<'p>(&self, profiles: &'p [ListedProfile]) -> Option<&'p ListedProfile> {
        profiles.get(self.profile? as usize)
    }
}

impl Listed for ListedNumber {
    type Row = PhoneNumberRow;
    type Shared = Vec<ListedProfile>;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn row(&self, profiles: &Self::Shared) -> PhoneNumberRow {
        PhoneNumberRow {
            id: self.id,
            version: self.version,
            e164: self.e164,
            sms: self.sms,
            assignee: self.assignee.clone().map(Into::into),
            carrier: self.profile(profiles).map(|profile| NumberCarrier {
                profile: profile.name.clone(),
                kind: profile.kind,
            }),
            released: self.released.clone(),
        }
    }

    fn index(&self, profiles: &Self::Shared, builder: &mut TableIndexBuilder) {
        let profile = self.profile(profiles);
        let service = super::NumberService::of(self.sms, self.assignee.is_some());
        builder.push::<{ TABLE.columns().len() }>(IndexRow {
            id: self.id.0,
            values: [
                Value::phones([&self.e164]),
                Value::from(self.assignee.as_ref().map(ListedAssignee::name)),
                Value::from(profile.map(|profile| &profile.name)),
                Value::from(service.as_str()),
                Value::from(self.released.as_ref().map(|released| released.at)),
            ],
            search_only: profile.map(|profile| profile.kind.label().into()).into_iter().collect(),
        });
    }

    fn move_references(&mut self, by: u32) {
        if let Some(profile) = &mut self.profile {
            *profile += by;
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::table::TableQuery;

    fn number(n: u128, e164: &str, assignee: Option<ListedAssignee>, profile: Option<u32>) -> ListedNumber {
        ListedNumber {
            id: PhoneNumberId(Uuid::from_u128(n)),
            version: 1,
            e164: PhoneNumber::parse(e164).unwrap(),
            sms: true,
            assignee,
            profile,
            released: None,
        }
    }

    #[test]
    fn a_number_is_found_in_any_usual_form_by_its_assignee_and_by_its_carrier() {
        let profiles = vec![ListedProfile {
            name: "Main".to_owned(),
            kind: CarrierKind::SkySwitch,
        }];
        let ada = ListedAssignee::TeamsUser(TeamsUserId(Uuid::from_u128(9)), "Ada Brandt".to_owned());
        let numbers = [
            number(1, "+12065550100", Some(ada), None),
            number(2, "+12065550101", None, Some(0)),
        ];
        let mut builder = TableIndexBuilder::new(&TABLE);
        numbers.iter().for_each(|number| number.index(&profiles, &mut builder));
        let mut index = builder.finish();
        let mut found = |query: &str| {
            let query = TableQuery::parse_lenient(query, &TABLE);
            index.evaluate(&query, DateTime::UNIX_EPOCH).rows
        };
        assert_eq!(found("search=(206)%20555-0100"), [0]);
        assert_eq!(found("search=ada"), [0]);
        assert_eq!(found("search=skyswitch"), [1]);
        assert_eq!(found("filter=assigned_to:empty"), [1]);
        assert_eq!(found("filter=carrier:empty"), [0]);
    }

    #[test]
    fn a_row_of_a_second_answer_keeps_its_profile() {
        let mut profiles = vec![ListedProfile {
            name: "Old".to_owned(),
            kind: CarrierKind::Twilio,
        }];
        let mut later = number(1, "+12065550100", None, Some(0));
        let added = vec![ListedProfile {
            name: "New".to_owned(),
            kind: CarrierKind::Telnyx,
        }];
        later.move_references(Shared::append(&mut profiles, added));
        let carrier = later.row(&profiles).carrier.unwrap();
        assert_eq!((carrier.profile.as_str(), carrier.kind), ("New", CarrierKind::Telnyx));
    }
}
