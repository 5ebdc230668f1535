//! A whole table in the browser, which answers queries by itself.
//!
//! Reading and indexing thousands of rows takes longer than a frame, so it is done in slices between which the page can
//! breathe: [`Whole::work`] does one and says whether there is more.

use std::{collections::HashSet, rc::Rc, sync::Arc};

use chrono::{DateTime, Utc};
use domain::table::{Listed, Page, Shared, TableIndex, TableIndexBuilder, TableQuery, TableSchema};
use uuid::Uuid;

use super::column::RowHandle;
use crate::server_fns::list::{ListReader, NotAList};

/// How many rows one slice of reading or indexing takes: one to three milliseconds of work on a small computer.
const SLICE: usize = 400;

/// A whole table without the type of its rows.
pub(super) trait Whole {
    /// Begins to take over an answer with all rows, or with what became of the rows of `ids`.
    ///
    /// # Errors
    /// [`NotAList`] when the answer is garbled.
    fn begin(&mut self, answer: Vec<u8>, ids: &[Uuid]) -> Result<Begun, NotAList>;

    /// Does a slice of what was begun.
    ///
    /// # Errors
    /// [`NotAList`] when the answer is garbled.
    fn work(&mut self) -> Result<Progress, NotAList>;

    /// Whether queries can be answered.
    fn is_ready(&self) -> bool;

    /// The page that a query asks for.
    fn page(&mut self, query: &TableQuery, now: DateTime<Utc>) -> Option<Page<RowHandle>>;

    /// On which page of a query's answer a row stands; none if the query hides it.
    fn page_with(&mut self, query: &TableQuery, now: DateTime<Utc>, id: Uuid) -> Option<u64>;
}

/// What has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begun {
    /// The rows are being taken over.
    Rows,
    /// There are too many rows to take them over; the server answers.
    TooLong,
}

/// Whether there is more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Call again.
    More,
    /// All is done; queries are answered from the new rows.
    Done,
}

/// The rows and their index.
pub(super) struct WholeTable<L: Listed> {
    schema: &'static TableSchema,
    generation: u32,
    ready: Option<Ready<L>>,
    next: Option<Next<L>>,
}

struct Ready<L: Listed> {
    rows: Vec<Rc<L>>,
    shared: L::Shared,
    index: TableIndex,
}

/// What is on its way.
struct Next<L: Listed> {
    reader: ListReader<L>,
    rows: Vec<Rc<L>>,
    shared: L::Shared,
    /// By how much the references of the rows that are being read move.
    moved: u32,
    builder: TableIndexBuilder,
    indexed: usize,
    index: Option<(TableIndex, usize)>,
}

impl<L: Listed> WholeTable<L> {
    pub(super) fn new(schema: &'static TableSchema) -> Self {
        Self {
            schema,
            generation: 0,
            ready: None,
            next: None,
        }
    }
}

impl<L: Listed> Next<L> {
    /// Reads some rows, then indexes some, then prepares the sort orders one by one.
    fn work(&mut self, columns: usize) -> Result<Progress, NotAList> {
        let mut left = SLICE;
        while left > 0
            && let Some(mut row) = self.reader.next()?
        {
            row.move_references(self.moved);
            self.rows.push(Rc::new(row));
            left -= 1;
        }
        if left == 0 {
            return Ok(Progress::More);
        }
        let end = (self.indexed + left).min(self.rows.len());
        for row in &self.rows[self.indexed..end] {
            row.index(&self.shared, &mut self.builder);
        }
        self.indexed = end;
        if self.indexed < self.rows.len() {
            return Ok(Progress::More);
        }
        Ok(self.prepare_sort(columns))
    }

    fn prepare_sort(&mut self, columns: usize) -> Progress {
        let schema = self.builder.schema();
        let (index, prepared) = self.index.get_or_insert_with(|| {
            let builder = std::mem::replace(&mut self.builder, TableIndexBuilder::new(schema));
            (builder.finish(), 0)
        });
        if *prepared < columns {
            index.prepare_sort(*prepared);
            *prepared += 1;
            Progress::More
        } else {
            Progress::Done
        }
    }
}

impl<L: Listed> Whole for WholeTable<L> {
    fn begin(&mut self, answer: Vec<u8>, ids: &[Uuid]) -> Result<Begun, NotAList> {
        self.next = None;
        let Some(mut reader) = ListReader::<L>::new(answer)? else {
            self.ready = None;
            return Ok(Begun::TooLong);
        };
        let (mut rows, mut shared) = (Vec::new(), L::Shared::default());
        if !ids.is_empty()
            && let Some(ready) = &self.ready
        {
            let replaced: HashSet<&Uuid> = ids.iter().collect();
            rows.extend(ready.rows.iter().filter(|row| !replaced.contains(&row.id())).cloned());
            shared = ready.shared.clone();
        }
        let moved = shared.append(reader.take_shared());
        self.next = Some(Next {
            reader,
            rows,
            shared,
            moved,
            builder: TableIndexBuilder::new(self.schema),
            indexed: 0,
            index: None,
        });
        Ok(Begun::Rows)
    }

