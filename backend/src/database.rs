//! Opening the database: SQLite file or PostgreSQL, and the state of its schema.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use migrations::Migrator;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr};
use sea_orm_migration::MigratorTrait;
use thiserror::Error;

use crate::{
    config::{DatabaseSettings, Migrate},
    crypto::CryptoError,
    error::is_busy,
    store,
};

/// How long SQLite waits for another writer before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long opening waits before it tries again.
const BUSY_PAUSE: Duration = Duration::from_millis(20);
/// Connections to a SQLite file; one writes at a time, the others read beside it.
const SQLITE_CONNECTIONS: u32 = 8;
/// Connections to PostgreSQL from one server.
const POSTGRES_CONNECTIONS: u32 = 20;
/// PostgreSQL's lock that servers hold while they look after the schema; any number that nothing else in the database
/// uses.
const SCHEMA_LOCK: i64 = 0x6d73_6770_6f72_7461;

/// Why the database cannot be used; one sentence for whoever starts the program.
#[derive(Debug, Error)]
pub enum StartError {
    /// The setting names neither of the two kinds. Holds only what stands before the colon: the rest may be a password.
    #[error("The database address must begin with sqlite: or postgres://, not with {0:?}.")]
    UnknownKind(String),
    /// The setting names SQLite but no file; a database in memory would be another one for each connection.
    #[error("The database address must name a file, as in sqlite:data/portal.db.")]
    NoFile,
    /// The folder of the file cannot be made.
    #[error("The folder {folder} for the database cannot be created: {cause}.")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The keys that secrets are encrypted with cannot be used.
    #[error(transparent)]
    Keys(#[from] CryptoError),
    /// The database does not open or does not answer.
    #[error("The database cannot be opened: {0}.")]
    Unreachable(String),
    /// A newer program has changed the schema.
    #[error(
        "The database was last used by a newer version of this program (it knows the change {0:?}). \
         Start that version instead."
    )]
    Newer(String),
    /// The schema is older than the program and was to be left alone.
    #[error("The database is older than this program. Run `messaging-portal migrate` first.")]
    Older,
    /// A change of the schema failed.
    #[error("The database could not be brought up to date: {0}.")]
    Migration(String),
}

impl StartError {
    #[expect(clippy::needless_pass_by_value, reason = "for map_err")]
    pub(crate) fn unreachable(error: DbErr) -> Self {
        Self::Unreachable(error.to_string())
    }
}

/// Connects and looks after the schema.
pub(crate) async fn open(settings: &DatabaseSettings) -> Result<DatabaseConnection, StartError> {
    let options = if settings.url.starts_with("sqlite:") {
        sqlite_options(&settings.url)?
    } else if settings.url.starts_with("postgres://") || settings.url.starts_with("postgresql://") {
        postgres_options(&settings.url)
    } else {
        let kind = settings.url.split_once(':').map_or("", |(kind, _)| kind);
        return Err(StartError::UnknownKind(kind.to_owned()));
    };
    let database = connect(options).await.map_err(StartError::unreachable)?;
    look_after_schema(&database, settings.migrate).await?;
    Ok(database)
}

/// Connects, with patience while others do the same: where several programs make one SQLite file at once, turning on its
/// write-ahead log is refused rather than waited for (<https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode>).
async fn connect(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let give_up = Instant::now() + BUSY_TIMEOUT;
    loop {
        match Database::connect(options.clone()).await {
            Err(error) if is_busy(&error) && Instant::now() < give_up => tokio::time::sleep(BUSY_PAUSE).await,
            done => return done,
        }
    }
}

/// A file that is made when it is not there, with write-ahead log, foreign keys and patience for other writers.
fn sqlite_options(url: &str) -> Result<ConnectOptions, StartError> {
    let file = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let file = file.split('?').next().unwrap_or(file).to_owned();
    if file.is_empty() || file == ":memory:" {
        return Err(StartError::NoFile);
    }
    if let Some(folder) = Path::new(&file)
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(|cause| StartError::Folder {
            folder: folder.display().to_string(),
            cause,
        })?;
    }
    // The name is given as it stands: an address would be percent-decoded.
    let mut options = ConnectOptions::new("sqlite:");
    options
        .max_connections(SQLITE_CONNECTIONS)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .filename(&file)
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                .synchronous(sea_orm::sqlx::sqlite::SqliteSynchronous::Normal)
                .busy_timeout(BUSY_TIMEOUT)
                .optimize_on_close(true, 400)
        });
    Ok(options)
}

fn postgres_options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .connect_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    options
}

/// Brings the schema up to date, all of it or nothing.
async fn look_after_schema(database: &DatabaseConnection, migrate: Migrate) -> Result<(), StartError> {
    let change = lock_schema(database).await.map_err(StartError::unreachable)?;
    let ours: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    let applied: Vec<String> = Migrator::get_migration_models(&change)
        .await
        .map_err(StartError::unreachable)?
        .into_iter()
        .map(|model| model.version)
        .collect();
    if let Some(unknown) = applied.iter().find(|name| !ours.contains(name)) {
        return Err(StartError::Newer(unknown.clone()));
    }
    match migrate {
        Migrate::Now => bring_up_to_date(change)
            .await
            .map_err(|error| StartError::Migration(error.to_string())),
        Migrate::Never if applied.len() < ours.len() => Err(StartError::Older),
        Migrate::Never => Ok(()),
    }
}

/// Begins the transaction in which the schema is looked after. Servers that start at the same moment wait for each other
/// here, so that only the first one changes anything.
async fn lock_schema(database: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let change = store::begin_write(database).await?;
    if change.get_database_backend() == DbBackend::Postgres {
        let lock = format!("SELECT pg_advisory_xact_lock({SCHEMA_LOCK})");
        change.execute_unprepared(&lock).await?;
    }
    Ok(change)
}

async fn bring_up_to_date(change: DatabaseTransaction) -> Result<(), DbErr> {
    Migrator::up(&change, None).await?;
    change.commit().await
}
