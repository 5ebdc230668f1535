//! What a table declares about its columns.

use super::query::{Direction, SortKey, SortMode, TableQuery};

/// What the values of a column are, which decides how they are searched, filtered and sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// One text.
    Text,
    /// Any number of texts.
    TextList,
    /// Any number of phone numbers in E.164 form; found however they are typed.
    Phone,
    /// A whole number.
    Number,
    /// A moment.
    Date,
    /// One of a few known words, [`ColumnSpec::choices`].
    Choice,
}

/// One word that a choice column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// The stored and transmitted form.
    pub value: &'static str,
    /// What people read, and what quick search looks at.
    pub label: &'static str,
}

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Its name in addresses and in code: small letters, digits and underscores.
    pub id: &'static str,
    /// What its values are.
    pub kind: ColumnKind,
    /// The words of a choice column in their sort order; none for other kinds.
    pub choices: &'static [ChoiceOption],
    /// Whether quick search looks at it.
    pub searchable: bool,
    /// Whether conditions can be put on it.
    pub filterable: bool,
    /// Whether the table can be sorted by it.
    pub sortable: bool,
}

impl ColumnSpec {
    /// A column of one text.
    #[must_use]
    pub const fn text(id: &'static str) -> Self {
        Self::new(id, ColumnKind::Text)
    }

    /// A column of several texts.
    #[must_use]
    pub const fn text_list(id: &'static str) -> Self {
        Self::new(id, ColumnKind::TextList)
    }

    /// A column of phone numbers.
    #[must_use]
    pub const fn phone(id: &'static str) -> Self {
        Self::new(id, ColumnKind::Phone)
    }

    /// A column of one whole number.
    #[must_use]
    pub const fn number(id: &'static str) -> Self {
        Self::new(id, ColumnKind::Number)
    }

    /// A column of one moment. Quick search finds it by its day or its month, in UTC like the conditions on it; not by its
    /// time, and not by how far away it is, which would find other rows a minute later.
    #[must_use]
    pub const fn date(id: &'static str) -> Self {
        Self::new(id, ColumnKind::Date)
    }

    /// A column of one of `choices`, which sort in the order given.
    #[must_use]
    pub const fn choice(id: &'static str, choices: &'static [ChoiceOption]) -> Self {
        Self {
            choices,
            ..Self::new(id, ColumnKind::Choice)
        }
    }

    const fn new(id: &'static str, kind: ColumnKind) -> Self {
        Self {
            id,
            kind,
            choices: &[],
            searchable: true,
            filterable: true,
            sortable: true,
        }
    }

    /// Keeps quick search away from the column.
    #[must_use]
    pub const fn not_searchable(mut self) -> Self {
        self.searchable = false;
        self
    }

    /// Lets no conditions be put on the column.
    #[must_use]
    pub const fn not_filterable(mut self) -> Self {
        self.filterable = false;
        self
    }

    /// Lets the table not be sorted by the column.
    #[must_use]
    pub const fn not_sortable(mut self) -> Self {
        self.sortable = false;
        self
    }

    /// Where `value` stands among the choices.
    pub(super) fn choice_position(&self, value: &str) -> Option<usize> {
        self.choices.iter().position(|choice| choice.value == value)
    }
}

/// The columns of a table and the order it has when nobody chose one.
///
/// Declared as `TableSchema<[ColumnSpec; N]>`, so that whoever lists something per column (cells, SQL expressions) is
/// held to their number by the compiler; passed on as `&TableSchema`.
#[derive(Clone, Copy, Debug)]
pub struct TableSchema<C: ?Sized = [ColumnSpec]> {
    default_column: &'static str,
    default_direction: Direction,
    columns: C,
}

impl<const N: usize> TableSchema<[ColumnSpec; N]> {
    /// A table of these columns, sorted by the first one.
    #[must_use]
    pub const fn new(columns: [ColumnSpec; N]) -> Self {
        const { assert!(N > 0, "a table has columns") };
        Self {
            default_column: columns[0].id,
            default_direction: Direction::Ascending,
            columns,
        }
    }

    /// The same table with another order of its own.
    #[must_use]
    pub const fn sorted_by(mut self, column: &'static str, direction: Direction) -> Self {
        self.default_column = column;
        self.default_direction = direction;
        self
    }

    /// The columns, to be taken apart by pattern.
    #[must_use]
    pub const fn columns(&self) -> &[ColumnSpec; N] {
        &self.columns
    }
}

impl TableSchema {
    /// The columns.
    #[must_use]
    pub const fn specs(&self) -> &[ColumnSpec] {
        &self.columns
    }

    /// The column called `id` and its place.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<(usize, &ColumnSpec)> {
        self.columns.iter().enumerate().find(|(_, column)| column.id == id)
    }

    /// What the table is sorted by under `query`: its sort keys, or the table's own order when it has none. For
    /// headings.
    #[must_use]
    pub fn sort_of(&self, query: &TableQuery) -> Vec<SortKey> {
        if query.sort.is_empty() {
            vec![SortKey {
                column: self.default_column.to_owned(),
                direction: self.default_direction,
            }]
        } else {
            query.sort.clone()
        }
    }

    /// The query after a press on the heading of `column`. It always turns or changes the order: where the table's own
    /// order would come again, the rows are sorted the other way.
    #[must_use]
    pub fn sorted_by_heading(&self, query: &TableQuery, column: &str) -> TableQuery {
        let sort = self.sort_of(query);
        let shown = TableQuery {
            sort: sort.clone(),
            ..query.clone()
        };
        let mut next = shown.with_sort_toggled(column, SortMode::Replace);
        if self.sort_of(&next) == sort {
            next.sort = vec![SortKey {
                column: column.to_owned(),
                direction: Direction::Ascending,
            }];
        }
        next
    }
}
