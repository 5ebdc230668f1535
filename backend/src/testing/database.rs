//! A database for one test, on either engine.

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement, TryGetable};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    Backend, Parts,
    carriers::Carriers,
    config::{DatabaseSettings, Migrate},
    crypto::{KeySource, Secret},
};

/// The key of tests.
const KEY: &str = "test:7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a";
/// Where carriers send what comes in, in tests.
const INBOUND: &str = "https://inbound.portal.example";

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary folder.
    Sqlite,
    /// A database on the server that `TEST_POSTGRES_URL` names; `cargo xtask test` starts one.
    Postgres,
}

/// An empty database of the test's own. It goes away with this value.
pub struct TestDb {
    url: String,
    place: Place,
}

enum Place {
    /// The folder is removed with this value.
    File {
        _folder: TempDir,
    },
    Server {
        server: String,
        name: String,
    },
}

impl TestDb {
    /// An empty database, without any table.
    pub async fn new(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::sqlite(),
            Engine::Postgres => Self::postgres().await,
        }
    }

    fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            url: format!("sqlite:{}", folder.path().join("test.db").display()),
            place: Place::File { _folder: folder },
        }
    }

    async fn postgres() -> Self {
        let server = std::env::var("TEST_POSTGRES_URL").expect(
            "TEST_POSTGRES_URL is not set: run `cargo xtask test`, which starts a PostgreSQL server for the tests",
        );
        let name = format!("test_{}", Uuid::now_v7().simple());
        on_server(&server, &format!("CREATE DATABASE {name}")).await;
        let (before, _) = server.rsplit_once('/').expect("TEST_POSTGRES_URL names a database");
        Self {
            url: format!("{before}/{name}"),
            place: Place::Server { server, name },
        }
    }

    /// Its address, as the program's setting takes it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens it with an up-to-date schema.
    pub async fn open(&self) -> Backend {
        self.open_with(Carriers::default()).await
    }

    /// The same, for a program that can talk to these carriers.
    pub async fn open_with(&self, carriers: Carriers) -> Backend {
        self.open_with_parts(Parts {
            carriers,
            keys: Some(KeySource::Given(Secret::from(KEY))),
            inbound_url: Some(INBOUND.to_owned()),
            ..Parts::default()
        })
        .await
    }

    /// The same, for a program with these parts.
    pub async fn open_with_parts(&self, parts: Parts) -> Backend {
        let settings = DatabaseSettings {
            url: self.url.clone(),
            migrate: Migrate::Now,
        };
        Backend::open_with(&settings, parts)
            .await
            .expect("the test database opens")
    }

    /// What the files of an SQLite database hold, rows that were deleted and the write-ahead log included.
    #[must_use]
    pub fn stored(&self) -> Vec<u8> {
        let path = self.url.strip_prefix("sqlite:").expect("a file");
        let mut stored = std::fs::read(path).expect("the file can be read");
        // It is there only while something stands in it.
        stored.extend(std::fs::read(format!("{path}-wal")).unwrap_or_default());
        stored
    }

    /// One connection to it, without the core around it.
    pub async fn connect(&self) -> DatabaseConnection {
        let url = match &self.place {
            Place::File { .. } => format!("{}?mode=rwc", self.url),
            Place::Server { .. } => self.url.clone(),
        };
        connect(&url).await
    }

    /// The first column of the first row that `sql` finds, as a number, by a connection that is closed again: a program
    /// that is started next finds a SQLite file that nobody else has open.
    pub async fn number(&self, sql: &str) -> i64 {
        let database = self.connect().await;
        let found = first(&database, sql).await;
        database.close().await.expect("the connection closes");
        found
    }

    /// The first column of the first row that `sql` finds, as a text, if there is one, in the same way.
    pub async fn text(&self, sql: &str) -> Option<String> {
        let database = self.connect().await;
        let found = first(&database, sql).await;
        database.close().await.expect("the connection closes");
        found
    }

    /// Runs one SQL statement in the same way.
    pub async fn execute(&self, sql: &str) {
        let database = self.connect().await;
        database.execute_unprepared(sql).await.expect(sql);
        database.close().await.expect("the connection closes");
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let Place::Server { server, name } = &self.place else {
            return;
        };
        let (server, statement) = (server.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
        // A thread of its own, since a destructor cannot wait inside of the test's runtime.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(on_server(&server, &statement));
        });
        let dropped = dropping.join().is_ok() || std::thread::panicking();
        assert!(dropped, "the test database could not be dropped");
    }
}

/// The first column of the first row that `sql` finds.
pub(super) async fn first<T: TryGetable>(database: &DatabaseConnection, sql: &str) -> T {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(statement).await.unwrap().expect("a row");
    row.try_get_by_index(0).unwrap()
}

async fn on_server(url: &str, statement: &str) {
    let server = connect(url).await;
    server.execute_unprepared(statement).await.expect(statement);
    server.close().await.expect("the connection closes");
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("the test database answers")
}
