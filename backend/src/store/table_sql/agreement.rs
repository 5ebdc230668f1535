//! The evaluator of `domain::table` and SQL give the same rows in the same order, on SQLite and on PostgreSQL.
//!
//! Random rows are written to tables made for this test, and many random queries are asked of both.

mod database;
mod random;

use std::{cell::RefCell, collections::BTreeSet};

use chrono::{DateTime, Utc};
use domain::table::{
    ChoiceOption, ColumnKind, ColumnSpec, IndexRow, NumberOperator, PageSize, TableIndex, TableQuery, TableSchema,
    TextOperator, Value,
};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use sea_orm::{
    DatabaseConnection, EntityTrait,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SubQueryStatement},
};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

use self::database::{Database, item};
use super::{SqlColumn, SqlList, SqlSet, SqlTable, TableSelect};

/// More than one only for the unlikely case that chance left something out.
const ROUNDS: usize = 3;

const fn choice(value: &'static str, label: &'static str) -> ChoiceOption {
    ChoiceOption { value, label }
}

static ITEMS: TableSchema<[ColumnSpec; 8]> = TableSchema::new([
    ColumnSpec::text("name"),
    ColumnSpec::text_list("tags"),
    ColumnSpec::phone("phones"),
    ColumnSpec::number("weight"),
    ColumnSpec::number("tag_count"),
    ColumnSpec::date("due"),
    ColumnSpec::choice(
        "state",
        &[
            choice("open", "Öffnet bald"),
            choice("done", "Done"),
            choice("late", "Zu spät 2"),
        ],
    ),
    ColumnSpec::text("note").not_searchable(),
]);

/// A row as a person would have entered it.
#[derive(Clone, Debug)]
struct Item {
    id: Uuid,
    name: Option<String>,
    tags: Vec<String>,
    phones: Vec<String>,
    weight: Option<i64>,
    due: Option<DateTime<Utc>>,
    state: Option<&'static str>,
    note: String,
    /// Found by quick search, shown nowhere.
    aliases: Vec<String>,
}

fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00.123456Z".parse().unwrap()
}

fn index(items: &[Item]) -> TableIndex {
    TableIndex::build(&ITEMS, items, |item| IndexRow {
        id: item.id,
        values: [
            item.name.as_ref().into(),
            Value::list(&item.tags),
            Value::list(&item.phones),
            item.weight.into(),
            i64::try_from(item.tags.len()).unwrap().into(),
            item.due.into(),
            item.state.into(),
            Value::from(&item.note),
        ],
        search_only: item.aliases.iter().map(Into::into).collect(),
    })
}

fn column(table: &str, column: &str) -> Expr {
    Expr::col((Alias::new(table), Alias::new(column)))
}

/// The rows of `table` that belong to the item of the outer query.
fn of_item(table: &str) -> SelectStatement {
    Query::select()
        .from(Alias::new(table))
        .and_where(column(table, "item_id").eq(column("item", "id")))
        .take()
}

/// Each item's own texts and lists, looked at for each item.
fn sql_table() -> SqlTable {
    let tag_count = of_item("item_tag").expr(Expr::cust("COUNT(*)")).take();
    SqlTable::new(
        &ITEMS,
        column("item", "id"),
        [
            SqlColumn::Text(column("item", "name_search")),
            SqlColumn::TextList(SqlList::new(of_item("item_tag"), column("item_tag", "tag_search"))),
            SqlColumn::Phone(SqlList::new(of_item("item_phone"), column("item_phone", "e164"))),
            SqlColumn::Number(column("item", "weight")),
            SqlColumn::Number(Expr::from(SubQueryStatement::SelectStatement(tag_count))),
            SqlColumn::Date(column("item", "due")),
            SqlColumn::Choice(column("item", "state")),
            SqlColumn::Text(column("item", "note_search")),
        ],
    )
    .also_found_by(SqlList::new(
        of_item("item_alias"),
        column("item_alias", "alias_search"),
    ))
}

/// The same, with all that can be found among sets found so.
fn sql_table_of_sets() -> SqlTable {
    let one_column = |table: &str, column: &str| {
        Query::select()
            .column((Alias::new(table), Alias::new(column)))
            .from(Alias::new(table))
            .take()
    };
    let id = || column("item", "id");
    let names = SqlSet::new(id(), one_column("item", "id"), [column("item", "name_search")]);
    let phones = SqlSet::new(
        id(),
        one_column("item_phone", "item_id"),
        [column("item_phone", "e164")],
    );
    let aliases = SqlSet::new(
        id(),
        one_column("item_alias", "alias_search"),
        [column("item_alias", "alias_search")],
    )
    .through(
        one_column("item_alias", "item_id"),
        column("item_alias", "alias_search"),
    );
    let mut table = sql_table().also_found_among(aliases).counted_while_found();
    table.search_only.clear();
    for column in &mut table.columns {
        *column = match column.clone() {
            SqlColumn::Phone(list) => SqlColumn::Phone(list.found_among(phones.clone())),
            other => other,
        };
    }
    table.columns[0] = SqlColumn::TextAmong(column("item", "name_search"), vec![names]);
    table
}

/// Searches and single conditions that found some rows but not all; what never does so has not been tested.
type Narrowing = BTreeSet<String>;

