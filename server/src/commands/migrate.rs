//! `migrate`: brings the schema up to date.

use std::{io::Write, process::ExitCode};

use super::{CommandError, open};
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings) -> Result<ExitCode, CommandError> {
    open(settings).await?;
    writeln!(std::io::stdout(), "The database is up to date.")?;
    Ok(ExitCode::SUCCESS)
}
