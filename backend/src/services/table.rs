//! What the tables of an enterprise offer, whichever they are: a page, the rows for a file, all rows.
//!
//! [`table_services`] makes the three of them for one table, in the module of its resource.

use chrono::{DateTime, Utc};
use domain::{
    access::Action,
    enterprise::EnterpriseSlug,
    error::Error,
    table::{Page, TableQuery, WholeList},
};
use uuid::Uuid;

use super::export::{Export, Reading};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    store::{
        self,
        table::{Tabular, Whole},
    },
};

/// The services `list`, `export` and `list_all` of a table: its name, its row, the row on its way to the browser, and
/// the id of what it is.
macro_rules! table_services {
    ($name:literal, $row:ty, $listed:ty, $id:ty) => {
        #[doc = concat!("One page of the ", $name, " table.")]
        ///
        /// # Errors
        /// As `access::authorize`; `Error::Unavailable` or `Error::Internal` when the database fails.
        pub async fn list(
            ctx: &$crate::context::OpContext,
            backend: &$crate::Backend,
            enterprise: &::domain::enterprise::EnterpriseSlug,
            query: &::domain::table::TableQuery,
        ) -> Result<::domain::table::Page<$row>, ::domain::error::Error> {
            $crate::services::table::list::<$row>(ctx, backend, enterprise, query).await
        }

        #[doc = concat!(
            "The rows of the ", $name, " table that `query` finds, in its order, whatever the page; for files."
        )]
        ///
        /// # Errors
        /// As `access::authorize`; `Error::Unavailable` or `Error::Internal` when the database fails.
        pub async fn export(
            ctx: &$crate::context::OpContext,
            backend: &$crate::Backend,
            enterprise: &::domain::enterprise::EnterpriseSlug,
            query: &::domain::table::TableQuery,
        ) -> Result<$crate::services::export::Export<$row>, ::domain::error::Error> {
            $crate::services::table::export::<$row>(ctx, backend, enterprise, query).await
        }

        #[doc = concat!(
            "All rows of the ", $name, " table, or those of `ids` if there are any; for browsers that answer queries by ",
            "themselves."
        )]
        ///
        /// # Errors
        /// As `access::authorize`; `Error::Unavailable` or `Error::Internal` when the database fails.
        pub async fn list_all(
            ctx: &$crate::context::OpContext,
            backend: &$crate::Backend,
            enterprise: &::domain::enterprise::EnterpriseSlug,
            ids: &[$id],
        ) -> Result<::domain::table::WholeList<$listed>, ::domain::error::Error> {
            $crate::services::table::list_all::<$row>(ctx, backend, enterprise, ids).await
        }
    };
}
pub(super) use table_services;

/// One page of the table.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub(super) async fn list<T: Tabular>(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Page<T>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, T::RESOURCE).await?;
    store::table::list::<T>(backend.database(), &scope, query, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}

/// The rows that `query` finds, in its order, whatever the page.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub(super) async fn export<T: Tabular>(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Export<T>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, T::RESOURCE).await?;
    let ids = store::table::matching::<T>(backend.database(), &scope, query, ctx.now).await;
    Export::new(ctx, backend, scope, ids, exported::<T>)
}

fn exported<'r, T: Tabular>(
    backend: &'r Backend,
    scope: &'r EnterpriseScope,
    ids: &'r [Uuid],
    now: DateTime<Utc>,
) -> Reading<'r, T> {
    Box::pin(store::table::rows::<T>(backend.database(), scope, ids, now))
}

/// All rows, or those of `ids` if there are any.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub(super) async fn list_all<T: Whole>(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    ids: &[T::Id],
) -> Result<WholeList<T::Listed>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, T::RESOURCE).await?;
    T::all(backend.database(), &scope, ids, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}
