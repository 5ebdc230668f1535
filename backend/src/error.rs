//! From database errors to what a person may read; the cause is logged here, once, under the request's id.

use domain::error::Error;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::context::OpContext;

/// The answer to a failed query: busy databases are told apart, everything else is our own fault.
pub(crate) fn internal(ctx: &OpContext, error: DbErr) -> Error {
    if is_busy(&error) {
        tracing::warn!(request_id = %ctx.request_id, error = %error, "the database is busy");
        return Error::Unavailable;
    }
    tracing::error!(request_id = %ctx.request_id, error = %error, "a query failed");
    Error::Internal {
        request_id: ctx.request_id.0,
    }
}

/// Logs a fault of ours that is not a failed query.
pub(crate) fn fault(ctx: &OpContext, what: &str, error: &dyn std::fmt::Display) -> Error {
    tracing::error!(request_id = %ctx.request_id, %error, "{what}");
    Error::Internal {
        request_id: ctx.request_id.0,
    }
}

/// Whether the write broke a uniqueness rule.
pub(crate) fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Whether the write pointed at a row that is not there.
pub(crate) fn is_foreign_key_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_)))
}

/// Whether another try may succeed: SQLite's BUSY and LOCKED, PostgreSQL's serialization failures, deadlocks and lack
/// of connections.
pub(crate) fn is_busy(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_)) {
        return true;
    }
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    cause
        .as_database_error()
        .and_then(|error| error.code())
        .is_some_and(|code| {
            matches!(
                code.as_ref(),
                "5" | "6" | "261" | "517" | "40001" | "40P01" | "53300" | "55P03"
            )
        })
}
