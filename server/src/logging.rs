//! The log: to the standard error stream, for people or as JSON.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt};

use crate::{
    commands::CommandError,
    settings::{LogFormat, Settings},
};

/// Starts logging.
///
/// # Errors
/// [`CommandError::Log`] when the filter cannot be read or logging has been started before.
pub fn start(settings: &Settings) -> Result<(), CommandError> {
    let filter = EnvFilter::try_new(&settings.log).map_err(|error| CommandError::Log(error.to_string()))?;
    let log = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let started = match settings.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    started.map_err(|error| CommandError::Log(error.to_string()))
}
