//! Pages of rows.

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

/// How many rows a page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "u64")]
pub enum PageSize {
    /// 25 rows.
    #[default]
    P25,
    /// 50 rows.
    P50,
    /// 100 rows.
    P100,
    /// 200 rows.
    P200,
}

/// A number is not one of the page sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is not 25, 50, 100 or 200")]
pub struct NotAPageSize;

impl PageSize {
    /// Every size, ascending.
    pub const ALL: [Self; 4] = [Self::P25, Self::P50, Self::P100, Self::P200];

    /// The number of rows.
    #[must_use]
    pub const fn rows(self) -> u64 {
        match self {
            Self::P25 => 25,
            Self::P50 => 50,
            Self::P100 => 100,
            Self::P200 => 200,
        }
    }

    /// The size of that many rows.
    #[must_use]
    pub fn from_rows(rows: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.rows() == rows)
    }

    /// How many pages `matching` rows make; at least one, which may be empty.
    #[must_use]
    pub const fn page_count(self, matching: u64) -> u64 {
        let pages = matching.div_ceil(self.rows());
        if pages == 0 { 1 } else { pages }
    }
}

impl TryFrom<u64> for PageSize {
    type Error = NotAPageSize;

    fn try_from(rows: u64) -> Result<Self, Self::Error> {
        Self::from_rows(rows).ok_or(NotAPageSize)
    }
}

impl Serialize for PageSize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.rows())
    }
}

/// One page of the rows that match a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows of the page, in order.
    pub rows: Vec<T>,
    /// How many rows the table has without search and conditions.
    pub total: u64,
    /// How many of them match.
    pub matching: u64,
    /// Which page this is, counted from 1; never behind the last one, whatever was asked for.
    pub page: u64,
    /// How many rows a full page has.
    pub size: PageSize,
}

impl<T> Page<T> {
    /// The same page with each row turned into something else.
    #[must_use]
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(turn).collect(),
            total: self.total,
            matching: self.matching,
            page: self.page,
            size: self.size,
        }
    }

    /// How many pages there are; at least one.
    #[must_use]
    pub const fn page_count(&self) -> u64 {
        self.size.page_count(self.matching)
    }

    /// Which of the matching rows these are.
    #[must_use]
    pub fn range(&self) -> RowRange {
        RowRange::of(self.page, self.size, self.matching)
    }
}

/// Which rows of a list a page holds, both ends counted from 1 and included; both 0 when there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowRange {
    /// The first row.
    pub first: u64,
    /// The last row.
    pub last: u64,
}

impl RowRange {
    pub(super) fn of(page: u64, size: PageSize, matching: u64) -> Self {
        let page = page.clamp(1, size.page_count(matching));
        let before = (page - 1) * size.rows();
        Self {
            first: (before + 1).min(matching),
            last: (before + size.rows()).min(matching),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(1, 0, (0, 0), 1)]
    #[case(1, 25, (1, 25), 1)]
    #[case(2, 26, (26, 26), 2)]
    #[case(2, 240, (26, 50), 10)]
    #[case(99, 240, (226, 240), 10)]
    #[case(0, 240, (1, 25), 10)]
    fn a_page_knows_its_rows(#[case] page: u64, #[case] matching: u64, #[case] rows: (u64, u64), #[case] pages: u64) {
        let range = RowRange::of(page, PageSize::P25, matching);
        assert_eq!((range.first, range.last), rows);
        assert_eq!(PageSize::P25.page_count(matching), pages);
    }

    #[test]
    fn a_page_travels_with_its_size_as_a_number() {
        let page = Page {
            rows: vec!["a"],
            total: 3,
            matching: 1,
            page: 1,
            size: PageSize::P50,
        };
        let json = serde_json::to_string(&page).unwrap();
        assert_eq!(json, r#"{"rows":["a"],"total":3,"matching":1,"page":1,"size":50}"#);
        let again: Page<&str> = serde_json::from_str(&json).unwrap();
        assert_eq!(again, page);
        assert!(serde_json::from_str::<PageSize>("51").is_err());
    }
}
