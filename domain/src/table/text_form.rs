//! The text form of a query, for addresses and for REST:
//! `search=ada&filter=name:contains:foo&filter=members:gt:3&sort=name,-members&page=2&page_size=50`.
//!
//! `filter` repeats: column, operator and, for most operators, a value, parted by colons; only the first two colons
//! part. Ranges are written `3..7`, days `2026-01-31`, several choices with commas between; a comma or backslash within
//! a choice has a backslash before it. Whatever is as by default is left out.

use super::{
    check::{Checked, QueryProblem},
    condition::{Condition, DateCondition, NumberCondition, NumberOperator, TextOperator},
    day::read_day,
    page::PageSize,
    percent,
    query::{ColumnFilter, Direction, SortKey, TableQuery},
    schema::TableSchema,
};

const SEARCH: &str = "search";
const FILTER: &str = "filter";
const SORT: &str = "sort";
const PAGE: &str = "page";
const PAGE_SIZE: &str = "page_size";

impl TableQuery {
    /// The query as names and values, not percent-encoded.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.search.is_empty() {
            pairs.push((SEARCH, self.search.clone()));
        }
        pairs.extend(self.filters.iter().map(|filter| (FILTER, write_filter(filter))));
        if !self.sort.is_empty() {
            let keys: Vec<String> = self.sort.iter().map(write_sort_key).collect();
            pairs.push((SORT, keys.join(",")));
        }
        if self.page != 1 {
            pairs.push((PAGE, self.page.to_string()));
        }
        if self.size != PageSize::default() {
            pairs.push((PAGE_SIZE, self.size.rows().to_string()));
        }
        pairs
    }

    /// The query as a query string, percent-encoded, without a question mark.
    #[must_use]
    pub fn to_query_string(&self) -> String {
        let mut text = String::new();
        for (name, value) in self.to_pairs() {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(name);
            text.push('=');
            percent::encode(&value, &mut text);
        }
        text
    }

    /// Reads names and values that are not percent-encoded and fits them to a table. What cannot be used is left out
    /// and told.
    pub fn from_pairs<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
        schema: &TableSchema,
    ) -> Checked {
        let mut reader = Reader::default();
        for (name, value) in pairs {
            reader.read(name.as_ref(), value.as_ref());
        }
        reader.finish(schema)
    }

    /// Reads a query string, with or without its question mark, and fits it to a table. What cannot be used is left out
    /// and told.
    #[must_use]
    pub fn parse_query_string(text: &str, schema: &TableSchema) -> Checked {
        let mut reader = Reader::default();
        let text = text.strip_prefix('?').unwrap_or(text);
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match (percent::decode(name), percent::decode(value)) {
                (Some(name), Some(value)) => reader.read(&name, &value),
                _ => reader.problems.push(QueryProblem::BadEncoding),
            }
        }
        reader.finish(schema)
    }

    /// Reads a query string as pages do: what cannot be used is left out without a word, so that an old link shows the
    /// table, and parameters of the page itself do not matter.
    #[must_use]
    pub fn parse_lenient(text: &str, schema: &TableSchema) -> Self {
        Self::parse_query_string(text, schema).query
    }
}

/// Collects a query from its parts.
#[derive(Default)]
struct Reader {
    query: TableQuery,
    problems: Vec<QueryProblem>,
    seen: Vec<&'static str>,
}

impl Reader {
    fn read(&mut self, name: &str, value: &str) {
        match name {
            SEARCH if self.is_first(SEARCH) => value.clone_into(&mut self.query.search),
            SORT if self.is_first(SORT) => {
                self.query.sort = value
                    .split(',')
                    .filter(|key| !key.is_empty())
                    .map(read_sort_key)
                    .collect();
            }
            PAGE if self.is_first(PAGE) => match value.parse() {
                Ok(page) => self.query.page = page,
                Err(_) => self.problems.push(QueryProblem::BadPage),
            },
            PAGE_SIZE if self.is_first(PAGE_SIZE) => match value.parse().ok().and_then(PageSize::from_rows) {
                Some(size) => self.query.size = size,
                None => self.problems.push(QueryProblem::BadPageSize),
            },
            FILTER => match read_filter(value) {
                Ok(filter) => self.query.filters.push(filter),
                Err(problem) => self.problems.push(problem),
            },
            SEARCH | SORT | PAGE | PAGE_SIZE => {}
            _ => self
                .problems
                .push(QueryProblem::UnknownParameter { name: name.to_owned() }),
        }
    }

    fn is_first(&mut self, name: &'static str) -> bool {
        let is_first = !self.seen.contains(&name);
        if is_first {
            self.seen.push(name);
        } else {
            self.problems.push(QueryProblem::Repeated { name });
        }
        is_first
    }

