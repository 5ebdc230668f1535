//! Answering queries over rows in memory.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::{
    builder::TableIndexBuilder,
    column::Column,
    haystack::Haystack,
    page::{Page, PageSize},
    plan::{Plan, SearchPlan},
    query::{Direction, TableQuery},
    schema::{ColumnSpec, TableSchema},
    value::IndexRow,
};

/// Columns to sort by, and the rows in that order.
type Ordered = (Vec<(usize, Direction)>, Vec<u32>);

/// The rows of a table, prepared for fast answers. It is built once for a list of rows and speaks of them by their
/// places in that list. It remembers the last order and the last searches.
#[derive(Debug)]
pub struct TableIndex {
    schema: &'static TableSchema,
    columns: Vec<Column>,
    /// Every searchable text.
    texts: Haystack,
    /// Every searchable phone number.
    phones: Haystack,
    /// For each row its place in the order of ids.
    id_ranks: Vec<u32>,
    /// For each column, once it has been sorted by, how each row sorts.
    ranks: Vec<Option<Vec<u32>>>,
    last_order: Option<Ordered>,
}

/// The answer to a query: places of rows in the list that the index was built from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSlice {
    /// How many rows there are.
    pub total: u64,
    /// How many of them match.
    pub matching: u64,
    /// Which page this is, counted from 1.
    pub page: u64,
    /// How many rows a full page has.
    pub size: PageSize,
    /// The places of the page's rows, in order.
    pub rows: Vec<u32>,
}

impl TableSlice {
    /// The page itself, from the list that the index was built from.
    #[must_use]
    pub fn page_of<T: Clone>(&self, list: &[T]) -> Page<T> {
        Page {
            rows: self
                .rows
                .iter()
                .filter_map(|row| list.get(*row as usize))
                .cloned()
                .collect(),
            total: self.total,
            matching: self.matching,
            page: self.page,
            size: self.size,
        }
    }
}

impl TableIndex {
    /// Prepares the rows of a table; `extract` tells what a row holds in each column.
    pub fn build<'r, T, const N: usize>(
        schema: &'static TableSchema<[ColumnSpec; N]>,
        rows: &'r [T],
        extract: impl Fn(&'r T) -> IndexRow<'r, N>,
    ) -> Self {
        let mut builder = TableIndexBuilder::new(schema);
        rows.iter().for_each(|row| builder.push(extract(row)));
        builder.finish()
    }

    pub(super) fn new(
        schema: &'static TableSchema,
        columns: Vec<Column>,
        texts: Haystack,
        phones: Haystack,
        id_ranks: Vec<u32>,
    ) -> Self {
        Self {
            schema,
            ranks: vec![None; columns.len()],
            columns,
            texts,
            phones,
            id_ranks,
            last_order: None,
        }
    }

    /// Works out ahead of time how rows sort by the column at `place`, so that the first press on its heading is quick.
    pub fn prepare_sort(&mut self, place: usize) {
        if let (Some(column), Some(ranks)) = (self.columns.get(place), self.ranks.get_mut(place)) {
            ranks.get_or_insert_with(|| column.ranks());
        }
    }

    /// Answers a query at `now`; what the table cannot answer is left out, see [`TableQuery::for_schema`].
    pub fn evaluate(&mut self, query: &TableQuery, now: DateTime<Utc>) -> TableSlice {
        let plan = Plan::new(query, self.schema, now);
        let matching = self.in_order(&plan);
        let count = matching.len() as u64;
        let (page, before) = plan.page_of(count);
        let on_page = matching
            .into_iter()
            .skip(before as usize)
            .take(plan.size.rows() as usize);
        TableSlice {
            total: self.id_ranks.len() as u64,
            matching: count,
            page,
            size: plan.size,
            rows: on_page.collect(),
        }
    }

    /// The places of all rows that match, in order, whatever the page; for exports and for choosing all of them.
    pub fn matching(&mut self, query: &TableQuery, now: DateTime<Utc>) -> Vec<u32> {
        let plan = Plan::new(query, self.schema, now);
        self.in_order(&plan)
    }

    fn in_order(&mut self, plan: &Plan) -> Vec<u32> {
        let mut keep = match &plan.search {
            Some(search) => self.search(search),
            None => vec![true; self.id_ranks.len()],
        };
        for (place, test) in &plan.filters {
            self.columns[*place].retain(&self.schema.specs()[*place], test, &mut keep);
        }
        self.order(&plan.order)
            .iter()
            .copied()
            .filter(|row| keep[*row as usize])
            .collect()
    }

    /// For each row whether quick search finds it.
    fn search(&mut self, search: &SearchPlan) -> Vec<bool> {
        let mut found = vec![false; self.id_ranks.len()];
        let mut mark = |rows: &[u32]| rows.iter().for_each(|row| found[*row as usize] = true);
        for digits in &search.phone_needles {
            mark(self.phones.find(digits));
        }
        mark(self.texts.find(&search.needle));
        self.search_numbers(search, &mut found);
        self.search_days(search, &mut found);
        for (place, wanted) in &search.choices {
            if let Column::Choices(choices) = &self.columns[*place] {
                for (found, choice) in found.iter_mut().zip(choices) {
                    *found |= choice.is_some_and(|choice| wanted.contains(&choice));
                }
            }
        }
        found
    }

    fn search_numbers(&self, search: &SearchPlan, found: &mut [bool]) {
        let Some(wanted) = search.number else { return };
        for (column, spec) in self.columns.iter().zip(self.schema.specs()) {
            if let (Column::Numbers(numbers), true) = (column, spec.searchable) {
                for (found, number) in found.iter_mut().zip(numbers) {
                    *found |= *number == Some(wanted);
                }
            }
        }
    }

    fn search_days(&self, search: &SearchPlan, found: &mut [bool]) {
        let Some(days) = search.days else { return };
        for (column, spec) in self.columns.iter().zip(self.schema.specs()) {
            if let (Column::Dates(dates), true) = (column, spec.searchable) {
                for (found, date) in found.iter_mut().zip(dates) {
                    *found |= date.is_some_and(|date| days.contains(date));
                }
            }
        }
    }

    /// All rows in an order.
    fn order(&mut self, keys: &[(usize, Direction)]) -> &[u32] {
        let known = self.last_order.take().filter(|(last, _)| last == keys);
        let rows = known.map_or_else(|| self.sort(keys), |(_, rows)| rows);
        &self.last_order.insert((keys.to_vec(), rows)).1
    }

    fn sort(&mut self, keys: &[(usize, Direction)]) -> Vec<u32> {
        for (place, _) in keys {
            self.prepare_sort(*place);
        }
        let keys: Vec<(&[u32], Direction)> = keys
            .iter()
            .filter_map(|(place, direction)| Some((self.ranks[*place].as_deref()?, *direction)))
            .collect();
        let mut rows: Vec<u32> = (0..).take(self.id_ranks.len()).collect();
        rows.sort_unstable_by(|a, b| {
            let (a, b) = (*a as usize, *b as usize);
            let by_keys = keys.iter().map(|(ranks, direction)| match direction {
                Direction::Ascending => ranks[a].cmp(&ranks[b]),
                Direction::Descending => ranks[b].cmp(&ranks[a]),
            });
            by_keys
                .fold(Ordering::Equal, Ordering::then)
                .then(self.id_ranks[a].cmp(&self.id_ranks[b]))
        });
        rows
    }
}
