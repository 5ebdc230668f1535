//! Importing users and numbers from files.
//!
//! An import is one transaction: it is carried out with all of its good rows and an audit entry, or not at all. Rows that
//! cannot be used are rejected one by one and do not keep the others from being carried out. A thread of its own reads
//! and checks rows ahead of the database, a few batches at most, so that memory does not grow with the file.
//!
//! Every row is reported as soon as it is decided, to a [`RowSink`]; that it stays so is certain only when the import has
//! returned. A dry run decides by the same code and writes nothing.

mod numbers;
mod reader;
mod users;

use std::{collections::HashMap, io};

use domain::{
    access::Resource,
    audit::{AuditAction, AuditSubject},
    error::Error,
    import::{ImportSummary, MissingUser, RowOutcome, RowReport},
};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::Serialize;
use thiserror::Error;

pub use self::{
    numbers::numbers,
    users::{MissingUsers, users},
};
pub(crate) use self::{numbers::numbers_within, users::users_within};
use crate::{
    Backend,
    access::EnterpriseScope,
    context::OpContext,
    error::{internal, is_unique_violation},
    import::{Cells, FileError, ParsedRow},
    services::config_snapshot,
    store,
};

/// How to import.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The file's name, for the audit log.
    pub file_name: String,
    /// Whether to change something or only to tell what would be changed.
    pub mode: ImportMode,
}

/// Whether an import changes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportMode {
    /// Carry it out.
    Apply,
    /// Tell what would be done; nothing is written and nobody is kept waiting.
    DryRun,
}

/// Who is told about the rows.
pub trait RowSink: Send {
    /// A row was decided.
    ///
    /// # Errors
    /// When the answer cannot be kept; the import ends without a change then.
    fn row(&mut self, report: RowReport, cells: &Cells) -> io::Result<()>;

    /// An enabled person of the portal is not in the file.
    ///
    /// # Errors
    /// As [`RowSink::row`].
    fn missing(&mut self, user: MissingUser) -> io::Result<()>;

    /// All that was told so far is decided in `db`, the transaction of the import; a moment to put it down, there or
    /// elsewhere, before more comes.
    ///
    /// # Errors
    /// When it cannot be put down; the import ends without a change then.
    fn settled(&mut self, _db: &DatabaseTransaction) -> impl Future<Output = Result<(), ImportError>> + Send {
        std::future::ready(Ok(()))
    }
}

/// Why nothing was imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file cannot be read to its end.
    #[error("The file {0}.")]
    File(#[from] FileError),
    /// Who asks may not, or the database failed.
    #[error(transparent)]
    Refused(#[from] Error),
    /// The rows' answers could not be kept.
    #[error("The report cannot be written: {0}.")]
    Report(#[from] io::Error),
}

impl From<ImportError> for Error {
    /// For transports whose reports are kept in memory: what is wrong with the file is the fault of the field `file`.
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Refused(error) => error,
            ImportError::File(_) | ImportError::Report(_) => Self::invalid("file", error.to_string()),
        }
    }
}

/// What the audit log keeps of an import.
#[derive(Serialize)]
struct Imported<'i, S> {
    file: &'i str,
    #[serde(flatten)]
    summary: &'i S,
}

/// An import under way. Dropped without [`Import::finish`] it leaves nothing behind.
struct Import<'i> {
    ctx: &'i OpContext,
    scope: &'i EnterpriseScope,
    resource: Resource,
    options: &'i ImportOptions,
    db: DatabaseTransaction,
    rows: ImportSummary,
}

impl<'i> Import<'i> {
    async fn begin(
        ctx: &'i OpContext,
        backend: &Backend,
        scope: &'i EnterpriseScope,
        resource: Resource,
        options: &'i ImportOptions,
    ) -> Result<Self, Error> {
        let failed = |error| internal(ctx, error);
        let db = match options.mode {
            ImportMode::Apply => store::begin_write(backend.database()).await,
            ImportMode::DryRun => store::begin_read(backend.database()).await,
        };
        let import = Self {
            ctx,
            scope,
            resource,
            options,
            db: db.map_err(failed)?,
            rows: ImportSummary::default(),
        };
        if import.writes() {
            store::enterprise::lock_for_import(&import.db, scope)
                .await
                .map_err(failed)?;
        }
        Ok(import)
    }

    fn writes(&self) -> bool {
        self.options.mode == ImportMode::Apply
    }

    /// The answer to a failed query. Somebody who added the same row at the same moment makes another try succeed.
    fn failed(&self, error: DbErr) -> Error {
        if is_unique_violation(&error) {
            tracing::warn!(request_id = %self.ctx.request_id, %error, "an import met another change");
            return Error::Unavailable;
        }
        internal(self.ctx, error)
    }

    /// Counts and reports rows in their order.
    async fn report<T: Send>(
        &mut self,
        batch: Vec<(ParsedRow<T>, RowOutcome)>,
        sink: &mut impl RowSink,
    ) -> Result<(), ImportError> {
        for (row, outcome) in batch {
            self.rows.count(&outcome);
            let report = RowReport {
                line: row.line,
                subject: row.subject,
                outcome,
            };
            sink.row(report, &row.cells)?;
        }
        sink.settled(&self.db).await
    }

    /// Writes the audit entry; what is left to do is to make everything lasting ([`settle`]).
    async fn finish(self, summary: &(impl Serialize + Sync)) -> Result<DatabaseTransaction, Error> {
        if !self.writes() {
            return Ok(self.db);
        }
        let subject = AuditSubject {
            action: AuditAction::Import,
            resource: self.resource,
            id: None,
        };
        let imported = Imported {
            file: &self.options.file_name,
            summary,
        };
        store::audit::write(&self.db, self.ctx, self.scope, subject, None::<&()>, Some(&imported))
            .await
            .map_err(|error| self.failed(error))?;
        config_snapshot::changed(&self.db, self.ctx, self.scope)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(self.db)
    }
}

/// Makes everything lasting, or leaves nothing behind after a dry run.
async fn settle(ctx: &OpContext, db: DatabaseTransaction, mode: ImportMode) -> Result<(), Error> {
    let settled = match mode {
        ImportMode::Apply => db.commit().await,
        ImportMode::DryRun => db.rollback().await,
    };
    settled.map_err(|error| internal(ctx, error))
}

/// Puts things that are to be changed alike together, so that each change is one statement.
struct Alike<C, I>(HashMap<C, Vec<I>>);

impl<C: Eq + std::hash::Hash, I> Alike<C, I> {
    fn new() -> Self {
        Self(HashMap::new())
    }

    fn add(&mut self, change: C, id: I) {
        self.0.entry(change).or_default().push(id);
    }

    fn groups(&self) -> impl Iterator<Item = (&C, &Vec<I>)> {
        self.0.iter()
    }
}

/// A row that is not carried out.
fn rejected(reason: impl Into<String>) -> RowOutcome {
    RowOutcome::Rejected { reason: reason.into() }
}
