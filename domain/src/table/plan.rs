//! A query with nothing left to interpret: what the evaluator and SQL both carry out.

use std::ops::{Bound, RangeBounds};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::{
    condition::{Condition, DateCondition, NumberCondition, TextOperator},
    day::read_days,
    fold::fold,
    page::PageSize,
    phone_needles::phone_needles,
    query::{Direction, TableQuery},
    schema::{ColumnKind, ColumnSpec, TableSchema},
};

/// What is to be done for a query at a moment. Columns are named by their place in the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What to search for, if anything.
    pub search: Option<SearchPlan>,
    /// What columns must fulfil, all of it.
    pub filters: Vec<(usize, Test)>,
    /// What to sort by before the row's id.
    pub order: Vec<(usize, Direction)>,
    /// Which page, counted from 1; it may lie behind the last one.
    pub page: u64,
    /// How many rows a page has.
    pub size: PageSize,
}

/// What quick search looks for. A row is found when one of these is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchPlan {
    /// A part of a folded text in any searchable column of texts or phone numbers, or of a search-only text. Not empty.
    pub needle: String,
    /// Parts of phone numbers, besides the needle.
    pub phone_needles: Vec<String>,
    /// The whole of a number.
    pub number: Option<i64>,
    /// The days in which moments are found.
    pub days: Option<InstantSpan>,
    /// Choice columns and the places of the choices to be found in them.
    pub choices: Vec<(usize, Vec<usize>)>,
}

/// What a column must fulfil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// On folded texts and phone numbers.
    Text(TextTest),
    /// There is no text, or an empty one; no element of a list.
    IsEmpty,
    /// On numbers.
    Number(NumberCondition),
    /// On moments.
    Date(InstantSpan),
    /// The value is one of the choices at these places.
    Choice(Vec<usize>),
}

/// A comparison with one of several texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextTest {
    /// How.
    pub operator: TextOperator,
    /// Folded texts; the operator holds when it holds for one of them, and "does not contain" when no text contains any
    /// of them. Several only for phone numbers.
    pub alternatives: Vec<String>,
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstantSpan {
    /// Where it begins.
    pub from: Bound<DateTime<Utc>>,
    /// Where it ends.
    pub to: Bound<DateTime<Utc>>,
}

impl Plan {
    /// Settles what `query` asks of a table at `now`. What the table cannot answer is left out; see
    /// [`TableQuery::for_schema`].
    #[must_use]
    pub fn new(query: &TableQuery, schema: &TableSchema, now: DateTime<Utc>) -> Self {
        let query = query.for_schema(schema).query;
        let filters = query
            .filters
            .iter()
            .filter_map(|filter| schema.find(&filter.column).map(|found| (found, &filter.condition)))
            .map(|((place, column), condition)| (place, Test::new(condition, column, now)))
            .collect();
        let order = schema
            .sort_of(&query)
            .iter()
            .filter_map(|key| schema.find(&key.column).map(|(place, _)| (place, key.direction)))
            .collect();
        Self {
            search: SearchPlan::new(&query.search, schema),
            filters,
            order,
            page: query.page,
            size: query.size,
        }
    }

    /// Whether all rows match.
    #[must_use]
    pub fn keeps_all(&self) -> bool {
        self.search.is_none() && self.filters.is_empty()
    }

    /// The page to show of `matching` rows and how many rows come before it.
    #[must_use]
    pub fn page_of(&self, matching: u64) -> (u64, u64) {
        let page = self.page.min(self.size.page_count(matching));
        (page, (page - 1) * self.size.rows())
    }
}

impl SearchPlan {
    fn new(search: &str, schema: &TableSchema) -> Option<Self> {
        let needle = fold(search);
        if needle.is_empty() {
            return None;
        }
        let choices = schema
            .specs()
            .iter()
            .enumerate()
            .filter(|(_, column)| column.searchable && column.kind == ColumnKind::Choice)
            .map(|(place, column)| (place, choices_called(&needle, column)))
            .filter(|(_, choices)| !choices.is_empty())
            .collect();
        Some(Self {
            phone_needles: phone_needles(&needle)
                .into_iter()
                .filter(|digits| *digits != needle)
                .collect(),
            days: read_days(&needle).map(|(first, last)| InstantSpan::of_days(first, last)),
            number: needle.parse().ok().filter(|number: &i64| number.to_string() == needle),
            choices,
            needle,
        })
    }
}

fn choices_called(needle: &str, column: &ColumnSpec) -> Vec<usize> {
    let called = |place: &usize| fold(column.choices[*place].label).contains(needle);
    (0..column.choices.len()).filter(called).collect()
}

impl Test {
    fn new(condition: &Condition, column: &ColumnSpec, now: DateTime<Utc>) -> Self {
        match condition {
            Condition::Text(operator, text) => Self::Text(TextTest::new(*operator, text, column.kind)),
            Condition::IsEmpty => Self::IsEmpty,
            Condition::Number(number) => Self::Number(*number),
            Condition::Date(date) => Self::Date(InstantSpan::new(*date, now)),
            Condition::Choice(values) => Self::Choice(
                values
                    .iter()
                    .filter_map(|value| column.choice_position(value))
                    .collect(),
            ),
        }
    }
}

impl TextTest {
    fn new(operator: TextOperator, text: &str, kind: ColumnKind) -> Self {
        let mut alternatives = vec![fold(text)];
        if kind == ColumnKind::Phone {
            for digits in phone_needles(text) {
                // A number begins with its plus, so whole numbers and beginnings need it.
                let digits = match operator {
                    TextOperator::Equals | TextOperator::StartsWith => format!("+{digits}"),
                    _ => digits,
                };
                if !alternatives.contains(&digits) {
                    alternatives.push(digits);
                }
            }
        }
        Self { operator, alternatives }
    }
}

impl InstantSpan {
    fn new(condition: DateCondition, now: DateTime<Utc>) -> Self {
        let all = Self {
            from: Bound::Unbounded,
            to: Bound::Unbounded,
        };
        let days = |days: u32| TimeDelta::days(i64::from(days));
        let within = |end: Option<DateTime<Utc>>| end.map_or(Bound::Unbounded, Bound::Included);
        match condition {
            DateCondition::Before(day) => Self {
                to: Bound::Excluded(begin_of(day)),
                ..all
            },
            DateCondition::After(day) => Self {
                from: after(day, Bound::Included),
                ..all
            },
            DateCondition::Between(first, last) => Self::of_days(first, last),
            DateCondition::LastDays(count) => Self {
                from: within(now.checked_sub_signed(days(count))),
                to: Bound::Included(now),
            },
            DateCondition::NextDays(count) => Self {
                from: Bound::Excluded(now),
                to: within(now.checked_add_signed(days(count))),
            },
        }
    }

    /// All of both days and of those between them.
    fn of_days(first: NaiveDate, last: NaiveDate) -> Self {
        Self {
            from: Bound::Included(begin_of(first)),
            to: after(last, Bound::Excluded),
        }
    }

    /// Whether a moment lies in it.
    #[must_use]
    pub fn contains(&self, moment: DateTime<Utc>) -> bool {
        (self.from, self.to).contains(&moment)
    }
}

fn begin_of(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The end of a day as a bound; no bound for the last day there is.
fn after(day: NaiveDate, bound: impl Fn(DateTime<Utc>) -> Bound<DateTime<Utc>>) -> Bound<DateTime<Utc>> {
    day.succ_opt().map_or(Bound::Unbounded, |next| bound(begin_of(next)))
}
