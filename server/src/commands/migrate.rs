//! `migrate`: brings the schema up to date.

use std::{io::Write, process::ExitCode};

use super::{CommandError, with_core};
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings) -> Result<ExitCode, CommandError> {
    with_core(settings, async |_| Ok(())).await?;
    writeln!(std::io::stdout(), "The database is up to date.")?;
    Ok(ExitCode::SUCCESS)
}
