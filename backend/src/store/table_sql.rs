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
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, NullOrdering, Order, SelectStatement},
};
use uuid::Uuid;

/// Where the values of one column are found.
#[derive(Clone, Debug)]
pub(crate) enum SqlColumn {
    /// The folded text, for a column of the kind `Text`.
    Text(Expr),
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
            Self::Text(_) => ColumnKind::Text,
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
}

impl SqlList {
    /// The texts `element` of `rows`: a select without columns that names the row of the outer query in its conditions,
    /// such as `FROM tag WHERE tag.item_id = item.id`.
    #[must_use]
    pub(crate) fn new(rows: SelectStatement, element: impl Into<Expr>) -> Self {
        Self {
            rows,
            element: element.into(),
        }
    }
}

/// Where a table of the interface is found in the database.
#[derive(Clone, Debug)]
pub(crate) struct SqlTable {
    schema: &'static TableSchema,
    columns: Vec<SqlColumn>,
    search_only: Vec<SqlList>,
    search_only_texts: Vec<Expr>,
    id: Expr,
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
            id: id.into(),
        }
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
    /// The same rows to count, perhaps without joins.
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
    /// Counts all rows by `all`, the rows of `base` without its joins: SQLite carries joins out even where a count does
    /// not need them.
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
        let select = self.in_order(self.filtered(), db);
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
        let select = self.filtered();
        let matching = if self.plan.keeps_all() {
            total
        } else {
            count(select.clone(), db).await?
        };
        let (page, before) = self.plan.page_of(matching);
        let size = self.plan.size;
        let select = self.in_order(select, db).limit(size.rows()).offset(before);
        let page = Page {
            rows: Vec::new(),
            total,
            matching,
            page,
            size,
        };
        Ok((page, (matching > 0).then_some(select)))
    }

    /// The rows that match.
    fn filtered(&self) -> Select<E> {
        if self.plan.keeps_all() {
            return self.base.clone();
        }
        self.base.clone().filter(condition::of_plan(&self.plan, self.table))
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
    let counted = counted.unwrap_or_default();
    u64::try_from(counted).map_err(|_| DbErr::Type(format!("counted {counted} rows")))
}
