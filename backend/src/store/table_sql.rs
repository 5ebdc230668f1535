//! Answers table queries in SQL, on SQLite and PostgreSQL alike.
//!
//! A [`SqlTable`] says where the columns of a [`TableSchema`] are found in the database; [`TableSelect`] puts it together
//! with a query and a tenant's rows into one page of the answer. What a query means is settled by `domain::table` in a
//! [`Plan`]; here it is only written down. The database compares folded texts (`domain::table::fold`) that the store
//! has put into `*_search` columns; nothing is folded in SQL. Values are always bound, never part of the SQL text. No
//! entity is named here.

#[cfg(test)]
mod agreement;
mod condition;
mod order;

use chrono::{DateTime, Utc};
use domain::table::{ColumnKind, ColumnSpec, Page, Plan, TableQuery, TableSchema};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select, Value,
    sea_query::{Expr, ExprTrait, NullOrdering, Order, SelectStatement},
};
use uuid::Uuid;

/// Where the values of one column are found.
#[derive(Clone, Debug)]
pub(crate) enum SqlColumn {
    /// The folded text, for a column of the kind `Text`.
    Text(Expr),
    /// The same where the text stands in another table, and the sets that quick search finds it by.
    TextAmong(Expr, Vec<SqlSet>),
    /// The folded texts, for a column of the kind `TextList`.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the agreement with the evaluator covers every kind of column")
    )]
    TextList(SqlList),
    /// The numbers in E.164 form, for a column of the kind `Phone`.
    Phone(SqlList),
    /// The one number in E.164 form, for a column of the kind `Phone` of which each row has exactly one.
    OnePhone(Expr),
    /// The number, for a column of the kind `Number`; a column, or a subquery that counts.
    Number(Expr),
    /// The moment, for a column of the kind `Date`.
    Date(Expr),
    /// The stored form of the choice, for a column of the kind `Choice`.
    Choice(Expr),
}

impl SqlColumn {
    fn kind(&self) -> ColumnKind {
        match self {
            Self::Text(_) | Self::TextAmong(..) => ColumnKind::Text,
            Self::TextList(_) => ColumnKind::TextList,
            Self::Phone(_) | Self::OnePhone(_) => ColumnKind::Phone,
            Self::Number(_) => ColumnKind::Number,
            Self::Date(_) => ColumnKind::Date,
            Self::Choice(_) => ColumnKind::Choice,
        }
    }
}

/// Several texts of one row, which stand in other tables.
#[derive(Clone, Debug)]
pub(crate) struct SqlList {
    rows: SelectStatement,
    element: Expr,
    among: Option<SqlSet>,
}

impl SqlList {
    /// The texts `element` of `rows`: a select without columns that names the row of the outer query in its conditions,
    /// such as `FROM tag WHERE tag.item_id = item.id`.
    #[must_use]
    pub(crate) fn new(rows: SelectStatement, element: impl Into<Expr>) -> Self {
        Self {
            rows,
            element: element.into(),
            among: None,
        }
    }

    /// Finds rows by their texts through `set`, which holds the same texts of all rows, instead of looking at the texts
    /// of each row.
    #[must_use]
    pub(crate) fn found_among(mut self, set: SqlSet) -> Self {
        self.among = Some(set);
        self
    }
}

/// Texts in other tables, to be looked through once for a whole question: what is found there is a set of keys, and a
/// row is found when it refers to one of them. Where few texts belong to many rows, or many to each, that is far less than
/// looking at the texts of each row.
#[derive(Clone, Debug)]
pub(crate) struct SqlSet {
    outer: Expr,
    holders: SelectStatement,
    texts: Vec<Expr>,
    through: Option<(SelectStatement, Expr)>,
}

