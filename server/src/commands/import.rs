//! `import`: users and numbers from a file, with an answer for every row.

mod output;

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::ExitCode,
};

use backend::{
    import::{FileError, ImportFile, Layout, NumberColumns, UserColumns},
    services::import::{self, ImportError, ImportMode, ImportOptions, MissingUsers},
};
use clap::{Args, Subcommand};
use domain::enterprise::EnterpriseSlug;

use self::output::{Output, Places};
use super::{CommandError, context, with_core};
use crate::settings::Settings;

/// What the program ends with when it has carried out an import but not all rows of the file. 1 is a failure, 2 a
/// command line that cannot be understood.
const SOME_REJECTED: u8 = 3;

const EXIT_STATUS: &str = "Exit status: 0 when every row is fine, 3 when rows were rejected (the others are imported), \
    1 when nothing was imported, 2 when the command line cannot be understood.";

/// What to import.
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// People, from Entra's Download users or the Microsoft 365 admin center's Active users
    #[command(after_help = EXIT_STATUS)]
    Users(ImportUsers),
    /// Phone numbers: the columns Country Code and Phone Number, or Number; optional are SMS, MMS, Group MMS, Voice,
    /// Carrier Profile, Domain
    #[command(after_help = EXIT_STATUS)]
    Numbers(ImportNumbers),
}

/// Which file, into which enterprise, and where to put the answers.
#[derive(Args, Debug)]
struct From {
    /// A text file with a header: separated by comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252
    file: PathBuf,
    /// The enterprise, by its name in addresses
    #[arg(long)]
    enterprise: EnterpriseSlug,
    /// Tell what would become of each row and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    places: Places,
}

/// Options for users.
#[derive(Args, Debug)]
pub(super) struct ImportUsers {
    #[command(flatten)]
    from: From,
    /// Disable the people who are not in the file; only for a file with all people of the tenant
    #[arg(long)]
    disable_missing: bool,
}

/// Options for numbers.
#[derive(Args, Debug)]
pub(super) struct ImportNumbers {
    #[command(flatten)]
    from: From,
}

impl Import {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CommandError> {
        match self {
            Self::Users(command) => command.run(settings).await,
            Self::Numbers(command) => command.run(settings).await,
        }
    }
}

impl ImportUsers {
    async fn run(self, settings: &Settings) -> Result<ExitCode, CommandError> {
        let from = self.from;
        let file: ImportFile<_, UserColumns> = from.open(settings.teams_licenses.clone())?;
        let missing = if self.disable_missing {
            MissingUsers::Disable
        } else {
            MissingUsers::Keep
        };
        let mut output = from.output(&file)?;
        output.missing = missing;
        let options = from.options();
        let summary = with_core(settings, async |backend| {
            import::users(
                &context(),
                backend,
                &from.enterprise,
                file,
                missing,
                &options,
                &mut output,
            )
            .await
            .map_err(|error| from.failed(error))
        })
        .await?;
        output.finish_users(&summary)?;
        Ok(exit_code(summary.rows.rejected))
    }
}

impl ImportNumbers {
    async fn run(self, settings: &Settings) -> Result<ExitCode, CommandError> {
        let from = self.from;
        let file: ImportFile<_, NumberColumns> = from.open(())?;
        let mut output = from.output(&file)?;
        let options = from.options();
        let summary = with_core(settings, async |backend| {
            import::numbers(&context(), backend, &from.enterprise, file, &options, &mut output)
                .await
                .map_err(|error| from.failed(error))
        })
        .await?;
        output.finish(&summary)?;
        Ok(exit_code(summary.rejected))
    }
}

impl From {
    /// Opens the file and looks at it, before anything else is touched.
    fn open<L: Layout>(&self, settings: L::Settings) -> Result<ImportFile<File, L>, CommandError> {
        let opened = readable(&self.file).and_then(|file| ImportFile::open(file, settings));
        opened.map_err(|cause| self.unusable(cause))
    }

    fn output<L: Layout>(&self, file: &ImportFile<File, L>) -> Result<Output, CommandError> {
        let mode = self.options().mode;
        Output::new(&self.file, &self.places, file.header(), file.delimiter(), mode)
    }

    fn options(&self) -> ImportOptions {
        let name = self.file.file_name().unwrap_or(self.file.as_os_str());
        ImportOptions {
            file_name: name.to_string_lossy().into_owned(),
            mode: if self.dry_run {
                ImportMode::DryRun
            } else {
                ImportMode::Apply
            },
        }
    }

    fn unusable(&self, cause: FileError) -> CommandError {
        CommandError::ImportFile {
            path: self.file.clone(),
            cause,
        }
    }

    fn failed(&self, error: ImportError) -> CommandError {
        match error {
            ImportError::File(cause) => self.unusable(cause),
            ImportError::Refused(error) => error.into(),
            ImportError::Report(error) => error.into(),
        }
    }
}

/// Opens a file for reading; anything else that has a path is refused, since a pipe could not be read twice.
fn readable(path: &Path) -> Result<File, FileError> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(FileError::NotAFile);
    }
    Ok(File::open(path)?)
}

fn exit_code(rejected: u64) -> ExitCode {
    if rejected == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(SOME_REJECTED)
    }
}
