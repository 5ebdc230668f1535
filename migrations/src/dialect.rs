//! What SQLite and PostgreSQL call differently.

use sea_orm_migration::{
    SchemaManager,
    prelude::DbErr,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// Carries out `statements`, separated by lines that hold only `;`, with the types of the database at hand:
/// `UUID`, `TEXT_C` (text that sorts by its bytes), `TIMESTAMP_UTC`, `JSON_TEXT`.
///
/// # Errors
/// The first statement that the database refuses.
pub(crate) async fn execute(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let types = match manager.get_database_backend() {
        DbBackend::Postgres => [
            ("TEXT_C", "text COLLATE \"C\""),
            ("UUID", "uuid"),
            ("TIMESTAMP_UTC", "timestamptz"),
            ("JSON_TEXT", "text"),
            ("BYTES", "bytea"),
        ],
        // SQLite sorts texts by their bytes anyway; sqlx keeps UUIDs as 16 bytes and instants as RFC 3339 texts.
        _ => [
            ("TEXT_C", "text"),
            ("UUID", "blob"),
            ("TIMESTAMP_UTC", "text"),
            ("JSON_TEXT", "text"),
            ("BYTES", "blob"),
        ],
    };
    for statement in statements
        .split("\n;\n")
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
    {
        let statement = types
            .iter()
            .fold(statement.to_owned(), |sql, (ours, theirs)| sql.replace(ours, theirs));
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}