    fn finish(mut self, schema: &TableSchema) -> Checked {
        let checked = self.query.for_schema(schema);
        self.problems.extend(checked.problems);
        Checked {
            query: checked.query,
            problems: self.problems,
        }
    }
}

fn write_sort_key(key: &SortKey) -> String {
    match key.direction {
        Direction::Ascending => key.column.clone(),
        Direction::Descending => format!("-{}", key.column),
    }
}

fn read_sort_key(text: &str) -> SortKey {
    let (column, direction) = match text.strip_prefix('-') {
        Some(column) => (column, Direction::Descending),
        None => (text, Direction::Ascending),
    };
    SortKey {
        column: column.to_owned(),
        direction,
    }
}

fn write_filter(filter: &ColumnFilter) -> String {
    let (operator, value) = match &filter.condition {
        Condition::IsEmpty => return format!("{}:empty", filter.column),
        Condition::Text(operator, text) => (operator.token(), text.clone()),
        Condition::Number(NumberCondition::Compare(operator, number)) => (operator.token(), number.to_string()),
        Condition::Number(NumberCondition::Between(low, high)) => ("between", format!("{low}..{high}")),
        Condition::Date(DateCondition::Before(day)) => ("before", day.to_string()),
        Condition::Date(DateCondition::After(day)) => ("after", day.to_string()),
        Condition::Date(DateCondition::Between(first, last)) => ("between", format!("{first}..{last}")),
        Condition::Date(DateCondition::LastDays(days)) => ("last", days.to_string()),
        Condition::Date(DateCondition::NextDays(days)) => ("next", days.to_string()),
        Condition::Choice(values) => ("in", write_list(values)),
    };
    format!("{}:{operator}:{value}", filter.column)
}

fn read_filter(text: &str) -> Result<ColumnFilter, QueryProblem> {
    let mut parts = text.splitn(3, ':');
    let column = parts.next().unwrap_or_default().to_owned();
    let operator = parts.next().unwrap_or_default();
    let value = parts.next().unwrap_or_default();
    match read_condition(operator, value) {
        Some(Some(condition)) => Ok(ColumnFilter { column, condition }),
        Some(None) => Err(QueryProblem::BadValue { column }),
        None => Err(QueryProblem::BadOperator { column }),
    }
}

/// The condition; nothing for an unknown operator, and nothing inside for a value that does not fit the operator.
fn read_condition(operator: &str, value: &str) -> Option<Option<Condition>> {
    if let Some(operator) = TextOperator::ALL.into_iter().find(|known| known.token() == operator) {
        return Some(Some(Condition::Text(operator, value.to_owned())));
    }
    if let Some(operator) = NumberOperator::ALL.into_iter().find(|known| known.token() == operator) {
        let number = value.parse().ok();
        return Some(number.map(|number| Condition::Number(NumberCondition::Compare(operator, number))));
    }
    Some(match operator {
        "empty" => value.is_empty().then_some(Condition::IsEmpty),
        "between" => read_range(value, |number| number.parse().ok())
            .map(|(low, high)| Condition::Number(NumberCondition::Between(low, high)))
            .or_else(|| {
                read_range(value, read_day).map(|(first, last)| Condition::Date(DateCondition::Between(first, last)))
            }),
        "before" => read_day(value).map(|day| Condition::Date(DateCondition::Before(day))),
        "after" => read_day(value).map(|day| Condition::Date(DateCondition::After(day))),
        "last" => value
            .parse()
            .ok()
            .map(|days| Condition::Date(DateCondition::LastDays(days))),
        "next" => value
            .parse()
            .ok()
            .map(|days| Condition::Date(DateCondition::NextDays(days))),
        "in" => Some(Condition::Choice(read_list(value))),
        _ => return None,
    })
}

fn read_range<V>(text: &str, read: impl Fn(&str) -> Option<V>) -> Option<(V, V)> {
    let (low, high) = text.split_once("..")?;
    Some((read(low)?, read(high)?))
}

fn write_list(values: &[String]) -> String {
    let escaped: Vec<String> = values
        .iter()
        .map(|value| value.replace('\\', "\\\\").replace(',', "\\,"))
        .collect();
    escaped.join(",")
}

fn read_list(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, values.last_mut()) {
            (',', _) => values.push(String::new()),
            ('\\', Some(value)) => value.extend(chars.next()),
            (c, Some(value)) => value.push(c),
            (_, None) => {}
        }
    }
    values
}

impl TextOperator {
    /// The operator in the text form.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Contains => "contains",
            Self::DoesNotContain => "excludes",
            Self::Equals => "equals",
            Self::StartsWith => "starts",
            Self::EndsWith => "ends",
        }
    }
}

impl NumberOperator {
    /// The operator in the text form.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::NotEqual => "ne",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "ge",
            Self::Less => "lt",
            Self::LessOrEqual => "le",
        }
    }
}

#[cfg(test)]
mod tests;