impl SqlSet {
    /// The rows of the outer query whose `outer` is selected by `holders` with one of the folded texts `texts`.
    /// `holders` is a select of one column that is never null, of the tenant's rows alone, and names nothing of the outer query.
    #[must_use]
    pub(crate) fn new(outer: Expr, holders: SelectStatement, texts: impl IntoIterator<Item = Expr>) -> Self {
        Self {
            outer,
            holders,
            texts: texts.into_iter().collect(),
            through: None,
        }
    }

    /// Compares `outer` with what `rows` selects, of those rows whose `key` is among the holders. To `rows` applies
    /// what applies to holders.
    #[must_use]
    pub(crate) fn through(mut self, rows: SelectStatement, key: Expr) -> Self {
        self.through = Some((rows, key));
        self
    }
}

/// Where a table of the interface is found in the database.
#[derive(Clone, Debug)]
pub(crate) struct SqlTable {
    schema: &'static TableSchema,
    columns: Vec<SqlColumn>,
    search_only: Vec<SqlList>,
    search_only_texts: Vec<Expr>,
    search_only_sets: Vec<SqlSet>,
    joined: Vec<usize>,
    counted_while_found: bool,
    id: Expr,
    numbered: bool,
}

impl SqlTable {
    /// A table whose rows are told apart by `id`, with where each column of the schema is found, in the schema's order
    /// and of the kind that the schema says.
    #[must_use]
    pub(crate) fn new<const N: usize>(
        schema: &'static TableSchema<[ColumnSpec; N]>,
        id: impl Into<Expr>,
        columns: [SqlColumn; N],
    ) -> Self {
        let fits = |(column, spec): (&SqlColumn, &ColumnSpec)| column.kind() == spec.kind;
        debug_assert!(
            columns.iter().zip(schema.columns()).all(fits),
            "columns are of the kinds of the schema"
        );
        Self {
            schema,
            columns: columns.into(),
            search_only: Vec::new(),
            search_only_texts: Vec::new(),
            search_only_sets: Vec::new(),
            joined: Vec::new(),
            counted_while_found: false,
            id: id.into(),
            numbered: false,
        }
    }

    /// Says that the rows are told apart by whole numbers and not by UUIDs.
    #[must_use]
    pub(crate) fn numbered(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// Lets quick search also find rows by folded texts that no column shows.
    #[must_use]
    pub(crate) fn also_found_by(mut self, texts: SqlList) -> Self {
        self.search_only.push(texts);
        self
    }

    /// Lets quick search also find rows by a folded text that no column shows and that not every row has.
    #[must_use]
    pub(crate) fn also_found_by_text(mut self, text: Expr) -> Self {
        self.search_only_texts.push(text);
        self
    }

    /// Lets quick search also find rows by folded texts of other tables that no column shows.
    #[must_use]
    pub(crate) fn also_found_among(mut self, texts: SqlSet) -> Self {
        self.search_only_sets.push(texts);
        self
    }

    /// Says which columns, by their places, are read from the joins that a count of the rows does without. What asks
    /// for none of them is answered without those joins.
    #[must_use]
    pub(crate) fn joined_columns(mut self, places: impl IntoIterator<Item = usize>) -> Self {
        self.joined = places.into_iter().collect();
        self
    }

    /// Finds and counts in one pass, which is best where the sets of a question are costly. Otherwise a database can read
    /// in the order of an index, stop when the page is full, and count only if it is.
    #[must_use]
    pub(crate) fn counted_while_found(mut self) -> Self {
        self.counted_while_found = true;
        self
    }

    /// Whether the plan looks at a column that is read from a join. The page's own columns are not meant.
    fn needs_joins(&self, plan: &Plan) -> bool {
        let searched = |place: &usize| {
            let Some(search) = &plan.search else { return false };
            self.schema.specs()[*place].searchable
                && match &self.columns[*place] {
                    SqlColumn::TextAmong(..) => false,
                    SqlColumn::Number(_) => search.number.is_some(),
                    SqlColumn::Date(_) => search.days.is_some(),
                    SqlColumn::Choice(_) => search.choices.iter().any(|(other, _)| other == place),
                    SqlColumn::Text(_) | SqlColumn::TextList(_) | SqlColumn::Phone(_) | SqlColumn::OnePhone(_) => true,
                }
        };
        let asked = plan.filters.iter().map(|(place, _)| place);
        let mut asked = asked.chain(plan.order.iter().map(|(place, _)| place));
        asked.any(|place| self.joined.contains(place)) || self.joined.iter().any(searched)
    }

    /// Whether a row is one of `ids`.
    #[must_use]
    pub(crate) fn is_one_of(&self, ids: &[Uuid]) -> Expr {
        self.id.clone().is_in(ids.iter().copied())
    }
}

/// A query for one page of a table.
#[derive(Clone, Debug)]
pub(crate) struct TableSelect<'t, E: EntityTrait> {
    table: &'t SqlTable,
    base: Select<E>,
    /// The same rows to be counted and found, perhaps without joins.
    all: Select<E>,
    plan: Plan,
    /// How many rows `base` has, if that is known.
    total: Option<u64>,
}