/// What narrowed the rows, if it was one thing: `search`, or a column and an operator.
fn single_cause(query: &TableQuery) -> Option<String> {
    let query = TableQuery {
        sort: Vec::new(),
        ..query.for_schema(&ITEMS).query.with_page(1)
    };
    let pairs = query.with_size(PageSize::default()).to_pairs();
    let [(name, value)] = pairs.as_slice() else { return None };
    let cause: Vec<&str> = value.splitn(3, ':').take(2).collect();
    Some(if *name == "search" {
        (*name).to_owned()
    } else {
        cause.join(":")
    })
}

/// Every cause there is.
fn all_causes() -> Narrowing {
    let texts = TextOperator::ALL.map(TextOperator::token);
    let numbers = NumberOperator::ALL.map(NumberOperator::token);
    let operators = |spec: &ColumnSpec| match spec.kind {
        ColumnKind::Text | ColumnKind::TextList | ColumnKind::Phone => [&texts[..], &["empty"]].concat(),
        ColumnKind::Number => [&numbers[..], &["between"]].concat(),
        ColumnKind::Date => vec!["before", "after", "between", "last", "next"],
        ColumnKind::Choice => vec!["in"],
    };
    let of_columns = ITEMS.columns().iter().flat_map(|spec| {
        operators(spec)
            .into_iter()
            .map(|operator| format!("{}:{operator}", spec.id))
    });
    of_columns.chain(["search".to_owned()]).collect()
}

async fn compare(
    connection: &DatabaseConnection,
    items: &[Item],
    queries: &[TableQuery],
    narrowing: &RefCell<Narrowing>,
) -> Result<(), TestCaseError> {
    let tables = [sql_table(), sql_table_of_sets()];
    let mut index = index(items);
    for query in queries {
        let expected = index.evaluate(query, now());
        let expected_ids: Vec<Uuid> = expected.rows.iter().map(|row| items[*row as usize].id).collect();
        for table in &tables {
            let select = TableSelect::new(table, item::Entity::find(), query, now());
            let page = select.ids(connection).await.unwrap();
            let context = query.to_query_string();
            assert_same(&page.rows, &expected_ids, &context)?;
            assert_same(
                &(page.total, page.matching, page.page, page.size),
                &(expected.total, expected.matching, expected.page, expected.size),
                &context,
            )?;
            if 0 < page.matching && page.matching < page.total {
                narrowing.borrow_mut().extend(single_cause(query));
            }
        }
    }
    Ok(())
}

fn assert_same<T: PartialEq + std::fmt::Debug>(sql: &T, evaluator: &T, context: &str) -> Result<(), TestCaseError> {
    if sql == evaluator {
        return Ok(());
    }
    Err(TestCaseError::fail(format!(
        "{context}\nSQL:       {sql:?}\nevaluator: {evaluator:?}"
    )))
}

/// Batches of rows, each written once and asked about many times. Goes on until everything has narrowed the rows at
/// least once, which the first round nearly always achieves.
fn agree(open: impl AsyncFnOnce() -> Database) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let database = runtime.block_on(open());
    let narrowing = RefCell::new(Narrowing::new());
    let mut result = Ok(());
    for _ in 0..ROUNDS {
        if result.is_ok() && *narrowing.borrow() != all_causes() {
            result = round(&runtime, &database, &narrowing);
        }
    }
    runtime.block_on(database.close());
    if let Err(error) = result {
        panic!("{error}");
    }
    let missed: Vec<String> = all_causes().difference(&narrowing.into_inner()).cloned().collect();
    assert!(missed.is_empty(), "never found some rows but not all: {missed:?}");
}

fn round(runtime: &Runtime, database: &Database, narrowing: &RefCell<Narrowing>) -> Result<(), String> {
    let config = Config {
        cases: 24,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&(random::items(), random::queries()), |(items, queries)| {
            runtime.block_on(async {
                database.fill(&items).await;
                compare(&database.connection, &items, &queries, narrowing).await
            })
        })
        .map_err(|error| error.to_string())
}

#[test]
fn sqlite_and_the_evaluator_agree() {
    agree(Database::sqlite);
}

#[test]
fn postgres_and_the_evaluator_agree() {
    agree(Database::postgres);
}

#[tokio::test]
async fn rows_come_with_the_columns_that_were_selected() {
    let database = Database::sqlite().await;
    let mut items: Vec<Item> = Vec::new();
    for (place, name) in ["b", "Ä", "c"].into_iter().enumerate() {
        items.push(Item {
            id: Uuid::from_u128(place as u128),
            name: Some(name.to_owned()),
            tags: Vec::new(),
            phones: Vec::new(),
            weight: None,
            due: None,
            state: None,
            note: String::new(),
            aliases: Vec::new(),
        });
    }
    database.fill(&items).await;
    let query = TableQuery::default();
    let page = TableSelect::new(&sql_table(), item::Entity::find(), &query, now())
        .rows::<item::Model>(&database.connection)
        .await
        .unwrap();
    database.close().await;
    let names: Vec<Option<String>> = page.rows.into_iter().map(|row| row.name_search).collect();
    assert_eq!(
        names,
        [Some("a".to_owned()), Some("b".to_owned()), Some("c".to_owned())]
    );
}
