//! Opening the database when the program starts: what is refused, and in which words.

use std::path::Path;

use backend::{
    Backend, StartError,
    config::{DatabaseSettings, Migrate},
    testing::{Engine, TestDb, TestPortal},
};
use rstest::rstest;

async fn open(url: &str, migrate: Migrate) -> Result<Backend, StartError> {
    let settings = DatabaseSettings {
        url: url.to_owned(),
        migrate,
    };
    Backend::open(&settings).await
}

async fn refused(url: &str) -> StartError {
    open(url, Migrate::Now).await.err().expect("a refusal")
}

fn sqlite(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

#[rstest]
#[tokio::test]
async fn a_schema_of_a_newer_program_is_left_alone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let row = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_telepathy', 0)";
    portal.execute(row).await.unwrap();

    for migrate in [Migrate::Now, Migrate::Never] {
        let error = open(portal.database().url(), migrate).await.err().expect("a refusal");
        assert!(
            matches!(&error, StartError::Newer(name) if name == "m29991231_000001_telepathy"),
            "{error:?}"
        );
        assert!(error.to_string().contains("newer version"), "{error}");
    }
}

#[rstest]
#[tokio::test]
async fn an_empty_database_is_older_than_the_program(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let database = TestDb::new(engine).await;
    let error = open(database.url(), Migrate::Never).await.err().expect("a refusal");
    assert!(matches!(error, StartError::Older), "{error:?}");
    open(database.url(), Migrate::Now).await.unwrap();
    open(database.url(), Migrate::Never)
        .await
        .unwrap()
        .ready()
        .await
        .unwrap();
}

/// As when a cluster starts all its servers.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_servers_can_start_on_an_empty_database_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let database = TestDb::new(engine).await;
    let starts: Vec<_> = (0..6)
        .map(|_| {
            let url = database.url().to_owned();
            tokio::spawn(async move { open(&url, Migrate::Now).await.map(drop) })
        })
        .collect();
    for start in starts {
        start.await.unwrap().unwrap();
    }
    open(database.url(), Migrate::Never).await.unwrap();
}

/// A migration that failed half-way must not stand in the way of the next start.
#[rstest]
#[tokio::test]
async fn a_schema_is_brought_up_to_date_whole_or_not_at_all(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let database = TestDb::new(engine).await;
    let connection = database.connect().await;
    let execute = |sql: &'static str| {
        let connection = &connection;
        async move {
            sea_orm::ConnectionTrait::execute_unprepared(connection, sql)
                .await
                .unwrap()
        }
    };
    execute("CREATE TABLE sms_group_member (in_the_way text)").await;
    let error = refused(database.url()).await;
    assert!(matches!(error, StartError::Migration(_)), "{error:?}");
    execute("DROP TABLE sms_group_member").await;
    open(database.url(), Migrate::Now).await.unwrap().ready().await.unwrap();
}

#[rstest]
#[case::empty("")]
#[case::nonsense("portal")]
#[case::other_kind("mysql://root@localhost/portal")]
#[case::misspelt("postgre://portal:hunter2@db.example/portal")]
#[tokio::test]
async fn an_address_of_another_kind_is_refused_without_its_password(#[case] url: &str) {
    let error = refused(url).await;
    assert!(matches!(error, StartError::UnknownKind(_)), "{error:?}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

/// A database in memory would be another one for each connection.
#[rstest]
#[case("sqlite:")]
#[case("sqlite::memory:")]
#[case("sqlite://:memory:")]
#[tokio::test]
async fn sqlite_needs_a_file(#[case] url: &str) {
    let error = refused(url).await;
    assert!(error.to_string().contains("file"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_the_password() {
    let error = refused("postgres://portal:hunter2@127.0.0.1:1/portal").await;
    assert!(matches!(error, StartError::Unreachable(_)), "{error:?}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    let text = "Dear all, this is not a database. ".repeat(100);
    std::fs::write(&file, &text).unwrap();

    let error = refused(&sqlite(&file)).await;
    assert!(matches!(error, StartError::Unreachable(_)), "{error:?}");
    assert!(error.to_string().contains("not a database"), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[tokio::test]
async fn a_folder_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let error = refused(&sqlite(folder.path())).await;
    assert!(matches!(error, StartError::Unreachable(_)), "{error:?}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "").unwrap();
    let error = refused(&sqlite(&in_the_way.join("portal.db"))).await;
    assert!(matches!(error, StartError::Folder { .. }), "{error:?}");
    assert!(error.to_string().contains("cannot be created"), "{error}");
}

#[rstest]
#[case::space("my portal.db")]
#[case::percent("100%25.db")]
#[case::unicode("büro.db")]
#[case::deep("a/b/c.db")]
#[tokio::test]
async fn the_file_has_the_name_that_was_given(#[case] name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    open(&sqlite(&file), Migrate::Now).await.unwrap();
    assert!(
        file.is_file(),
        "{:?}",
        std::fs::read_dir(folder.path()).unwrap().collect::<Vec<_>>()
    );
}
