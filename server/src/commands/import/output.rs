//! Where the answers of an import go: the terminal, and the files that were asked for.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use backend::{
    import::{Cells, Header, RejectedRows, ReportFile},
    services::import::{ImportMode, MissingUsers, RowSink},
};
use clap::Args;
use domain::import::{ImportSummary, MissingUser, RowOutcome, RowReport, UserImportSummary};

use super::super::CommandError;

/// The files to write.
#[derive(Args, Debug)]
pub(super) struct Places {
    /// Write what became of every row into this CSV file
    #[arg(long, value_name = "FILE.csv")]
    report: Option<PathBuf>,
    /// Write the rejected rows with the reason into this CSV file, to be mended and imported again
    #[arg(long, value_name = "FILE.csv")]
    rejected: Option<PathBuf>,
}

/// Prints the rows that need somebody and keeps the others in files.
pub(super) struct Output {
    out: BufWriter<io::Stdout>,
    file: String,
    mode: ImportMode,
    /// What becomes of people who are not in the file.
    pub(super) missing: MissingUsers,
    report: Option<ReportFile<NewFile>>,
    rejected: Option<RejectedRows<NewFile>>,
}

impl Output {
    pub(super) fn new(
        file: &Path,
        places: &Places,
        header: &Header,
        delimiter: u8,
        mode: ImportMode,
    ) -> Result<Self, CommandError> {
        let paths = [Some(file), places.report.as_deref(), places.rejected.as_deref()];
        let paths: Vec<&Path> = paths.into_iter().flatten().collect();
        for (at, path) in paths.iter().enumerate() {
            if paths.iter().skip(at + 1).any(|other| place(other) == place(path)) {
                return Err(CommandError::OneFileTwice(path.to_path_buf()));
            }
        }
        let create = |path: &PathBuf| NewFile::create(path).map_err(|cause| not_written(path, cause));
        let report = places.report.as_ref().map(create).transpose()?;
        let rejected = places.rejected.as_ref().map(create).transpose()?;
        Ok(Self {
            out: BufWriter::new(io::stdout()),
            file: file.display().to_string(),
            mode,
            missing: MissingUsers::Keep,
            report: report.map(|out| ReportFile::new(out, delimiter)).transpose()?,
            rejected: rejected
                .map(|out| RejectedRows::new(out, header, delimiter))
                .transpose()?,
        })
    }

    /// Gives the files their names and tells what the import came to.
    pub(super) fn finish(mut self, rows: &ImportSummary) -> Result<(), CommandError> {
        self.keep_files()?;
        let ImportSummary {
            added,
            updated,
            unchanged,
            rejected,
        } = rows;
        let file = &self.file;
        match self.mode {
            ImportMode::Apply => writeln!(
                self.out,
                "{file}: {added} added, {updated} updated, {unchanged} unchanged, {rejected} rejected."
            )?,
            ImportMode::DryRun => writeln!(
                self.out,
                "{file}: {added} to be added, {updated} to be updated, {unchanged} unchanged, {rejected} to be rejected. \
                 This was a dry run; nothing was changed."
            )?,
        }
        Ok(self.out.flush()?)
    }

    /// As [`Output::finish`], and tells who is missing.
    pub(super) fn finish_users(mut self, summary: &UserImportSummary) -> Result<(), CommandError> {
        let sentence = match (summary.missing, self.missing) {
            (None, MissingUsers::Keep) => None,
            (None, MissingUsers::Disable) => {
                Some("Nobody was disabled: the rejected rows could be about the people who are missing.".to_owned())
            }
            (Some(0), _) => None,
            (Some(missing), MissingUsers::Keep) => Some(format!(
                "{missing} enabled people are not in the file. If it has all people of the tenant, --disable-missing \
                 disables them."
            )),
            (Some(missing), MissingUsers::Disable) => Some(match self.mode {
                ImportMode::Apply => format!("{missing} people who are not in the file were disabled."),
                ImportMode::DryRun => format!("{missing} people who are not in the file would be disabled."),
            }),
        };
        if let Some(sentence) = sentence {
            writeln!(self.out, "{sentence}")?;
        }
        self.finish(&summary.rows)
    }

    fn keep_files(&mut self) -> Result<(), CommandError> {
        let report = self.report.take().map(ReportFile::finish);
        let rejected = self.rejected.take().map(RejectedRows::finish);
        for file in [report, rejected].into_iter().flatten() {
            let kept = file.and_then(NewFile::keep);
            match self.mode {
                ImportMode::Apply => kept.map_err(CommandError::ReportLost)?,
                ImportMode::DryRun => kept?,
            }
        }
        Ok(())
    }
}

impl RowSink for Output {
    fn row(&mut self, report: RowReport, cells: &Cells) -> io::Result<()> {
        if let RowOutcome::Rejected { reason } = &report.outcome {
            match report.subject.as_str() {
                "" => writeln!(self.out, "Line {}: {reason}", report.line)?,
                subject => writeln!(self.out, "Line {}, {subject}: {reason}", report.line)?,
            }
        }
        if let Some(file) = &mut self.report {
            file.row(&report)?;
        }
        match &mut self.rejected {
            Some(file) => file.row(&report, cells),
            None => Ok(()),
        }
    }

    fn missing(&mut self, user: MissingUser) -> io::Result<()> {
        let MissingUser {
            user_principal_name,
            display_name,
            numbers,
            owned_groups,
        } = &user;
        writeln!(
            self.out,
            "Not in the file: {display_name} ({user_principal_name}), {numbers} numbers, owner of {owned_groups} groups."
        )?;
        match &mut self.report {
            Some(file) => file.missing(&user, self.missing == MissingUsers::Disable),
            None => Ok(()),
        }
    }
}

/// A file that appears under its name only when it is complete; until then it is called `NAME.partial`.
struct NewFile {
    path: PathBuf,
    partial: PathBuf,
    out: File,
    kept: bool,
}

impl NewFile {
    fn create(path: &Path) -> io::Result<Self> {
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        Ok(Self {
            path: path.to_path_buf(),
            out: File::create(&partial)?,
            partial: partial.into(),
            kept: false,
        })
    }

    fn keep(mut self) -> io::Result<()> {
        self.out.sync_all()?;
        fs::rename(&self.partial, &self.path)?;
        self.kept = true;
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.kept {
            // An import that failed has said so already; its incomplete report is of no use.
            drop(fs::remove_file(&self.partial));
        }
    }
}

fn not_written(path: &Path, cause: io::Error) -> CommandError {
    CommandError::NotWritten {
        path: path.to_path_buf(),
        cause,
    }
}

/// Where a path leads, also when there is nothing there yet.
fn place(path: &Path) -> PathBuf {
    if let Ok(found) = path.canonicalize() {
        return found;
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default();
    folder
        .canonicalize()
        .unwrap_or_else(|_| folder.to_path_buf())
        .join(name)
}
