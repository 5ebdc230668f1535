//! Exports: the rows of a table that match a query, in order, piece by piece.
//!
//! Which rows there are is settled once, by their ids; what is in them is read as they are handed out. So an export holds
//! neither a row twice nor a gap when rows are changed meanwhile, memory holds one piece and 16 bytes for each row that
//! is still to come, and nobody who reads slowly keeps the database waiting.

use std::{future::Future, pin::Pin};

use chrono::{DateTime, Utc};
use domain::error::Error;
use sea_orm::DbErr;
use uuid::Uuid;

use crate::{Backend, access::EnterpriseScope, context::OpContext, error::internal};

/// How many rows are read at once.
const PIECE: usize = 500;

/// Rows on their way from the database.
pub(super) type Reading<'r, R> = Pin<Box<dyn Future<Output = Result<Vec<R>, DbErr>> + Send + 'r>>;

/// Reads the rows of some ids, in their order, as they are at a moment.
pub(super) type Read<R> = for<'r> fn(&'r Backend, &'r EnterpriseScope, &'r [Uuid], DateTime<Utc>) -> Reading<'r, R>;

/// Rows that are handed out piece by piece.
pub struct Export<R> {
    ctx: OpContext,
    backend: Backend,
    scope: EnterpriseScope,
    left: std::vec::IntoIter<Uuid>,
    read: Read<R>,
}

impl<R> Export<R> {
    /// The rows of `ids`, which lie in `scope`.
    pub(super) fn new(
        ctx: &OpContext,
        backend: &Backend,
        scope: EnterpriseScope,
        ids: Result<Vec<Uuid>, DbErr>,
        read: Read<R>,
    ) -> Result<Self, Error> {
        Ok(Self {
            ctx: ctx.clone(),
            backend: backend.clone(),
            scope,
            left: ids.map_err(|error| internal(ctx, error))?.into_iter(),
            read,
        })
    }

    /// Whether the asking person has to do with the carriers of numbers here.
    #[must_use]
    pub fn shows_carriers(&self) -> bool {
        self.scope.shows_carriers()
    }

    /// The next rows; none when all have been handed out. A piece is empty when all of its rows are gone by now.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
    pub async fn next_piece(&mut self) -> Result<Option<Vec<R>>, Error> {
        let ids: Vec<Uuid> = self.left.by_ref().take(PIECE).collect();
        if ids.is_empty() {
            return Ok(None);
        }
        let rows = (self.read)(&self.backend, &self.scope, &ids, self.ctx.now).await;
        rows.map(Some).map_err(|error| internal(&self.ctx, error))
    }
}