    fn work(&mut self) -> Result<Progress, NotAList> {
        let Some(mut next) = self.next.take() else {
            return Ok(Progress::Done);
        };
        if next.work(self.schema.specs().len())? == Progress::More {
            self.next = Some(next);
            return Ok(Progress::More);
        }
        if let Some((index, _)) = next.index {
            self.generation += 1;
            self.ready = Some(Ready {
                rows: next.rows,
                shared: next.shared,
                index,
            });
        }
        Ok(Progress::Done)
    }

    fn is_ready(&self) -> bool {
        self.ready.is_some()
    }

    fn page(&mut self, query: &TableQuery, now: DateTime<Utc>) -> Option<Page<RowHandle>> {
        let generation = self.generation;
        let Ready { rows, shared, index } = self.ready.as_mut()?;
        let page = index.evaluate(query, now).page_of(rows);
        Some(page.map(|row| RowHandle {
            id: row.id(),
            generation,
            row: Arc::new(row.row(shared)),
        }))
    }

    fn page_with(&mut self, query: &TableQuery, now: DateTime<Utc>, id: Uuid) -> Option<u64> {
        let Ready { rows, index, .. } = self.ready.as_mut()?;
        let matching = index.matching(query, now);
        let place = matching
            .iter()
            .position(|row| rows.get(*row as usize).is_some_and(|row| row.id() == id))?;
        Some(place as u64 / query.size.rows() + 1)
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use domain::{
        ids::SmsGroupId,
        sms_group::{ListedGroup, ListedPerson, TABLE},
        table::WholeList,
    };

    use super::*;
    use crate::server_fns::list::encode;

    fn group(n: u128, name: &str) -> ListedGroup {
        ListedGroup {
            id: SmsGroupId(Uuid::from_u128(n)),
            version: 1,
            name: name.to_owned(),
            owner: 0,
            members: Vec::new(),
            numbers: Vec::new(),
        }
    }

    fn list(groups: Vec<ListedGroup>) -> WholeList<ListedGroup> {
        let owner = ListedPerson {
            display_name: "Ada Brandt".to_owned(),
            user_principal_name: "ada@company.example".to_owned(),
            unreachable: None,
        };
        WholeList::Rows(vec![owner], groups)
    }

    fn take_over(whole: &mut WholeTable<ListedGroup>, list: &WholeList<ListedGroup>, ids: &[Uuid]) -> Begun {
        let begun = whole.begin(encode(list).unwrap(), ids).unwrap();
        while whole.work().unwrap() == Progress::More {}
        begun
    }

    fn found(whole: &mut WholeTable<ListedGroup>, query: &str) -> Option<Vec<Uuid>> {
        let query = TableQuery::parse_lenient(query, &TABLE);
        let page = whole.page(&query, DateTime::UNIX_EPOCH)?;
        Some(page.rows.iter().map(|row| row.id).collect())
    }

    #[test]
    fn what_became_of_some_rows_takes_their_place() {
        let [first, second, third] = [1, 2, 3].map(Uuid::from_u128);
        let mut whole = WholeTable::new(&TABLE);
        assert_eq!(found(&mut whole, ""), None);
        let all = list(vec![group(1, "Billing"), group(2, "Claims")]);
        assert_eq!(take_over(&mut whole, &all, &[]), Begun::Rows);
        assert_eq!(found(&mut whole, ""), Some(vec![first, second]));

        // The first is gone, the second has another name, the third is new.
        let some = list(vec![group(2, "Zoning"), group(3, "Yard")]);
        assert_eq!(take_over(&mut whole, &some, &[first, second, third]), Begun::Rows);
        assert_eq!(found(&mut whole, ""), Some(vec![third, second]));
        assert_eq!(found(&mut whole, "search=claims"), Some(Vec::new()));
    }

    #[test]
    fn a_list_that_has_grown_too_long_answers_nothing_any_more() {
        let mut whole = WholeTable::new(&TABLE);
        take_over(&mut whole, &list(vec![group(1, "Billing")]), &[]);
        assert!(whole.is_ready());
        assert_eq!(take_over(&mut whole, &WholeList::TooLong, &[]), Begun::TooLong);
        assert!(!whole.is_ready());
        assert_eq!(found(&mut whole, ""), None);
    }
}
