//! The provider's queue of requests.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::RequestState;
use crate::{
    enterprise::EnterpriseSlug,
    ids::ResubscriptionRequestId,
    table::{ChoiceOption, ColumnSpec, Direction, IndexRow, Listed, TableIndexBuilder, TableSchema, Value},
};

/// A request, as the provider sees it beside those of its other enterprises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRow {
    /// Its id.
    pub id: ResubscriptionRequestId,
    /// The enterprise's name in addresses.
    pub enterprise: EnterpriseSlug,
    /// The enterprise's name for people.
    pub enterprise_name: String,
    /// The domain that is to be subscribed again.
    pub domain: String,
    /// When the domain's subscription ends; none while there is none.
    #[serde(default, with = "crate::moment")]
    pub expires_at: Option<DateTime<Utc>>,
    /// What became of the request.
    pub state: RequestState,
    /// The name of who filed it; none when the system did.
    pub requested_by: Option<String>,
    /// When it was filed.
    #[serde(with = "crate::moment")]
    pub requested_at: DateTime<Utc>,
    /// What the provider said about it.
    pub answer: Option<String>,
    /// When the provider answered; none while it is open.
    #[serde(default, with = "crate::moment")]
    pub answered_at: Option<DateTime<Utc>>,
}

/// What the table says of who filed a request where nobody did.
pub const FILED_BY_SYSTEM: &str = "The system";
/// What the table says of when a request was answered while it is open.
pub const NOT_ANSWERED: &str = "Not yet";

/// The words of the state column, what waits for an answer first.
const STATES: &[ChoiceOption] = &[
    ChoiceOption {
        value: "open",
        label: "Open",
    },
    ChoiceOption {
        value: "done",
        label: "Done",
    },
    ChoiceOption {
        value: "declined",
        label: "Declined",
    },
];

/// The queue of requests: what waits for an answer comes first, what has waited longest before the rest.
pub static TABLE: TableSchema<[ColumnSpec; 7]> = TableSchema::new([
    ColumnSpec::text("domain"),
    ColumnSpec::text("enterprise"),
    ColumnSpec::choice("state", STATES),
    ColumnSpec::date("requested_at"),
    ColumnSpec::text("requested_by"),
    ColumnSpec::date("answered_at"),
    ColumnSpec::text("answer"),
])
.sorted_by("state", Direction::Ascending);

impl RequestRow {
    /// The row as the table's index takes it in.
    #[must_use]
    pub fn indexed(&self) -> IndexRow<'_, 7> {
        IndexRow {
            id: self.id.0,
            values: [
                Value::from(&self.domain),
                Value::from(&self.enterprise_name),
                Value::from(self.state.as_str()),
                Value::from(self.requested_at),
                Value::from(self.requested_by.as_ref()),
                Value::from(self.answered_at),
                Value::from(self.answer.as_ref()),
            ],
            search_only: self.said(),
        }
    }
}

impl RequestRow {
    /// What the row says where it has no value.
    fn said(&self) -> Vec<Cow<'_, str>> {
        let filed_by = self.requested_by.is_none().then_some(FILED_BY_SYSTEM);
        let answered = self.answered_at.is_none().then_some(NOT_ANSWERED);
        filed_by.into_iter().chain(answered).map(Cow::Borrowed).collect()
    }
}

impl Listed for RequestRow {
    type Row = Self;
    type Shared = ();

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn row(&self, (): &()) -> Self {
        self.clone()
    }

    fn index(&self, (): &(), builder: &mut TableIndexBuilder) {
        builder.push(self.indexed());
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use rstest::rstest;

    use super::*;
    use crate::table::{TableIndex, TableQuery};

    fn row(n: u32, state: RequestState) -> RequestRow {
        RequestRow {
            id: ResubscriptionRequestId(Uuid::from_u128(n.into())),
            enterprise: EnterpriseSlug::parse("alder-clinics").unwrap(),
            enterprise_name: "Alder Clinics".to_owned(),
            domain: format!("d{n}.example"),
            expires_at: None,
            state,
            requested_by: None,
            requested_at: DateTime::from_timestamp(i64::from(n), 0).unwrap(),
            answer: None,
            answered_at: None,
        }
    }

    #[test]
    fn what_waits_longest_for_an_answer_comes_first() {
        let rows = [
            row(1, RequestState::Done),
            row(3, RequestState::Open),
            row(2, RequestState::Open),
            row(4, RequestState::Declined),
        ];
        let mut index = TableIndex::build(&TABLE, &rows, RequestRow::indexed);
        let found = index.evaluate(&TableQuery::default(), DateTime::UNIX_EPOCH);
        assert_eq!(found.rows, [2, 1, 0, 3]);
    }

    #[rstest]
    #[case::domain("d1.exam", &[0])]
    #[case::enterprise("alder", &[1, 0])]
    #[case::open("open", &[1])]
    #[case::declined("declined", &[0])]
    #[case::requested_on("2 jan 1970", &[1])]
    #[case::person("zoe", &[0])]
    #[case::system("the SYSTEM", &[1])]
    #[case::answered_on("2031-11-30", &[0])]
    #[case::not_answered("not yet", &[1])]
    #[case::answer("has ENDED", &[0])]
    #[case::of_no_row("renewed", &[])]
    fn a_request_is_found_by_everything_that_its_row_shows(#[case] search: &str, #[case] expected: &[u32]) {
        let rows = [
            RequestRow {
                requested_by: Some("Zoë Vega".to_owned()),
                answer: Some("The contract has ended".to_owned()),
                answered_at: Some("2031-11-30T23:59:59Z".parse().unwrap()),
                ..row(1, RequestState::Declined)
            },
            RequestRow {
                requested_at: DateTime::UNIX_EPOCH + TimeDelta::days(1),
                ..row(2, RequestState::Open)
            },
        ];
        let mut index = TableIndex::build(&TABLE, &rows, RequestRow::indexed);
        let found = index.evaluate(&TableQuery::default().with_search(search), DateTime::UNIX_EPOCH);
        assert_eq!(found.rows, expected);
    }
}
