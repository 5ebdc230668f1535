//! Filling a table's index row by row, so that a browser can pause between rows.

use uuid::Uuid;

use super::{
    column::Column,
    evaluator::TableIndex,
    fold::fold,
    haystack::Haystack,
    schema::{ColumnKind, TableSchema},
    value::IndexRow,
};

/// An index that is being filled. Rows are spoken of by the order in which they are pushed.
#[derive(Debug)]
pub struct TableIndexBuilder {
    schema: &'static TableSchema,
    columns: Vec<Column>,
    texts: Haystack,
    phones: Haystack,
    ids: Vec<Uuid>,
}

impl TableIndexBuilder {
    /// For a table without rows yet.
    #[must_use]
    pub fn new(schema: &'static TableSchema) -> Self {
        Self {
            schema,
            columns: schema.specs().iter().map(|spec| Column::of(spec.kind)).collect(),
            texts: Haystack::default(),
            phones: Haystack::default(),
            ids: Vec::new(),
        }
    }

    /// The table it is for.
    #[must_use]
    pub fn schema(&self) -> &'static TableSchema {
        self.schema
    }

    /// Adds a row, whose values stand in the order of the schema's columns.
    pub fn push<const N: usize>(&mut self, row: IndexRow<'_, N>) {
        debug_assert_eq!(N, self.columns.len(), "a value for each column");
        let place = self.ids.len();
        self.ids.push(row.id);
        for ((column, spec), value) in self.columns.iter_mut().zip(self.schema.specs()).zip(row.values) {
            column.push(spec, value);
            if let (Column::Texts(column), true) = (&*column, spec.searchable) {
                for text in column.row(place) {
                    self.texts.push(text);
                    if spec.kind == ColumnKind::Phone {
                        self.phones.push(text);
                    }
                }
            }
        }
        row.search_only.iter().for_each(|text| self.texts.push(&fold(text)));
        self.texts.end_row();
        self.phones.end_row();
    }

    /// The index of all rows that were pushed.
    #[must_use]
    pub fn finish(self) -> TableIndex {
        let mut by_id: Vec<u32> = (0..).take(self.ids.len()).collect();
        by_id.sort_unstable_by_key(|row| self.ids[*row as usize]);
        let mut id_ranks = vec![0; self.ids.len()];
        for (rank, row) in (0..).zip(by_id) {
            id_ranks[row as usize] = rank;
        }
        TableIndex::new(self.schema, self.columns, self.texts, self.phones, id_ranks)
    }
}
