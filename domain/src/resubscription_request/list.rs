//! The provider's queue of requests.

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
            search_only: Vec::new(),
        }
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
}