impl<'t, E: EntityTrait> TableSelect<'t, E> {
    /// Asks `query` of the rows of `base` at `now`. `base` selects each row of the table once, without an order or a
    /// limit of its own: the tenant's rows, with the joins that the columns of the table need.
    #[must_use]
    pub(crate) fn new(table: &'t SqlTable, base: Select<E>, query: &TableQuery, now: DateTime<Utc>) -> Self {
        Self {
            table,
            all: base.clone(),
            base,
            plan: Plan::new(query, table.schema, now),
            total: None,
        }
    }

    /// Says how many rows `base` has, where that is known without counting them.
    #[must_use]
    pub(crate) fn with_total(mut self, total: u64) -> Self {
        self.total = Some(total);
        self
    }

    /// Counts all rows by `all`, the rows of `base` without its joins, and finds them by it where the question does not
    /// need the joins either: SQLite carries joins out even where a count does not need them.
    #[must_use]
    pub(crate) fn counted_by(mut self, all: Select<E>) -> Self {
        self.all = all;
        self
    }

    /// The rows of the page, with the columns that `base` selects.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) async fn rows<M: FromQueryResult>(&self, db: &impl ConnectionTrait) -> Result<Page<M>, DbErr> {
        let (page, select) = self.page(db).await?;
        let rows = match select {
            Some(select) => select.into_model().all(db).await?,
            None => Vec::new(),
        };
        Ok(Page { rows, ..page })
    }

    /// The ids of all rows that match, in order, whatever the page.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) async fn matching(&self, db: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
        let select = self.in_order(self.found(db), db);
        select
            .select_only()
            .expr(self.table.id.clone())
            .into_tuple()
            .all(db)
            .await
    }

    /// The ids of the rows of the page, which is what the agreement with the evaluator compares.
    ///
    /// # Errors
    /// What the database says.
    #[cfg(test)]
    pub(crate) async fn ids(&self, db: &impl ConnectionTrait) -> Result<Page<Uuid>, DbErr> {
        let (page, select) = self.page(db).await?;
        let rows = match select {
            Some(select) => {
                select
                    .select_only()
                    .expr(self.table.id.clone())
                    .into_tuple()
                    .all(db)
                    .await?
            }
            None => Vec::new(),
        };
        Ok(Page { rows, ..page })
    }

    /// The page without its rows, and the select that reads them, if there are any.
    async fn page<T>(&self, db: &impl ConnectionTrait) -> Result<(Page<T>, Option<Select<E>>), DbErr> {
        let total = match self.total {
            Some(total) => total,
            None => count(self.all.clone(), db).await?,
        };
        let size = self.plan.size;
        let page = |matching, page| Page {
            rows: Vec::new(),
            total,
            matching,
            page,
            size,
        };
        if self.plan.keeps_all() {
            let (number, before) = self.plan.page_of(total);
            let select = self.in_order(self.base.clone(), db).limit(size.rows()).offset(before);
            return Ok((page(total, number), (total > 0).then_some(select)));
        }
        let (matching, number, ids) = self.found_on_page(total, db).await?;
        let is_empty = ids.is_empty();
        let select = self.in_order(self.base.clone().filter(self.table.id.clone().is_in(ids)), db);
        Ok((page(matching, number), (!is_empty).then_some(select)))
    }

    /// How many of `total` rows match, which page is shown, and the ids of its rows. This reads nothing but what is
    /// asked about; the columns of a page are read for its few rows.
    async fn found_on_page(&self, total: u64, db: &impl ConnectionTrait) -> Result<(u64, u64, Vec<Value>), DbErr> {
        // No page lies behind the last one of all rows.
        let (number, before) = self.plan.page_of(total);
        let (ids, matching) = self.found_from(before, db).await?;
        let matching = match matching {
            Some(matching) => matching,
            None => count(self.found(db), db).await?,
        };
        if ids.is_empty() && before > 0 {
            // The page lies behind the last one of those that match.
            let (number, before) = self.plan.page_of(matching);
            let (ids, _) = self.found_from(before, db).await?;
            return Ok((matching, number, ids));
        }
        Ok((matching, number, ids))
    }

    /// The ids of a page of the matching rows, after `before` others, and how many match if that has become known.
    async fn found_from(&self, before: u64, db: &impl ConnectionTrait) -> Result<(Vec<Value>, Option<u64>), DbErr> {
        let size = self.plan.size.rows();
        let select = self.in_order(self.found(db), db).limit(size).offset(before);
        let select = select.select_only().expr(self.table.id.clone());
        if self.table.counted_while_found {
            let select = select.expr(Expr::cust("COUNT(*) OVER ()"));
            let rows: Vec<(Uuid, i64)> = select.into_tuple().all(db).await?;
            let matching = rows.first().map(|(_, matching)| counted(*matching)).transpose()?;
            let ids = rows.into_iter().map(|(id, _)| id.into()).collect();
            return Ok((ids, matching.or((before == 0).then_some(0))));
        }
        let ids: Vec<Value> = if self.table.numbered {
            let ids: Vec<i32> = select.into_tuple().all(db).await?;
            ids.into_iter().map(Value::from).collect()
        } else {
            let ids: Vec<Uuid> = select.into_tuple().all(db).await?;
            ids.into_iter().map(Value::from).collect()
        };
        let found = ids.len() as u64;
        let is_last = found < size && (found > 0 || before == 0);
        Ok((ids, is_last.then_some(before + found)))
    }

    /// The rows that match, without joins that are not needed to find them.
    fn found(&self, db: &impl ConnectionTrait) -> Select<E> {
        let rows = if self.table.needs_joins(&self.plan) {
            &self.base
        } else {
            &self.all
        };
        if self.plan.keeps_all() {
            return rows.clone();
        }
        let condition = condition::of_plan(&self.plan, self.table, db.get_database_backend());
        rows.clone().filter(condition)
    }

    fn in_order(&self, mut select: Select<E>, db: &impl ConnectionTrait) -> Select<E> {
        for (place, direction) in &self.plan.order {
            let key = order::key(&self.table.columns[*place], &self.table.schema.specs()[*place], db);
            let (order, nulls) = order::direction(*direction);
            select = select.order_by_with_nulls(key, order, nulls);
        }
        select.order_by_with_nulls(self.table.id.clone(), Order::Asc, NullOrdering::First)
    }
}

/// How many rows a select has.
async fn count<E: EntityTrait>(select: Select<E>, db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let counted: Option<i64> = select
        .select_only()
        .expr(Expr::cust("COUNT(*)"))
        .into_tuple()
        .one(db)
        .await?;
    self::counted(counted.unwrap_or_default())
}

fn counted(rows: i64) -> Result<u64, DbErr> {
    u64::try_from(rows).map_err(|_| DbErr::Type(format!("counted {rows} rows")))
}
