//! The tables of the test, on SQLite and on PostgreSQL.

use domain::table::fold;
use sea_orm::{
    ActiveValue::Set, ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Statement,
    TransactionTrait,
};
use tempfile::TempDir;
use uuid::Uuid;

use super::Item;

/// The rows.
#[expect(unreachable_pub, reason = "the entity macro makes parts that are public as well")]
pub(super) mod item {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name_search: Option<String>,
        pub weight: Option<i64>,
        pub due: Option<DateTimeUtc>,
        pub state: Option<String>,
        pub note_search: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLES: &str = "
    CREATE TABLE item (id UUID PRIMARY KEY, name_search TEXT_C, weight bigint, due TIMESTAMP_UTC, state TEXT_C,
        note_search TEXT_C NOT NULL);
    CREATE TABLE item_tag (item_id UUID NOT NULL, tag_search TEXT_C NOT NULL);
    CREATE TABLE item_phone (item_id UUID NOT NULL, e164 TEXT_C NOT NULL);
    CREATE TABLE item_alias (item_id UUID NOT NULL, alias_search TEXT_C NOT NULL);
    CREATE INDEX item_tag_item ON item_tag (item_id);
    CREATE INDEX item_phone_item ON item_phone (item_id);
    CREATE INDEX item_alias_item ON item_alias (item_id)";

/// A database of the test's own.
pub(super) struct Database {
    pub(super) connection: DatabaseConnection,
    place: Place,
}

enum Place {
    File(TempDir),
    Server { url: String, name: String },
}

impl Database {
    pub(super) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("agreement.db").display());
        let connection = connect(&url).await;
        connection.execute_unprepared("PRAGMA synchronous = OFF").await.unwrap();
        // The types that the migrations use: UUIDs as 16 bytes, moments as texts.
        create_tables(
            &connection,
            [("UUID", "blob"), ("TEXT_C", "text"), ("TIMESTAMP_UTC", "text")],
        )
        .await;
        Self {
            connection,
            place: Place::File(folder),
        }
    }

    pub(super) async fn postgres() -> Self {
        let url = std::env::var("TEST_POSTGRES_URL").expect(
            "TEST_POSTGRES_URL is not set: run `cargo xtask test`, which starts a PostgreSQL server for the tests",
        );
        let name = format!("table_agreement_{}", std::process::id());
        let server = connect(&url).await;
        server
            .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}"))
            .await
            .unwrap();
        server
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await
            .unwrap();
        server.close().await.unwrap();
        let (before, _) = url.rsplit_once('/').expect("TEST_POSTGRES_URL names a database");
        let connection = connect(&format!("{before}/{name}")).await;
        // A collation that sorts by the rules of people, so that the test sees when a query relies on that of a column.
        let text = "text COLLATE \"und-x-icu\"";
        create_tables(
            &connection,
            [("UUID", "uuid"), ("TEXT_C", text), ("TIMESTAMP_UTC", "timestamptz")],
        )
        .await;
        Self {
            connection,
            place: Place::Server { url, name },
        }
    }

    /// Replaces all rows.
    pub(super) async fn fill(&self, items: &[Item]) {
        let rows = items.iter().map(|item| item::ActiveModel {
            id: Set(item.id),
            name_search: Set(item.name.as_deref().map(fold)),
            weight: Set(item.weight),
            due: Set(item.due),
            state: Set(item.state.map(str::to_owned)),
            note_search: Set(fold(&item.note)),
        });
        let transaction = self.connection.begin().await.unwrap();
        for table in ["item", "item_tag", "item_phone", "item_alias"] {
            transaction
                .execute_unprepared(&format!("DELETE FROM {table}"))
                .await
                .unwrap();
        }
        if !items.is_empty() {
            item::Entity::insert_many(rows)
                .exec_without_returning(&transaction)
                .await
                .unwrap();
        }
        for item in items {
            for (table, texts) in [
                ("item_tag", item.tags.iter().map(|tag| fold(tag)).collect::<Vec<_>>()),
                ("item_phone", item.phones.clone()),
                ("item_alias", item.aliases.iter().map(|alias| fold(alias)).collect()),
            ] {
                insert_texts(&transaction, table, item.id, texts).await;
            }
        }
        transaction.commit().await.unwrap();
    }

    /// Leaves nothing behind.
    pub(super) async fn close(self) {
        self.connection.close().await.unwrap();
        match self.place {
            Place::File(folder) => folder.close().unwrap(),
            Place::Server { url, name } => {
                let server = connect(&url).await;
                server
                    .execute_unprepared(&format!("DROP DATABASE {name}"))
                    .await
                    .unwrap();
                server.close().await.unwrap();
            }
        }
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}

async fn create_tables(connection: &DatabaseConnection, types: [(&str, &str); 3]) {
    let sql = types
        .into_iter()
        .fold(TABLES.to_owned(), |sql, (ours, theirs)| sql.replace(ours, theirs));
    connection.execute_unprepared(&sql).await.unwrap();
}

async fn insert_texts(connection: &impl ConnectionTrait, table: &str, item_id: Uuid, texts: Vec<String>) {
    let backend = connection.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => format!("INSERT INTO {table} VALUES ($1, $2)"),
        _ => format!("INSERT INTO {table} VALUES (?, ?)"),
    };
    for text in texts {
        let statement = Statement::from_sql_and_values(backend, &sql, [item_id.into(), text.into()]);
        connection.execute_raw(statement).await.unwrap();
    }
}
