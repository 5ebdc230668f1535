//! The command line: one file per command.

mod audit;
mod create_admin;
mod demo_data;
mod import;
mod migrate;
mod reset_password;
mod rotate_keys;
mod serve;

use std::{path::PathBuf, process::ExitCode};

use backend::{
    Backend, Parts, StartError,
    alerts::{Messenger, SetUpError},
    carriers::{Carriers, Timing},
    config::{DatabaseSettings, Migrate},
    context::{Actor, OpContext},
    import::FileError,
};
use chrono::Utc;
use clap::{Parser, Subcommand};
use domain::ids::RequestId;
use thiserror::Error;
use uuid::Uuid;

use crate::{
    assets::AssetsError,
    settings::{GivenSettings, Settings, SettingsError},
};

/// Set up text messaging for the Microsoft Teams users of many companies.
#[derive(Debug, Parser)]
#[command(name = "messaging-portal", version, about)]
pub struct CommandLine {
    /// A TOML file with settings; flags and environment win over it
    #[arg(long, env = "PORTAL_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: GivenSettings,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests (the default)
    Serve,
    /// Bring the database's schema up to date and end
    Migrate,
    /// Fill an empty database with content for trying things out
    DemoData(demo_data::DemoData),
    /// Make an account and print its one-time password
    CreateAdmin(create_admin::CreateAdmin),
    /// Give an account a new one-time password and print it
    ResetPassword(reset_password::ResetPassword),
    /// Bring in users or phone numbers from a file
    #[command(subcommand)]
    Import(import::Import),
    /// Check the audit log
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Encrypt all credentials with a new key, or finish doing so; servers may run meanwhile
    RotateKeys,
}

/// Why a command could not be carried out: one sentence for whoever started it.
#[derive(Debug, Error)]
pub enum CommandError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] StartError),
    /// Carriers could not be talked to.
    #[error("Connections to carriers cannot be set up: {0}.")]
    Carriers(String),
    /// Alerts could not be sent.
    #[error(transparent)]
    Alerts(#[from] SetUpError),
    /// The built files cannot be served.
    #[error(transparent)]
    Assets(#[from] AssetsError),
    /// The address cannot be listened on.
    #[error("The portal cannot listen on {address}: {cause}.")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The core refused.
    #[error("{0}")]
    Refused(domain::error::Error),
    /// The core refused what was given for one or more options.
    #[error("{0}")]
    Options(String),
    /// Writing to the terminal or a file failed.
    #[error("Writing failed: {0}.")]
    Output(#[from] std::io::Error),
    /// A file cannot be imported.
    #[error("{} {cause}.", .path.display())]
    ImportFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: FileError,
    },
    /// A file that was asked for cannot be made.
    #[error("{} cannot be written: {cause}.", .path.display())]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// An import would overwrite its own file, or one of its reports the other.
    #[error("{} is named twice. The imported file, the report and the rejected rows must be different files.", .0.display())]
    OneFileTwice(PathBuf),
    /// An import is done, its report is not.
    #[error("The import was carried out, but its report could not be written: {0}.")]
    ReportLost(std::io::Error),
    /// Demo content is for empty databases only.
    #[error("The database is not empty. Demo content is added to an empty database only.")]
    NotEmpty,
    /// The log filter is not one.
    #[error("The log setting cannot be used: {0}.")]
    Log(String),
}

impl From<domain::error::Error> for CommandError {
    fn from(error: domain::error::Error) -> Self {
        let fields = error.field_errors();
        if fields.is_empty() {
            return Self::Refused(error);
        }
        let sentences = fields
            .iter()
            .map(|field| format!("{}: {}", option_of(&field.field), field.message));
        Self::Options(sentences.collect::<Vec<_>>().join(" "))
    }
}

/// The option that a field of the core comes from.
fn option_of(field: &str) -> String {
    match field {
        "display_name" => "name".to_owned(),
        other => other.replace('_', "-"),
    }
}

/// Carries out the command line.
///
/// # Errors
/// [`CommandError`], one sentence.
pub async fn run(line: CommandLine) -> Result<ExitCode, CommandError> {
    let settings = Settings::resolve(line.settings, line.config)?;
    crate::logging::start(&settings)?;
    match line.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&settings).await,
        Command::Migrate => migrate::run(&settings).await,
        Command::DemoData(command) => command.run(&settings).await,
        Command::CreateAdmin(command) => command.run(&settings).await,
        Command::ResetPassword(command) => command.run(&settings).await,
        Command::Import(command) => command.run(&settings).await,
        Command::Audit(command) => command.run(&settings).await,
        Command::RotateKeys => rotate_keys::run(&settings).await,
    }
}

/// Does something with the core, whose schema is up to date, and closes the core however that has ended.
async fn with_core<T>(
    settings: &Settings,
    deed: impl AsyncFnOnce(&Backend) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let backend = open(settings).await?;
    let done = deed(&backend).await;
    backend.close().await;
    done
}

/// Opens the core with an up-to-date schema.
async fn open(settings: &Settings) -> Result<Backend, CommandError> {
    let database = DatabaseSettings {
        url: settings.database_url.clone(),
        migrate: Migrate::Now,
    };
    let carriers = Carriers::all(&settings.carriers, &Timing::system())
        .map_err(|error| CommandError::Carriers(error.to_string()))?;
    let parts = Parts {
        carriers,
        keys: settings.keys.clone(),
        inbound_url: settings.inbound_url.clone(),
        messenger: Messenger::new(&settings.carriers, settings.mail.as_ref())?,
    };
    let backend = Backend::open_with(&database, parts).await?;
    backend.set_teams_licenses(settings.teams_licenses.clone());
    Ok(backend)
}

/// The command line asks, now.
fn context() -> OpContext {
    OpContext {
        actor: Actor::System("command line"),
        request_id: RequestId(Uuid::now_v7()),
        now: Utc::now(),
        peer: None,
    }
}
