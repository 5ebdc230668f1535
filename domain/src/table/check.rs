//! Judging a query against the table it is for.

use chrono::Datelike;
use thiserror::Error;

use super::{
    condition::{Condition, DateCondition, NumberCondition},
    fold::fold,
    query::{ColumnFilter, MAX_FILTERS, MAX_SORT_KEYS, MAX_TEXT_CHARS, SortKey, TableQuery},
    schema::{ColumnKind, ColumnSpec, TableSchema},
};

/// The years a condition can name: both databases and every text form of a moment write them with four digits.
const YEARS: std::ops::RangeInclusive<i32> = 1..=9998;
/// How far "in the last" and "in the next N days" reach: a hundred years.
const MAX_DAYS: u32 = 36_500;

/// A query that fits its table, and what had to be left out to make it fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What can be asked of the table.
    pub query: TableQuery,
    /// What was wrong; empty when nothing was.
    pub problems: Vec<QueryProblem>,
}

/// Something in a query that the table cannot answer. The texts continue "The query …".
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QueryProblem {
    /// A name that means nothing here.
    #[error("has the unknown parameter \u{201c}{name}\u{201d}")]
    UnknownParameter {
        /// The name.
        name: String,
    },
    /// The percent-encoding is damaged or is not UTF-8.
    #[error("has a parameter that is not percent-encoded UTF-8")]
    BadEncoding,
    /// A parameter that may stand only once stands there again; the first one counts.
    #[error("has the parameter \u{201c}{name}\u{201d} more than once")]
    Repeated {
        /// The name.
        name: &'static str,
    },
    /// The page is not a number from 1 on.
    #[error("has a page that is not a number from 1 on")]
    BadPage,
    /// The page size is not on offer.
    #[error("has a page size other than 25, 50, 100 or 200")]
    BadPageSize,
    /// The search is longer than [`MAX_TEXT_CHARS`]; its beginning counts.
    #[error("searches for more than {MAX_TEXT_CHARS} characters")]
    SearchTooLong,
    /// There are more than [`MAX_FILTERS`] conditions; the first ones count.
    #[error("has more than {MAX_FILTERS} conditions")]
    TooManyFilters,
    /// There are more than [`MAX_SORT_KEYS`] sort keys; the first ones count.
    #[error("sorts by more than {MAX_SORT_KEYS} columns")]
    TooManySortKeys,
    /// The table has no such column.
    #[error("names the unknown column \u{201c}{column}\u{201d}")]
    UnknownColumn {
        /// What was named.
        column: String,
    },
    /// No conditions can be put on the column.
    #[error("has a condition on \u{201c}{column}\u{201d}, which takes none")]
    NotFilterable {
        /// The column.
        column: &'static str,
    },
    /// The table cannot be sorted by the column, or is told so twice.
    #[error("cannot sort by \u{201c}{column}\u{201d}, or not twice")]
    NotSortable {
        /// The column.
        column: String,
    },
    /// There is no such operator, or it is not for columns of this kind.
    #[error("has an operator on \u{201c}{column}\u{201d} that does not fit")]
    BadOperator {
        /// The column.
        column: String,
    },
    /// What a column is compared with is missing, garbled or out of bounds.
    #[error("compares \u{201c}{column}\u{201d} with a value that cannot be used")]
    BadValue {
        /// The column.
        column: String,
    },
}

impl TableQuery {
    /// Fits the query to a table: leaves out what the table cannot answer and says so; removes characters that no value
    /// can contain, and puts the ends of ranges in order.
    #[must_use]
    pub fn for_schema(&self, schema: &TableSchema) -> Checked {
        let mut problems = Vec::new();
        if self.search.chars().count() > MAX_TEXT_CHARS {
            problems.push(QueryProblem::SearchTooLong);
        }
        if self.page == 0 {
            problems.push(QueryProblem::BadPage);
        }
        let query = Self {
            search: searchable(&self.search),
            filters: filters(&self.filters, schema, &mut problems),
            sort: sort_keys(&self.sort, schema, &mut problems),
            page: self.page.max(1),
            size: self.size,
        };
        Checked { query, problems }
    }
}

impl ColumnSpec {
    /// Whether the column can answer the condition.
    #[must_use]
    pub fn takes(&self, condition: &Condition) -> bool {
        self::condition(condition, self).is_ok()
    }
}

