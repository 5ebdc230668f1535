//! Queries, one file per resource: from rows to the domain's values and back. The only part that names an entity.
//!
//! Functions on a tenant's rows take an `EnterpriseScope` in place of an id. Who may do what is not decided here.

pub(crate) mod account;
pub(crate) mod alert;
pub(crate) mod alert_delivery;
pub(crate) mod alert_destination;
pub(crate) mod api_token;
pub(crate) mod audit;
pub(crate) mod carrier_credential;
pub(crate) mod carrier_profile;
pub(crate) mod carrier_renewal;
pub(crate) mod config_snapshot;
pub(crate) mod demo_data;
pub(crate) mod domain_subscription;
pub(crate) mod enterprise;
pub(crate) mod finder;
pub(crate) mod health;
pub(crate) mod idempotency_key;
pub(crate) mod import_upload;
pub(crate) mod invitation;
pub(crate) mod membership;
pub(crate) mod number;
pub(crate) mod provider;
pub(crate) mod resubscription_request;
pub(crate) mod sealed;
pub(crate) mod session;
pub(crate) mod sms_group;
pub(crate) mod table;
pub(crate) mod table_sql;
pub(crate) mod task;
pub(crate) mod teams_user;

use std::collections::HashMap;

use domain::table::{Listed, Page, WHOLE_LIST_ROWS, WholeList};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait, QuerySelect, Select, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use uuid::Uuid;

/// Begins a transaction that will write. SQLite takes its write lock at once: a transaction that reads first and asks
/// for the lock later is refused when another one has written in between.
pub(crate) async fn begin_write(database: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    database.begin_with_options(options).await
}

/// Begins a transaction that only reads, and sees the same state throughout on SQLite.
pub(crate) async fn begin_read(database: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    database.begin().await
}

/// A new id; ids of later rows sort later.
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// A stored value that the program does not know, as after a downgrade.
fn unknown_value(what: &str, value: &str) -> DbErr {
    DbErr::Type(format!("unknown {what} {value:?} in the database"))
}

/// A count from the database.
fn small(count: i64) -> Result<u32, DbErr> {
    u32::try_from(count).map_err(|_| DbErr::Type(format!("{count} is no count")))
}

/// The same page with each row turned into something else, or the first row that cannot be.
fn try_map<T, U>(page: Page<T>, turn: impl FnMut(T) -> Result<U, DbErr>) -> Result<Page<U>, DbErr> {
    Ok(Page {
        rows: page.rows.into_iter().map(turn).collect::<Result<_, _>>()?,
        total: page.total,
        matching: page.matching,
        page: page.page,
        size: page.size,
    })
}

/// The rows in the order of `ids`; those that are gone by now are left out.
fn in_order<T>(ids: &[Uuid], rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> Vec<T> {
    let mut by_id: HashMap<Uuid, T> = rows.into_iter().map(|row| (id(&row), row)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}

/// Reads one row more than a whole list may have, so that [`whole_list`] sees when there are too many.
fn at_most_whole_list<E: EntityTrait>(select: Select<E>) -> Select<E> {
    select.limit(WHOLE_LIST_ROWS + 1)
}

/// The rows as a whole list, unless there are too many.
fn whole_list<L: Listed>(shared: L::Shared, rows: Vec<L>) -> WholeList<L> {
    if rows.len() as u64 > WHOLE_LIST_ROWS {
        WholeList::TooLong
    } else {
        WholeList::Rows(shared, rows)
    }
}
