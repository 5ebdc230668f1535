//! What a person asks of a table.

use super::{
    condition::Condition,
    page::{PageSize, RowRange},
};

/// The most characters of a search and of each text in a condition.
pub const MAX_TEXT_CHARS: usize = 200;
/// The most conditions of one query.
pub const MAX_FILTERS: usize = 20;
/// The most columns a table can be sorted by at once.
pub const MAX_SORT_KEYS: usize = 5;

/// Which rows of a table, in which order, and which page of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableQuery {
    /// A text that must stand somewhere in the row; empty for no search.
    pub search: String,
    /// Conditions that must all hold.
    pub filters: Vec<ColumnFilter>,
    /// What to sort by, the weightiest first; empty for the table's own order.
    pub sort: Vec<SortKey>,
    /// The page, counted from 1.
    pub page: u64,
    /// How many rows a page has.
    pub size: PageSize,
}

/// A condition and the column it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnFilter {
    /// The column's id.
    pub column: String,
    /// What its values must fulfil.
    pub condition: Condition,
}

/// A column to sort by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// The column's id.
    pub column: String,
    /// Which way.
    pub direction: Direction,
}

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Missing values first, then from small to large.
    Ascending,
    /// From large to small, missing values last.
    Descending,
}

/// What happens to the other sort keys when one is toggled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortMode {
    /// They go.
    Replace,
    /// They stay; a new key comes last.
    Add,
}

impl Default for TableQuery {
    fn default() -> Self {
        Self {
            search: String::new(),
            filters: Vec::new(),
            sort: Vec::new(),
            page: 1,
            size: PageSize::default(),
        }
    }
}

impl TableQuery {
    /// The same rows, another page of them.
    #[must_use]
    pub fn with_page(&self, page: u64) -> Self {
        Self {
            page: page.max(1),
            ..self.clone()
        }
    }

    /// Pages of another size, from the first one on.
    #[must_use]
    pub fn with_size(&self, size: PageSize) -> Self {
        Self {
            size,
            ..self.with_page(1)
        }
    }

    /// Another search, from the first page on. What cannot be searched for is left out: control characters, and
    /// characters past [`MAX_TEXT_CHARS`].
    #[must_use]
    pub fn with_search(&self, search: &str) -> Self {
        Self {
            search: super::check::searchable(search),
            ..self.with_page(1)
        }
    }

    /// One more condition, in the place of those its column had, from the first page on.
    #[must_use]
    pub fn with_filter(&self, column: &str, condition: Condition) -> Self {
        let mut query = self.without_filter(column);
        query.filters.push(ColumnFilter {
            column: column.to_owned(),
            condition,
        });
        query
    }

    /// No condition on `column`, from the first page on.
    #[must_use]
    pub fn without_filter(&self, column: &str) -> Self {
        let mut query = self.with_page(1);
        query.filters.retain(|filter| filter.column != column);
        query
    }

    /// No search and no conditions, from the first page on; order and page size stay.
    #[must_use]
    pub fn reset(&self) -> Self {
        Self {
            search: String::new(),
            filters: Vec::new(),
            ..self.with_page(1)
        }
    }

    /// What a press on a column's heading asks for, from the first page on: ascending, then descending, then not by
    /// this column.
    #[must_use]
    pub fn with_sort_toggled(&self, column: &str, mode: SortMode) -> Self {
        let mut query = self.with_page(1);
        let key_at = |direction| SortKey {
            column: column.to_owned(),
            direction,
        };
        let place = query.sort.iter().position(|key| key.column == column);
        let toggled = match place.and_then(|place| query.sort.get(place)).map(|key| key.direction) {
            None => Some(key_at(Direction::Ascending)),
            Some(Direction::Ascending) => Some(key_at(Direction::Descending)),
            Some(Direction::Descending) => None,
        };
        match mode {
            SortMode::Replace => query.sort = toggled.into_iter().collect(),
            SortMode::Add => {
                let place = place.unwrap_or(query.sort.len());
                let end = (place + 1).min(query.sort.len());
                query.sort.splice(place..end, toggled);
                query.sort.truncate(MAX_SORT_KEYS);
            }
        }
        query
    }

    /// Whether a search or a condition may hide rows.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || !self.filters.is_empty()
    }

    /// How many pages `matching` rows make; at least one, which may be empty.
    #[must_use]
    pub fn page_count(&self, matching: u64) -> u64 {
        self.size.page_count(matching)
    }

    /// Which of `matching` rows the page holds, counted from 1; both 0 when there are none.
    #[must_use]
    pub fn range(&self, matching: u64) -> RowRange {
        RowRange::of(self.page, self.size, matching)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn sorted(keys: &[&str]) -> TableQuery {
        let key = |text: &&str| match text.strip_prefix('-') {
            Some(column) => SortKey {
                column: column.to_owned(),
                direction: Direction::Descending,
            },
            None => SortKey {
                column: (*text).to_owned(),
                direction: Direction::Ascending,
            },
        };
        TableQuery {
            sort: keys.iter().map(key).collect(),
            page: 3,
            ..TableQuery::default()
        }
    }

    #[rstest]
    #[case(&[], SortMode::Replace, &["name"])]
    #[case(&["name"], SortMode::Replace, &["-name"])]
    #[case(&["-name"], SortMode::Replace, &[])]
    #[case(&["owner", "-name"], SortMode::Replace, &[])]
    #[case(&["owner"], SortMode::Replace, &["name"])]
    #[case(&["owner"], SortMode::Add, &["owner", "name"])]
    #[case(&["name", "owner"], SortMode::Add, &["-name", "owner"])]
    #[case(&["-name", "owner"], SortMode::Add, &["owner"])]
    #[case(&["a", "b", "c", "d", "e"], SortMode::Add, &["a", "b", "c", "d", "e"])]
    fn a_heading_goes_through_three_states(#[case] before: &[&str], #[case] mode: SortMode, #[case] after: &[&str]) {
        let toggled = sorted(before).with_sort_toggled("name", mode);
        assert_eq!(toggled, sorted(after).with_page(1));
    }

    #[test]
    fn every_change_of_the_rows_goes_back_to_the_first_page() {
        let query = TableQuery {
            page: 4,
            ..TableQuery::default()
        };
        assert_eq!(query.with_search("a").page, 1);
        assert_eq!(query.with_filter("name", Condition::IsEmpty).page, 1);
        assert_eq!(query.without_filter("name").page, 1);
        assert_eq!(query.with_size(PageSize::P100).page, 1);
        assert_eq!(query.reset().page, 1);
    }

    #[test]
    fn a_column_keeps_one_filter() {
        let query = TableQuery::default()
            .with_filter("name", Condition::IsEmpty)
            .with_filter("name", Condition::Choice(Vec::new()));
        assert_eq!(query.filters.len(), 1);
        assert!(query.is_filtered());
        assert!(!query.without_filter("name").is_filtered());
    }

    #[test]
    fn a_blank_search_is_no_search() {
        assert!(!TableQuery::default().with_search(" \t ").is_filtered());
    }
}
