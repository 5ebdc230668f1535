//! Puts down what becomes of the rows of a file, a batch at a time.

use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    error::Error,
    ids::ImportUploadId,
    import::{MissingUser, OutcomeKind, OutcomeRow, RowReport},
};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::run::Run;
use crate::{
    Backend,
    access::EnterpriseScope,
    context::OpContext,
    error::internal,
    import::{Cells, Header, RejectedRows},
    jobs::{JobError, Work},
    services::import::{ImportError, ImportMode, RowSink},
    store::{self, import_upload::outcome},
};

/// How many outcomes are written with one statement.
const AT_ONCE: usize = 1_000;

/// The outcomes of one run.
pub(super) struct Outcomes<'o> {
    ctx: &'o OpContext,
    backend: &'o Backend,
    scope: EnterpriseScope,
    upload: ImportUploadId,
    run: Uuid,
    mode: ImportMode,
    /// The task it is done for, and how many rows there are.
    work: Option<&'o Work>,
    total: Option<u64>,
    told: u32,
    /// What is not put down yet: rows, and bytes of the file with the rejected ones.
    rows: Vec<OutcomeRow>,
    bytes: Bytes,
    rejected: Option<RejectedRows<Bytes>>,
    pieces: i32,
}

/// Bytes that are written here and taken out there.
#[derive(Clone, Default)]
struct Bytes(Arc<Mutex<Vec<u8>>>);

impl Bytes {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'o> Outcomes<'o> {
    /// None yet, for a file with that header.
    pub(super) fn new(run: &Run<'o>, header: &Header, delimiter: u8) -> Result<Self, ImportError> {
        let bytes = Bytes::default();
        Ok(Self {
            ctx: run.ctx,
            backend: run.backend,
            scope: run.scope,
            upload: run.upload.id,
            run: store::new_id(),
            mode: run.mode,
            work: run.work,
            total: run.upload.summary.map(|summary| summary.rows.total()),
            told: 0,
            rows: Vec::new(),
            rejected: Some(RejectedRows::new(bytes.clone(), header, delimiter)?),
            bytes,
            pieces: 0,
        })
    }

    /// Puts down what is left; tells the id of the run.
    pub(super) async fn finish(mut self, db: &DatabaseTransaction) -> Result<Uuid, ImportError> {
        if let Some(rejected) = self.rejected.take() {
            rejected.finish()?;
        }
        self.put_down(db).await?;
        Ok(self.run)
    }

    fn add(&mut self, line: Option<u32>, subject: String, outcome: OutcomeKind, reason: String) {
        self.told += 1;
        self.rows.push(OutcomeRow {
            position: self.told,
            line,
            subject,
            outcome,
            reason,
        });
    }

    async fn put_down(&mut self, db: &DatabaseTransaction) -> Result<(), ImportError> {
        let ctx = self.ctx;
        let failed = |error| internal(ctx, error);
        match self.mode {
            ImportMode::Apply => self.write(db).await.map_err(failed)?,
            // A transaction of its own: that of a dry run only reads.
            ImportMode::DryRun => {
                let db = store::begin_write(self.backend.database()).await.map_err(failed)?;
                self.write(&db).await.map_err(failed)?;
                db.commit().await.map_err(failed)?;
            }
        }
        let Some(work) = self.work else { return Ok(()) };
        let told = work.progress_beside_transaction(self.told.into(), self.total).await;
        told.map_err(|error| match error {
            JobError::Database(error) => failed(error).into(),
            JobError::LeaseLost | JobError::Again(_) | JobError::Hopeless(_) => Error::Unavailable.into(),
        })
    }

    async fn write(&mut self, db: &DatabaseTransaction) -> Result<(), DbErr> {
        let mut rows = mem::take(&mut self.rows);
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(AT_ONCE));
            outcome::add(db, &self.scope, self.upload, self.run, rows).await?;
            rows = rest;
        }
        let bytes = self.bytes.take();
        if !bytes.is_empty() {
            outcome::add_rejected(db, &self.scope, self.upload, self.run, (self.pieces, bytes)).await?;
            self.pieces += 1;
        }
        Ok(())
    }
}

impl RowSink for Outcomes<'_> {
    fn row(&mut self, report: RowReport, cells: &Cells) -> io::Result<()> {
        if let Some(rejected) = &mut self.rejected {
            rejected.row(&report, cells)?;
        }
        let kind = OutcomeKind::from(&report.outcome);
        let details = report.outcome.details().into_owned();
        let line = u32::try_from(report.line).unwrap_or(u32::MAX);
        self.add(Some(line), report.subject, kind, details);
        Ok(())
    }

    fn missing(&mut self, user: MissingUser) -> io::Result<()> {
        let MissingUser {
            user_principal_name,
            display_name,
            numbers,
            owned_groups,
        } = user;
        let holds = format!("{display_name}: {numbers} numbers, owner of {owned_groups} groups");
        self.add(None, user_principal_name, OutcomeKind::Missing, holds);
        Ok(())
    }

    async fn settled(&mut self, db: &DatabaseTransaction) -> Result<(), ImportError> {
        self.put_down(db).await
    }
}
