//! Importing users and numbers, as a transport does it, on both databases.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod access;
mod from_carrier;
mod numbers;
mod schema;
mod upload_access;
mod upload_tasks;
mod uploading;
mod uploads;
mod users;
mod whole;

use std::{
    io::{self, Cursor},
    path::Path,
};

use backend::{
    Backend,
    context::OpContext,
    import::{Cells, ImportFile, NumberColumns, TeamsLicenses, UserColumns},
    services::import::{self, ImportError, ImportMode, ImportOptions, MissingUsers, RowSink},
    testing::{TestEnterprise, TestPortal},
};
use domain::import::{ImportSummary, MissingUser, RowOutcome, RowReport, UserImportSummary};

/// Everything that an import tells.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    rows: Vec<RowReport>,
    missing: Vec<MissingUser>,
}

impl RowSink for Told {
    fn row(&mut self, report: RowReport, _cells: &Cells) -> io::Result<()> {
        self.rows.push(report);
        Ok(())
    }

    fn missing(&mut self, user: MissingUser) -> io::Result<()> {
        self.missing.push(user);
        Ok(())
    }
}

impl Told {
    /// One line for each row: its line, its subject, what became of it and why, or what was changed.
    fn lines(&self) -> Vec<String> {
        let line = |row: &RowReport| {
            let outcome = match &row.outcome {
                RowOutcome::Added { .. } => "added".to_owned(),
                RowOutcome::Updated { .. } => format!("updated {}", row.outcome.details()),
                RowOutcome::Unchanged => "unchanged".to_owned(),
                RowOutcome::Rejected { reason } => reason.clone(),
            };
            format!("{} {}: {outcome}", row.line, row.subject)
        };
        self.rows.iter().map(line).collect()
    }

    fn missing_names(&self) -> Vec<&str> {
        self.missing.iter().map(|user| user.display_name.as_str()).collect()
    }
}

fn options(mode: ImportMode) -> ImportOptions {
    ImportOptions {
        file_name: "file.csv".to_owned(),
        mode,
    }
}

/// One of the sample files.
fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap()
}

/// Imports numbers on behalf of somebody.
async fn numbers_as(
    ctx: &OpContext,
    backend: &Backend,
    at: &TestEnterprise,
    file: impl Into<Vec<u8>>,
    mode: ImportMode,
) -> (Result<ImportSummary, ImportError>, Told) {
    let file: ImportFile<_, NumberColumns> = ImportFile::open(Cursor::new(file.into()), ()).unwrap();
    let mut told = Told::default();
    let summary = import::numbers(ctx, backend, at.slug(), file, &options(mode), &mut told).await;
    (summary, told)
}

/// Imports numbers as the command line does.
async fn numbers(portal: &TestPortal, at: &TestEnterprise, file: impl Into<Vec<u8>>) -> (ImportSummary, Told) {
    let (summary, told) = numbers_as(&portal.system(), portal.backend(), at, file, ImportMode::Apply).await;
    (summary.unwrap(), told)
}

/// Imports users on behalf of somebody.
async fn users_as(
    ctx: &OpContext,
    backend: &Backend,
    at: &TestEnterprise,
    file: impl Into<Vec<u8>>,
    missing: MissingUsers,
    mode: ImportMode,
) -> (Result<UserImportSummary, ImportError>, Told) {
    let file: ImportFile<_, UserColumns> =
        ImportFile::open(Cursor::new(file.into()), TeamsLicenses::default()).unwrap();
    let mut told = Told::default();
    let summary = import::users(ctx, backend, at.slug(), file, missing, &options(mode), &mut told).await;
    (summary, told)
}

/// Imports users as the command line does, leaving alone who is missing. What a dry run would have told is compared with
/// what then happens.
async fn users(portal: &TestPortal, at: &TestEnterprise, file: impl Into<Vec<u8>>) -> (UserImportSummary, Told) {
    let (ctx, backend, file) = (portal.system(), portal.backend(), file.into());
    let dry = users_as(&ctx, backend, at, file.clone(), MissingUsers::Keep, ImportMode::DryRun).await;
    let (summary, told) = users_as(&ctx, backend, at, file, MissingUsers::Keep, ImportMode::Apply).await;
    let summary = summary.unwrap();
    assert_eq!(
        (dry.0.unwrap(), &dry.1),
        (summary, &told),
        "the dry run told something else"
    );
    (summary, told)
}

/// Rows that were added, updated, left alone and rejected.
fn counts(summary: ImportSummary) -> [u64; 4] {
    [summary.added, summary.updated, summary.unchanged, summary.rejected]
}
