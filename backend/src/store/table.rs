//! The tables of an enterprise, as far as they are alike: a page, the ids of what matches, rows by their ids, all rows.
//! How a table differs from the others says its [`Tabular`] row. No entity is named here.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    table::{Listed, Page, TableQuery, WholeList},
};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, Select};
use uuid::Uuid;

use super::{
    at_most_whole_list, in_order,
    table_sql::{SqlTable, TableSelect},
    whole_list,
};
use crate::access::EnterpriseScope;

/// A row of a table of an enterprise, as it is shown.
pub(crate) trait Tabular: Sized + Send + 'static {
    /// What the rows are. Who may read those may read the table.
    const RESOURCE: Resource;

    /// The table of the database that has a row for each.
    type Entity: EntityTrait;

    /// The row as it is read, before it is completed.
    type Stored: FromQueryResult + Send;

    /// Where the columns of the tenant's table are found.
    fn columns(scope: &EnterpriseScope, now: DateTime<Utc>) -> Cow<'static, SqlTable>;

    /// Each of the tenant's rows once, with the joins that the columns need.
    fn select(scope: &EnterpriseScope, now: DateTime<Utc>) -> Select<Self::Entity>;

    /// The same rows to be counted and found, without joins that do not change how many there are. Columns that are read
    /// from those joins are named to [`SqlTable::joined_columns`].
    fn counted(scope: &EnterpriseScope, now: DateTime<Utc>) -> Select<Self::Entity> {
        Self::select(scope, now)
    }

    /// How many rows the tenant has, where that is known without counting them.
    fn total(
        _db: &impl ConnectionTrait,
        _scope: &EnterpriseScope,
    ) -> impl Future<Output = Result<Option<u64>, DbErr>> + Send {
        std::future::ready(Ok(None))
    }

    /// What tells the row from others.
    fn id_of(stored: &Self::Stored) -> Uuid;

    /// The rows as they are shown at `now`, in the same order. The number of queries does not grow with the rows.
    fn complete(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        stored: Vec<Self::Stored>,
        now: DateTime<Utc>,
    ) -> impl Future<Output = Result<Vec<Self>, DbErr>> + Send;
}

/// A row of a table that browsers take over as a whole.
pub(crate) trait Whole: Tabular {
    /// The id of what the row is.
    type Id: Copy + Into<Uuid>;

    /// The row on its way to the browser.
    type Listed: Listed;

    /// All rows, or those of `ids` if there are any.
    fn all(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        ids: &[Self::Id],
        now: DateTime<Utc>,
    ) -> impl Future<Output = Result<WholeList<Self::Listed>, DbErr>> + Send;
}

/// One page of the table.
pub(crate) async fn list<T: Tabular>(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    query: &TableQuery,
    now: DateTime<Utc>,
) -> Result<Page<T>, DbErr> {
    let table = T::columns(scope, now);
    let mut select = TableSelect::new(&table, T::select(scope, now), query, now).counted_by(T::counted(scope, now));
    if let Some(total) = T::total(db, scope).await? {
        select = select.with_total(total);
    }
    let page: Page<T::Stored> = select.rows(db).await?;
    Ok(Page {
        rows: T::complete(db, scope, page.rows, now).await?,
        total: page.total,
        matching: page.matching,
        page: page.page,
        size: page.size,
    })
}

/// The ids of all rows that match, in order.
pub(crate) async fn matching<T: Tabular>(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    query: &TableQuery,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, DbErr> {
    let table = T::columns(scope, now);
    TableSelect::new(&table, T::select(scope, now), query, now)
        .counted_by(T::counted(scope, now))
        .matching(db)
        .await
}

/// The rows of `ids`, in their order; those that are gone by now are left out.
pub(crate) async fn rows<T: Tabular>(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<T>, DbErr> {
    let select = T::select(scope, now).filter(T::columns(scope, now).is_one_of(ids));
    let found: Vec<T::Stored> = select.into_model().all(db).await?;
    T::complete(db, scope, in_order(ids, found, T::id_of), now).await
}

/// The rows of [`Whole::all`] before they are completed; one more than a whole list may have, at the most.
pub(crate) async fn stored<T: Whole>(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[T::Id],
    now: DateTime<Utc>,
) -> Result<Vec<T::Stored>, DbErr> {
    let mut select = T::select(scope, now);
    if !ids.is_empty() {
        let ids: Vec<Uuid> = ids.iter().copied().map(Into::into).collect();
        select = select.filter(T::columns(scope, now).is_one_of(&ids));
    }
    at_most_whole_list(select).into_model().all(db).await
}

/// [`Whole::all`] of a table whose rows travel as they are shown.
pub(crate) async fn all<T: Whole + Listed<Shared = ()>>(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[T::Id],
    now: DateTime<Utc>,
) -> Result<WholeList<T>, DbErr> {
    let stored = stored::<T>(db, scope, ids, now).await?;
    Ok(whole_list((), T::complete(db, scope, stored, now).await?))
}

/// [`Tabular::complete`] of a table whose rows are read with all that is shown; `$row` makes such a row.
macro_rules! complete_as_read {
    ($row:path) => {
        async fn complete(
            _db: &impl ::sea_orm::ConnectionTrait,
            _scope: &$crate::access::EnterpriseScope,
            stored: Vec<Self::Stored>,
            _now: ::chrono::DateTime<::chrono::Utc>,
        ) -> Result<Vec<Self>, ::sea_orm::DbErr> {
            stored.into_iter().map($row).collect()
        }
    };
}
pub(crate) use complete_as_read;

/// [`Whole`] for a row that travels as it is shown.
macro_rules! whole_as_shown {
    ($row:ty, $id:ty) => {
        impl $crate::store::table::Whole for $row {
            type Id = $id;
            type Listed = Self;

            async fn all(
                db: &impl ::sea_orm::ConnectionTrait,
                scope: &$crate::access::EnterpriseScope,
                ids: &[$id],
                now: ::chrono::DateTime<::chrono::Utc>,
            ) -> Result<::domain::table::WholeList<Self>, ::sea_orm::DbErr> {
                $crate::store::table::all::<Self>(db, scope, ids, now).await
            }
        }
    };
}
pub(crate) use whole_as_shown;