/// The part of `text` that can be searched for: no control characters, not too long, empty when blank.
#[must_use]
pub fn searchable(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).take(MAX_TEXT_CHARS).collect();
    if text.trim().is_empty() { String::new() } else { text }
}

fn sort_keys(asked: &[SortKey], schema: &TableSchema, problems: &mut Vec<QueryProblem>) -> Vec<SortKey> {
    let mut keys: Vec<SortKey> = Vec::new();
    for key in asked {
        let column = key.column.clone();
        match schema.find(&key.column) {
            None => problems.push(QueryProblem::UnknownColumn { column }),
            Some((_, spec)) if !spec.sortable || keys.iter().any(|other| other.column == column) => {
                problems.push(QueryProblem::NotSortable { column });
            }
            Some(_) if keys.len() == MAX_SORT_KEYS => {
                problems.push(QueryProblem::TooManySortKeys);
                break;
            }
            Some(_) => keys.push(key.clone()),
        }
    }
    keys
}

fn filters(asked: &[ColumnFilter], schema: &TableSchema, problems: &mut Vec<QueryProblem>) -> Vec<ColumnFilter> {
    let mut filters = Vec::new();
    for filter in asked {
        let checked = match schema.find(&filter.column) {
            None => Err(QueryProblem::UnknownColumn {
                column: filter.column.clone(),
            }),
            Some((_, spec)) if !spec.filterable => Err(QueryProblem::NotFilterable { column: spec.id }),
            Some((_, spec)) => condition(&filter.condition, spec),
        };
        match checked {
            Err(problem) => problems.push(problem),
            Ok(_) if filters.len() == MAX_FILTERS => {
                problems.push(QueryProblem::TooManyFilters);
                break;
            }
            Ok(condition) => filters.push(ColumnFilter {
                column: filter.column.clone(),
                condition,
            }),
        }
    }
    filters
}

/// The condition as `column` can answer it.
fn condition(condition: &Condition, column: &ColumnSpec) -> Result<Condition, QueryProblem> {
    let bad_value = || QueryProblem::BadValue {
        column: column.id.to_owned(),
    };
    match (condition, column.kind) {
        (Condition::Text(operator, text), ColumnKind::Text | ColumnKind::TextList | ColumnKind::Phone) => {
            let usable = text.chars().count() <= MAX_TEXT_CHARS && !fold(text).is_empty();
            usable
                .then(|| Condition::Text(*operator, searchable(text)))
                .ok_or_else(bad_value)
        }
        (Condition::IsEmpty, ColumnKind::Text | ColumnKind::TextList | ColumnKind::Phone) => Ok(Condition::IsEmpty),
        (Condition::Number(number), ColumnKind::Number) => Ok(Condition::Number(match *number {
            NumberCondition::Between(a, b) => NumberCondition::Between(a.min(b), a.max(b)),
            compare => compare,
        })),
        (Condition::Date(date), ColumnKind::Date) => self::date(*date).map(Condition::Date).ok_or_else(bad_value),
        (Condition::Choice(values), ColumnKind::Choice) => self::choice(values, column)
            .map(Condition::Choice)
            .ok_or_else(bad_value),
        _ => Err(QueryProblem::BadOperator {
            column: column.id.to_owned(),
        }),
    }
}

fn date(condition: DateCondition) -> Option<DateCondition> {
    let usable = match condition {
        DateCondition::Before(day) | DateCondition::After(day) => YEARS.contains(&day.year()),
        DateCondition::Between(a, b) => YEARS.contains(&a.year()) && YEARS.contains(&b.year()),
        DateCondition::LastDays(days) | DateCondition::NextDays(days) => (1..=MAX_DAYS).contains(&days),
    };
    usable.then_some(match condition {
        DateCondition::Between(a, b) => DateCondition::Between(a.min(b), a.max(b)),
        other => other,
    })
}

/// Each value once; nothing when one is unknown or there are none.
fn choice(values: &[String], column: &ColumnSpec) -> Option<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for value in values {
        column.choice_position(value)?;
        if !kept.contains(value) {
            kept.push(value.clone());
        }
    }
    (!kept.is_empty()).then_some(kept)
}
